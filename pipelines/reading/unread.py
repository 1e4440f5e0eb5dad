"""Finds the passages of a clause that state a number, a date or an order in a form that no rule reads.

What they say is in no row of targets or deadlines, so each becomes a row of issues: nothing is lost without a word.
"""

import re
from collections.abc import Iterator
from datetime import date

from pipelines.vocabulary import Vocabulary

DAY = re.compile(r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")


def unread(string: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """The passages `[start, end)` of a text that no rule reads, and what each is, form by form.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> [what for *_, what in unread("煤炭消费比重下降百分之三十，2025年2月30日前完成。", words)]
    ['A share in Chinese numerals', 'A date that is in no calendar']
    >>> list(unread("到2025年2月28日，煤炭消费比重下降30%，投资1,000亿元，植树10 万亩，建设千万千瓦级基地。", words))
    []
    >>> [(start, end) for start, end, _ in unread("建设三十台充电桩，排放下降两成。", words)]
    [(2, 5), (13, 15)]
    >>> list(unread("每年新增充电桩500个。", words))
    [(0, 2, 'That an amount is of each year')]
    """
    for row in vocabulary.unread_forms:
        if row.hint.search(string):
            for match in row.pattern.finditer(string):
                yield (*match.span(), row.what)
    if "月" in string:
        for match in DAY.finditer(string):
            try:
                date(int(match["year"] or 2024), int(match["month"]), int(match["day"] or 1))
            except ValueError:
                yield (*match.span(), "A date that is in no calendar")
