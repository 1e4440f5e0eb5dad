"""Reads Chinese numerals as numbers."""

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
LONGEST = 20  # characters
MYRIADS = {"万": 10_000, "亿": 100_000_000}
# What may stand behind digits (5千亿元), each before those that it begins with
MULTIPLIERS = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
    "": 1,
}


def chinese_number(string: str) -> int | None:
    """The value of a Chinese numeral, written with units or as a row of digits; None if it is none.

    None too for a run that is longer than any numeral that somebody would print.

    >>> [chinese_number(numeral) for numeral in ("十四", "二十八", "一百零三", "二〇二三", "三万", "甲")]
    [14, 28, 103, 2023, 30000, None]
    """
    if not string or len(string) > LONGEST:
        return None
    if len(string) > 1 and all(character in DIGITS for character in string):
        return int("".join(str(DIGITS[character]) for character in string))
    total, section, digit = 0, 0, None
    for character in string:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in UNITS:
            section += (1 if digit is None else digit) * UNITS[character]
            digit = None
        elif character in MYRIADS:
            total = (total + section + (digit or 0)) * MYRIADS[character]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)
