"""A single cell that holds a text in, what is wrong with it out."""

import re
import unicodedata

from pipelines.guard.reading import HAN
from pipelines.guard.rules.words import READINGS, TONED, plain

FORMULA = re.compile(r"[=@]|[-+](?!\s*\d+\s*-?$)|[\t\r](?=.*\S)", re.DOTALL)
LOST = re.compile(
    "[?？\ufffd\ue000-\uf8ff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x09\x0b-\x1f\x7f]"
)
HALF = re.compile(rf"(?<=[{HAN}“”‘’（）《》、，。；：])[,;:!?()](?=[{HAN}“”‘’（）《》、，。；：])")
MARKS = "，、。；：！？（）“”‘’《》〈〉【】〔〕"
SPACED = re.compile(rf"[{HAN}{MARKS}][ \u3000]|[ \u3000][{HAN}{MARKS}]")
PAIRS = {"）": "（", "”": "“", "’": "‘", "》": "《", "〉": "〈", "〕": "〔", "】": "【", ")": "("}


def no_formula(cell: str) -> str:
    """A spreadsheet reads no formula in a cell; a page number such as `- 3 -` is none, nor is a lone `=`.

    >>> no_formula("=SUM(A1)"), no_formula("- 3 -"), no_formula("="), no_formula("到2025年")
    ('a spreadsheet would read a formula in it', '', '', '')
    """
    return "a spreadsheet would read a formula in it" if cell != "=" and FORMULA.match(cell) else ""


def simplified(cell: str) -> str:
    """A Chinese text holds no traditional character: OpenCC has nothing to convert.

    >>> simplified("减污降碳協同增效")
    'the traditional 協 is 协 in simplified characters'
    """
    wanted = plain(cell)
    wrong = "、".join(f"{old} is {new}" for old, new in zip(cell, wanted, strict=True) if old != new)
    return f"the traditional {wrong} in simplified characters" if wrong else ""


def full_width(cell: str) -> str:
    """Marks between Chinese characters are full-width.

    >>> full_width("污染防治,降碳"), full_width("挥发性有机物（VOCs）、PM2.5")
    ("the half-width ',' stands between Chinese characters", '')
    """
    match = HALF.search(cell)
    return f"the half-width {match[0]!r} stands between Chinese characters" if match else ""


def unspaced(cell: str) -> str:
    """No blank stands next to a Chinese character or mark: the copies put them where lines were broken.

    >>> unspaced("到 2025年"), unspaced("加快 BIM 技术"), unspaced("一批 PM2.5、O3")
    ("a blank stands next to '到'", "a blank stands next to '快'", "a blank stands next to '批'")
    """
    match = SPACED.search(cell)
    return f"a blank stands next to {match[0].strip()!r}" if match else ""


def undamaged(cell: str) -> str:
    """Nothing of a broken copy is left: no reading, no question mark for a lost character, no invisible one.

    >>> undamaged("沈陽(yáng)市"), undamaged("地?、生物质"), undamaged("降低VOCs排放")
    ("'á' is left of a reading", "'?' is left of a broken copy", '')
    """
    if match := TONED.search(cell):
        return f"{match[0]!r} is left of a reading"
    for match in READINGS.finditer(cell):
        beside_chinese = bool(re.search(rf"[{HAN}]$", cell[: match.start()]))
        if beside_chinese and match[0][1:-1] not in ("g", "t", "m"):
            return f"{match[0]!r} is left of a reading"
    match = LOST.search(cell)
    return f"{match[0]!r} is left of a broken copy" if match else ""


def balanced(cell: str) -> str:
    """Brackets and quotation marks pair up.

    >>> balanced("强化“三线一单”（含渣车）管控"), balanced("经营，十四五”期间")
    ('', '” has no counterpart')
    """
    stack: list[str] = []
    for mark in cell:
        if mark in PAIRS.values():
            stack.append(mark)
        elif mark in PAIRS and (not stack or stack.pop() != PAIRS[mark]):
            return f"{mark} has no counterpart"
    return f"{stack[-1]} has no counterpart" if stack else ""


def tidy(cell: str) -> str:
    """A text neither begins nor ends with a blank, and is in Unicode form NFC.

    >>> tidy("市发改委 "), tidy("市发改委")
    ('it begins or ends with a blank', '')
    """
    if cell != cell.strip():
        return "it begins or ends with a blank"
    return "" if unicodedata.is_normalized("NFC", cell) else "it is not in Unicode form NFC"


def english(cell: str) -> str:
    """An English text holds letters of the Latin script and no Chinese character.

    >>> english("Wuhan"), english("武汉"), english("武汉 City")
    ('', 'it holds no English word', 'it holds the Chinese 武汉')
    """
    if not re.search(r"[A-Za-z]", cell):
        return "it holds no English word"
    if match := re.search(rf"[{HAN}，。；：（）、]+", cell):
        return f"it holds the Chinese {match[0]}"
    match = TONED.search(cell)
    return f"{match[0]!r} is left of a reading" if match else ""


def chinese(cell: str) -> str:
    """A Chinese label holds a Chinese character, or is a symbol such as % or GW.

    >>> chinese("生态环境"), chinese("%"), chinese("Ecology and environment")
    ('', '', 'it holds no Chinese character')
    """
    if re.search(rf"[{HAN}]", cell) or not re.search(r"[a-z]{4}|[A-Za-z] [A-Za-z]", cell):
        return ""
    return "it holds no Chinese character"


def whole_name(cell: str) -> str:
    """The name of an agency has no gap left to fill in and no mark that parts names.

    >>> whole_name("重庆市*海关"), whole_name("武汉市生态环境局"), whole_name("各区、县、市人民政府")
    ("'*' is not part of a name", '', '')
    """
    match = re.search(r"[*=+，。；]", cell)
    return f"{match[0]!r} is not part of a name" if match else ""
