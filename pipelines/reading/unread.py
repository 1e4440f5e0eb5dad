"""A clause's text in, the passages out that state a number, a date or an order in a form that no rule reads.

What they say is in no row of targets or deadlines, so each becomes a row of issues: nothing is lost without a word.
"""

import re
from collections.abc import Iterator
from datetime import date

NUMERALS = "〇○零一二三四五六七八九十百千两"
UNITS = "个|台|家|项|座|套|辆|亩|吨|公里|公顷|平方米|千瓦"
# What each form is, what every passage of it has in it, found sooner than the passage, and its pattern: bounded, and
# begun only where a run begins, so that a run of digits takes no square of the time.
FORMS = tuple(
    (what, re.compile(hint), re.compile(pattern))
    for what, hint, pattern in (
        (
            "A share in Chinese numerals",
            r"分之",
            rf"百分之[{NUMERALS}点]{{1,8}}|(?<![{NUMERALS}])[{NUMERALS}]{{1,4}}分之[{NUMERALS}]{{1,4}}",
        ),
        # 建设三十台充电桩, 下降两成; not 第三十条, 10万亩, 千万千瓦级基地
        (
            "A count in Chinese numerals",
            rf"[十百千][{NUMERALS}万]{{0,6}}[余多]?(?:{UNITS})|成(?<=[一二三四五六七八九两]成)",
            (
                rf"(?<![第（“\d .{NUMERALS}万])[{NUMERALS}万]{{0,4}}[十百千][{NUMERALS}万]{{0,6}}(?:余|多)?"
                rf"(?:{UNITS})(?!级)"
                r"|[一二三四五六七八九两]成(?=以上|左右|以内|[，。；])"
            ),
        ),
        # 每年新增充电桩5000个: no column says that an amount is of each year
        (
            "That an amount is of each year",
            r"每年|年均",
            (
                r"(?:每年|年均)(?=(?:新增|完成|安排|实施|增长|下降|提高|提升|减少|降低|不少于|不低于|建成|新建|改造|推广|淘汰|创建|开展|培育|投入)"
                r"[^，。；]{0,30}\d)"
            ),
        ),
        (
            "A number with a minus",
            r"[-－−]\d",
            r"(?:下降|降低|减少|削减|提高|提升|增长|增加)(?:了)?[-－−]\d[\d.]{0,9}%?",
        ),
    )
)
OF_DIGITS = (
    # 车桩比达到2:1
    (
        "A ratio of two numbers",
        re.compile(r"\d[:：∶]\d"),
        re.compile(r"(?<![\d.])\d{1,9}(?:\.\d{1,9})?[:：∶]\d{1,9}(?:\.\d{1,9})?"),
    ),
    (
        "A number divided by a comma or a blank",
        re.compile(r"\d[， ]\d"),
        re.compile(r"\d[， ]\d{3}(?!\d)[多余]?[万亿%]?"),
    ),
    ("A year of more than four digits", re.compile(r"\d{5}年"), re.compile(r"(?<!\d)\d{5,9}年")),
)
OF_A_LINE = re.compile(r"(?m)^[\u2460-\u2473\u3220-\u3229]")
DIGIT = re.compile(r"\d")
DAY = re.compile(r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")


def unread(string: str) -> Iterator[tuple[int, int, str]]:
    """The passages `[start, end)` of a text that no rule reads, and what each is, form by form.

    >>> [what for *_, what in unread("煤炭消费比重下降百分之三十，2025年2月30日前完成。")]
    ['A share in Chinese numerals', 'A date that is in no calendar']
    >>> list(unread("到2025年2月28日，煤炭消费比重下降30%，投资1,000亿元，植树10 万亩，建设千万千瓦级基地。"))
    []
    >>> [(start, end) for start, end, _ in unread("建设三十台充电桩，排放下降两成。")]
    [(2, 5), (13, 15)]
    >>> list(unread("每年新增充电桩500个。"))
    [(0, 2, 'That an amount is of each year')]
    """
    for what, hint, pattern in FORMS:
        if hint.search(string):
            for match in pattern.finditer(string):
                yield (*match.span(), what)
    for match in OF_A_LINE.finditer(string):
        yield (*match.span(), "A number of one character before a line")
    if not DIGIT.search(string):
        return
    for what, hint, pattern in OF_DIGITS:
        if hint.search(string):
            for match in pattern.finditer(string):
                yield (*match.span(), what)
    if "月" in string:
        for match in DAY.finditer(string):
            try:
                date(int(match["year"] or 2024), int(match["month"]), int(match["day"] or 1))
            except ValueError:
                yield (*match.span(), "A date that is in no calendar")
