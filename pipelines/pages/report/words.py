"""What readers of either language see for the names that the guards, the scorer and the ledger use.

The words stand in words.csv, the reasons of the checks in reasons.csv beside this file.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipelines.pages.wording import Words

HERE = Path(__file__).parent
PASSAGE = re.compile("“.*”", re.DOTALL)


@cache
def words(group: str) -> Mapping[str, Words]:
    """The words of a group of words.csv by their code, in its order.

    >>> words("guard")["files"]
    Words(en='Files', zh='文件')
    """
    with (HERE / "words.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["group"] == group]
    return {row["code"]: Words(row["label_en"], row["label"]) for row in rows}


def issue_words(kind: str, message: str) -> Words:
    """What an issue says, in both languages; Chinese that ends with ： goes on with the passage, else with the English.

    >>> issue_words("no-date", "No copy of the plan prints its date").zh
    '方案的各文本均未印日期'
    >>> issue_words("numbering", "Clause （七） follows （五）").zh
    '序号有缺或重复：Clause （七） follows （五）'
    >>> issue_words("no-verb", "No verb of the vocabulary in “配套率超国家和省级标准”").zh
    '句中没有词表所列的动词：“配套率超国家和省级标准”'
    """
    chinese = words("issue").get(kind, Words("", "")).zh
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
    with (HERE / "reasons.csv").open(encoding="utf-8", newline="") as stream:
        return {row["reason"]: row["reason_zh"] for row in csv.DictReader(stream)}
