"""The same plan in copies of other makes gives the same facts: no rule hangs on how a copy was made."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import opencc
import pytest

from pipelines.package.build import document_plans
from pipelines.reading.plan import PlanFacts, read_plan
from pipelines.seeds.sources import Source, SourceRow, read_errata, read_source, read_sources
from pipelines.vocabulary import load_vocabulary

SEEDS = Path(__file__).parents[2] / "seeds"
SOURCES = {row.document_id: row for row in read_sources(SEEDS)}
ERRATA = read_errata(SEEDS, tuple(SOURCES.values()))


def repaired_text(document_id: str) -> str:
    row = SOURCES[document_id]
    source = read_source(SEEDS, row, ERRATA[document_id])
    return document_plans(source, load_vocabulary(), SEEDS)[0].text.string


def printed_page(text: str) -> str:
    """Lines of 38 characters, a page number after each 30 lines."""
    lines = []
    for paragraph in text.split("\n"):
        lines += [paragraph[start : start + 38] for start in range(0, len(paragraph), 38)] or [""]
    pages = [lines[start : start + 30] for start in range(0, len(lines), 30)]
    return "\n".join("\n".join([*page, f"- {number} -"]) for number, page in enumerate(pages, 1))


def half_width(text: str) -> str:
    return text.translate(str.maketrans("，；：（）", ",;:()"))


def full_width_digits(text: str) -> str:
    return text.translate(str.maketrans("0123456789%", "０１２３４５６７８９％"))


def blanks_round_digits(text: str) -> str:
    return re.sub(r"\d[\d.]*", r" \g<0> ", text)


def traditional(text: str) -> str:
    converted: str = opencc.OpenCC("s2t").convert(text)
    return converted


def indented(text: str) -> str:
    return "\r\n\r\n".join(f"\u3000\u3000{line}" for line in text.split("\n"))


def invisible(text: str) -> str:
    return "\ufeff" + text.replace("。", "。\u200b")


def straight_quotes(text: str) -> str:
    return text.replace("“", '"').replace("”", '"')


def markdown(text: str) -> str:
    text = re.sub(r"(?m)^([一二三四五六七八九]、.*)$", r"## \1", text)
    return re.sub(r"(?m)^(（[一二三四五六七八九十]+）[^。\n]*。?)", r"**\1**", text)


def web_page(text: str) -> str:
    head = "首页 > 政策文件\n字体：大 中 小\n发布时间：2023-05-30\n来源：市生态环境局\n"
    return head + text + "\n责任编辑：张三\n扫一扫在手机上查看当前页面\n上一篇：关于公布名单的通知\n"


MAKES: list[Callable[[str], str]] = [
    printed_page,
    half_width,
    full_width_digits,
    blanks_round_digits,
    traditional,
    indented,
    invisible,
    straight_quotes,
    markdown,
    web_page,
]


def facts(text: str, document_id: str) -> PlanFacts:
    base = SOURCES[document_id]
    row = SourceRow(
        document_id,
        base.plan_id,
        base.path,
        hashlib.sha256(text.encode()).hexdigest(),
        base.division_code,
        "official",
        True,
        "",
    )
    source = Source(row, text, len(text.encode()), ())
    return read_plan([document_plans(source, load_vocabulary(), SEEDS)[0]], load_vocabulary())


def summary(plan: PlanFacts) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for read in plan.clauses:
        rows.append(
            (read.clause.chapter_number, read.clause.number, read.clause.title, len(read.facts.measures))
        )
        rows += [
            (
                one.indicator,
                one.quantity.value,
                one.comparator,
                one.change,
                one.time and one.time.end_date,
            )
            for one in read.facts.commitments
        ]
        rows += [(one.end_date,) for one in read.facts.deadlines]
        rows += [(one.agency_id, one.role, one.text.string) for one in read.assignments]
        rows += [(one.time.end_date, "milestone") for one in read.facts.milestones]
    return rows


@pytest.mark.parametrize(
    "document_id", ["wuhan-official", "chongqing-official", "shenyang-explained", "sanming-official"]
)
@pytest.mark.parametrize("make", MAKES, ids=lambda make: make.__name__)
def test_another_make_gives_the_same_facts(make: Callable[[str], str], document_id: str) -> None:
    text = repaired_text(document_id)
    assert summary(facts(make(text), document_id)) == summary(facts(text, document_id))
