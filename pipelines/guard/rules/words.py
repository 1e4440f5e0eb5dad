"""What the rules share: patterns, and small questions about words."""

import re
import unicodedata
from functools import cache

import opencc

Span = tuple[int, int]

TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
READINGS = re.compile(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿêếềḅ]{1,7}[)）]")


def plain(cell: str) -> str:
    """A text in simplified characters, of the same length (OpenCC, t2s)."""
    simplified: str = _converter().convert(cell)
    return simplified if len(simplified) == len(cell) else cell


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def is_abbreviated(short: str, name: str) -> bool:
    """Whether the characters of a short name stand in the long one, in their order.

    >>> is_abbreviated("人行武汉分行营管部", "中国人民银行武汉分行营业管理部")
    True
    """
    rest = iter(name)
    return all(character in rest for character in short)


def skeleton(text: str) -> str:
    """A text without what the width of its marks and digits and its blanks make of it.

    >>> skeleton("加快５Ｇ， 降碳")
    '加快5G,降碳'
    """
    narrow = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”„‘’", '"""\'\''))
    return narrow.replace(" ", "")


def outside_asides(text: str) -> str:
    """A text without what stands in quotation marks, brackets and titles.

    >>> outside_asides("推广“替、引；扩”措施（含《办法》）")
    '推广措施'
    """
    while text != (text := re.sub(r"“[^“”]*”|（[^（）]*）|《[^《》]*》|〈[^〈〉]*〉|‘[^‘’]*’", "", text)):
        pass
    return text


def close(one: float, other: float) -> bool:
    """Whether two numbers are the same but for their last bits."""
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


def shown(value: object) -> str:
    """A value as a message shows it: short, and `nothing` where there is none."""
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
