"""Names that the guards, the scorer and the ledger use in; what a reader of either language sees out."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipelines.pages.wording import Words

__all__ = ["CLASSES", "COPIES", "FIELDS", "GUARDS", "WHY_NO_ROW", "Words", "issue_words", "reason", "reasons"]

REASONS = Path(__file__).parent / "reasons.csv"

# What each guard holds the package against; its keys are those of guard.report.GUARDS.
GUARDS: Mapping[str, tuple[Words, Words]] = {
    "files": (
        Words("Files", "文件"),
        Words("Checksums and sizes; nothing missing, nothing extra", "校验和与大小，不缺不多"),
    ),
    "descriptor": (
        Words("Descriptor", "描述文件"),
        Words("datapackage.json says what the schemas say", "datapackage.json 与数据模式一致"),
    ),
    "frictionless": (
        Words("Table schemas", "表结构"),
        Words(
            "Types, constraints and keys of the CSV files (Frictionless)",
            "CSV 的类型、约束与键（Frictionless）",
        ),
    ),
    "parity": (
        Words("CSV and Parquet", "CSV 与 Parquet"),
        Words("The same values in both, in the right types", "两种格式逐值相同，类型正确"),
    ),
    "expectations": (
        Words("Expectations", "语义期望"),
        Words(
            "What the rows say, against the words of the plans",
            "各行所述与方案原文相符（Great Expectations）",
        ),
    ),
    "reread": (
        Words("Read again", "重读"),
        Words("The seeds, read again, give these very rows", "原始文本重新读取，所得各行与所发布者相同"),
    ),
}
# What the scorer counts; its keys are those of guard.accuracy.REQUIRED.
FIELDS: Mapping[str, Words] = {
    "plans": Words("Facts of the plan: number, date", "方案：文号、日期"),
    "issuers": Words("Issuing agencies", "发文机关"),
    "clauses": Words("Clauses", "条款"),
    "measures": Words("Measures, by clause", "各条款的措施"),
    "responsibilities": Words("Responsible agencies", "责任单位"),
    "roles": Words("… with their role", "……及其角色"),
    "inherited": Words("Responsibilities inherited", "承继的责任"),
    "deadlines": Words("Deadlines", "期限"),
    "targets_found": Words("Targets: value and unit", "量化目标：数值与单位"),
    "targets_strict": Words("… with relation, baseline, deadline", "……及比较关系、基准、期限"),
    "target_indicators": Words("… on the right indicator", "……及所属指标"),
    "target_indicator_text": Words("… indicator to the letter", "……指标逐字相同"),
    "milestones": Words("Milestones", "阶段性目标"),
}
# Why a number of this disposition gives neither a target nor a deadline.
WHY_NO_ROW: Mapping[str, Words] = {
    "baseline": Words("what a change is measured from", "变化所比较的基准"),
    "period": Words("the name of a period, not a time limit", "时期名称，不是期限"),
    "document": Words("part of a document’s number", "文件编号的一部分"),
    "threshold": Words("delimits what is meant; promises nothing", "划定范围，并非承诺"),
    "count": Words("counts what is there or what is listed", "计数现有或所列事物"),
    "name": Words("part of a name", "名称的一部分"),
    "ordinal": Words("numbering", "序号"),
    "duration": Words("how long something lasts", "时长"),
    "frequency": Words("how often something is done", "频次"),
    "rate": Words("a rate that is not promised", "并非承诺的比率"),
    "date": Words("date of a document or of coming into force", "文件日期或施行日期"),
    "background": Words("what is or was", "现状或过去的数据"),
    "target": Words("a target by the ledger: its row is missing", "台账记为目标：缺其行"),
    "deadline": Words("a deadline by the ledger: its row is missing", "台账记为期限：缺其行"),
    "": Words("unknown to the ledger of numbers", "未入数字台账"),
}
# The kinds of sentences that coverage looks for, and the rows that each should give.
CLASSES: Mapping[str, tuple[Words, Words, Words]] = {
    "responsible": (
        Words("Clauses that act", "任务与保障条款"),
        Words("name who is responsible", "写明责任单位"),
        Words(
            "Clauses of tasks and assurances for which the plan names nobody. No row is made where nothing is printed.",
            "方案未写明责任单位的任务与保障条款。原文未写，则不立行。",
        ),
    ),
    "measures": (
        Words("Sentences that say what to do", "任务与保障条款的句子"),
        Words("became a measure", "成为措施"),
        Words(
            "Sentences of acting clauses, headings and responsibility brackets apart, without a measure.",
            "任务与保障条款中（标题与责任括注除外）未成为措施的句子。",
        ),
    ),
    "numbers": (
        Words("Sentences with a number, dates apart", "含数字的句子（日期除外）"),
        Words("gave a target", "得出量化目标"),
        Words(
            "A number that commits nobody to anything is no target. The ledger says what each of them is:",
            "不构成承诺的数字不是目标。数字台账注明了各自的性质：",
        ),
    ),
    "dates": (
        Words("Sentences with a date", "含日期的句子"),
        Words("gave a deadline", "得出期限"),
        Words(
            "A year that a change is measured from, or that dates a document, sets no time limit:",
            "用作比较基准或标示文件日期的年份不是期限：",
        ),
    ),
    "agencies": (
        Words("Sentences with an agency", "含机关名称的句子"),
        Words("gave a responsibility", "得出责任"),
        Words(
            "Agencies named in running text, not in the statement of who is responsible:",
            "在行文中提及、而非在责任分工中列名的机关：",
        ),
    ),
}
COPIES: Mapping[str, Words] = {
    "official": Words("official", "正式文本"),
    "reprint": Words("reprint", "转载本"),
    "explained": Words("explained", "解读附文"),
}
PASSAGE = re.compile("“.*”", re.DOTALL)
# What the table issues says in English alone; one that ends with ： goes on with the passage, or else with the English.
ISSUES: Mapping[str, str] = {
    "no-responsibility": "该条款没有写明责任单位的括注",
    "no-measure": "该条款只有标题，没有句子",
    "unread": "规则未读的写法：",
    "no-verb": "句中没有词表所列的动词：",
    "no-document-number": "方案的各文本均未印文号",
    "no-date": "方案的各文本均未印日期",
    "no-issuers": "方案的各文本均未印发文机关",
    "cut-off": "末条未写明责任单位，而其章内在前各条均写明：文本可能被截断",
    "numbering": "序号有缺或重复：",
    "annex": "末条之后的附件未读：",
    "text-after-plan": "末条之后的文字未读：",
    "damage": "修复之后仍有损坏痕迹：",
    "undecided-number": "性质未定的数字：",
    "unknown-agency": "词表中没有的机关：",
    "unreadable-document": "略去的文本：",
}


def issue_words(kind: str, message: str) -> Words:
    """What an issue says, in both languages.

    >>> issue_words("no-date", "No copy of the plan prints its date").zh
    '方案的各文本均未印日期'
    >>> issue_words("numbering", "Clause （七） follows （五）").zh
    '序号有缺或重复：Clause （七） follows （五）'
    >>> issue_words("no-verb", "No verb of the vocabulary in “配套率超国家和省级标准”").zh
    '句中没有词表所列的动词：“配套率超国家和省级标准”'
    """
    chinese = ISSUES.get(kind, "")
    if chinese and not chinese.endswith("："):
        return Words(message, chinese)
    passage = PASSAGE.search(message) if chinese else None
    return Words(message, chinese + (passage[0] if passage else message))


def reason(text: str) -> Words:
    """The reason of a check in both languages; in English alone, as long as nobody put it into Chinese."""
    return Words(text, reasons().get(text, text))


@cache
def reasons() -> Mapping[str, str]:
    """The Chinese of every reason, by its English."""
    with REASONS.open(encoding="utf-8", newline="") as stream:
        return {row["reason"]: row["reason_zh"] for row in csv.DictReader(stream)}
