"""Repairs the text of a source, with an Edit for every character that a named rule changed or dropped."""

import re
from dataclasses import dataclass
from functools import cache
from operator import ne
from pathlib import Path

import opencc
from pypinyin import Style, pinyin

from pipelines.errors import PipelineError
from pipelines.seeds.sources import Erratum, Source
from pipelines.text.provenance import Edit, Text
from pipelines.vocabulary import Vocabulary

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
MARKS = "。，；：、！？（）《》〈〉“”‘’〔〕【】—…％·"

# Spelled in the seed, blank in print: no-break and ideographic spaces (U+E5E5 is the one of GBK), tabs, the Hangul filler; and whatever
# else ends a line: form feed, vertical tab, a lone carriage return, the line separators of Unicode.
BLANKS = str.maketrans(
    dict.fromkeys(
        "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
        "\u202f\u205f\u3000\u3164\uffa0\ue5e5",
        " ",
    )
    | dict.fromkeys("\f\v\r\x85\u2028\u2029", "\n")
)
# `序号⇥指标⇥2025年`: a row of a table, three cells or more; in running text a tab stands behind a comma
TABLE_ROW = re.compile(r"(?m)^(?!.*[，、]\t)[^\t\n]*\t[^\t\n]*\t.*$")
BLANK = re.compile(f"[{re.escape(''.join(map(chr, BLANKS)))}]")
# Control characters, soft hyphens, zero-width characters, directions of writing, variation selectors, byte
# order marks; the colours of a terminal; the first half of CR LF.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]+"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
LINE_END = re.compile(r"\r(?=\n)")
# `**2023**年`, `## 一、总体要求`, `• A+`
MARKUP = re.compile(r"\*{2,}|(?m:^[ ]*(?:#{1,6}|[•●▪◆])[ ]*)")
MARKUP_CHARACTER = re.compile(r"[*#•●▪◆]")
READING = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿêếềḅ"
# `沈陽(yáng)市`: the reading must be one of the character before the bracket.
PINYIN = re.compile(rf"[(（](?<=[{HAN}].)([{READING}]{{1,7}})[)）]")
WIDE = str.maketrans(
    {
        chr(code): chr(code - 0xFEE0)
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0B)
    }
)
WIDE_CHARACTER = re.compile(f"[{''.join(map(chr, WIDE))}]")
# A half-width mark behind or before a Chinese character or mark, blanks between them or not, or on a line of its own.
HALF_MARK = re.compile(
    rf"[,;:!](?:(?=[ ]*[{HAN}{MARKS}])|(?<=[{HAN}{MARKS}].)|(?<=[{HAN}{MARKS}][ ].)|(?<=[{HAN}{MARKS}][ ][ ].)"
    rf"|(?<=[{HAN}{MARKS}]\n.)(?=\n))"
)
# A ? is left as it is: in a plan it is no question but a character that a copy has lost.
HALF_TO_FULL = str.maketrans(",;:!()", "，；：！（）")
# `生 态 环 境 部`: a line spread over its width
SPREAD = re.compile(r"(?m)^[\u4e00-\u9fff](?: +[\u4e00-\u9fff]){2,}$")
# `( 一)指导思想`, `一 、面临形势`: blanks in the number of a heading
HEADING_NUMBER = re.compile(
    r"(?m:^[（(] *[一二三四五六七八九十]{1,4} *[）)]|^[一二三四五六七八九十]{1,3} +(?=[、．]))"
)
# `１３．５％`; at the beginning of a line, `1．5` may be the first item.
WIDE_POINT = re.compile(r"(?m:^[ ]*\d{1,2}．)|(?<=\d)．(?=\d)")
# A decimal point in a font of its own: `2\ue0103%`; a line may end behind it
PRIVATE_POINT = re.compile("(?<=[0-9])[\ue000-\uf8ff\U000f0000-\U0010ffff](?=[0-9])")
POINT_BREAK = re.compile("(?<=[0-9][\ue000-\uf8ff\U000f0000-\U0010ffff])\n(?=[0-9])")
# The pieces of which the font Symbol makes a brace, beside its pieces of brackets; alone they are the boxes of Wingdings.
PIECE_OF_BRACE = re.compile(
    "[\uf0fc-\uf0fe](?:(?<=[\uf0e6-\uf0fb].)|(?<=[\uf0e6-\uf0fb]\n.)|(?=\n?[\uf0e6-\uf0fb]))"
)
BRACES = {0xF0FC: "⎫", 0xF0FD: "⎬", 0xF0FE: "⎭"}
# `μg/m?`: the power of a cubic metre; `50 kgce\t`: the stroke of a unit
LOST_POWER = re.compile(r"(?<=g/m)\?")
UNIT_STROKE = re.compile(r"(?<=ce)\\(?=t(?![A-Za-z]))")
# `“贵州生态日““全国公共机构节能宣传周“`: an opening mark behind another, with no closing one before the next that opens
SECOND_OPENING = re.compile("“(?P<words>[^“”\n]{1,40})“(?=[^“”]*(?:“|\\Z))")
# `《碳达峰方案)) ((节能工作方案》`, `《条例}`: the marks of a title read as brackets, if one of the two is a mark of a title
# or both are double
TITLE_MARKS = re.compile(
    "(?P<opening>《|[(（]{2}|[{]{1,2})(?P<words>[^《》()（）{}]{2,80})(?P<closing>》|[)）]{2}|[}]{1,2})"
)
# `〔2021]118号`: the year of a document's number, in brackets of two kinds
YEAR_BRACKETS = re.compile(r"〔((?:19|20)\d\d)[\])）]|[\[(（]((?:19|20)\d\d)〕")
# `更加浓厚.推动`, `贯彻落实.` at the end of a line; not behind the number of a heading, as in `专栏一.` and `一.总体`, nor `六．五`
HALF_STOP = re.compile(r"[.．](?<=[\u4e00-\u9fff”）》％%].)(?=[ ]*(?:[\u4e00-\u9fff“《（]|$))", re.MULTILINE)
NUMBER_BEFORE = re.compile(r"(?:^|\n|专栏)[ （(]*[一二三四五六七八九十]{1,3}\Z|[一二三四五六七八九十]\Z")
BRACKET = re.compile(r"[()（）]|\n")
# A restored passage in the pieces between which a sentence, name or quote can begin: 。, 科学
PIECE = re.compile(rf"[{MARKS}]|[^{MARKS}]+")
STRAIGHT_QUOTE = re.compile('["＂]')
QUOTE = re.compile('["＂“”\n]')
LONGEST_QUOTATION = 40  # characters, where it goes on in the next line
BLANK_RUN = re.compile("[ ]+")

# 著力, 著重, 沿著: the 著 that is 着 in simplified characters; OpenCC leaves it, for the sake of 显著 and 著名
ZHE = re.compile(r"著(?=[力重手眼实])|(?<=[沿随朝])著")
_converter = opencc.OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A document whose characters are repaired: its text, every edit so far, and its script."""

    source: Source
    text: Text
    edits: tuple[Edit, ...]
    script: str


def repair(source: Source, vocabulary: Vocabulary, folder: Path) -> Repaired:
    """The text of one source with its characters repaired; raises PipelineError for a hand repair that does not fit."""
    raw = source.raw
    file = folder / source.row.path
    edits: list[Edit] = []

    def keep(result: tuple[Text, list[Edit]]) -> Text:
        edits.extend(result[1])
        return result[0]

    text = Text.of(raw)
    for pattern, sign in ((COLOUR, "\x1b"), (LINE_END, "\r"), (INVISIBLE, "")):
        if sign in raw:
            spans = _spans(pattern, text)
            text = keep(text.without(spans, raw, "control", "Invisible or control character"))
    if "\t" in raw:
        plain = TABLE_ROW.sub(lambda row: row[0].replace("\t", "\n"), text.string)
        text = keep(text.recast(plain, raw, "control", "Tab between two cells of a table"))
    text = keep(text.recast(_translated(text.string, BLANK, BLANKS), raw, "control", "Blank of another kind"))
    text = keep(text.without(_spans(POINT_BREAK, text), raw, "linebreak", "Line break inside a number"))
    plain = UNIT_STROKE.sub("/", LOST_POWER.sub("³", PRIVATE_POINT.sub(".", text.string)))
    if vocabulary.glyph_pattern.search(raw):
        plain = _translated(plain, PIECE_OF_BRACE, BRACES)
        plain = _translated(plain, vocabulary.glyph_pattern, vocabulary.glyph_of)
    text = keep(text.recast(plain, raw, "glyph", "Character of a font of its own or of a foreign script"))
    for erratum in source.errata:
        text = keep(_apply(erratum, text, raw, file))
    if MARKUP_CHARACTER.search(raw):
        text = keep(text.without(_spans(MARKUP, text), raw, "markup", "Mark of a web page or of Markdown"))
    text = keep(text.without(_readings(text), raw, "pinyin", "Reading of the character before it"))
    for first, last, mark in reversed(_title_marks(text.string)):
        text = keep(text.replace(first, last, mark, raw, "width", "Mark of a title read as brackets"))
    plain = simplified(text.string)
    script = "Hant" if _is_traditional(text.string, plain) else "Hans"
    text = keep(text.recast(plain, raw, "script", "Traditional character"))
    text = keep(text.recast(_full_width(text.string), raw, "width", "Mark or digit of the other width"))
    plain = SECOND_OPENING.sub(r"“\g<words>”", text.string)
    text = keep(text.recast(plain, raw, "width", "Closing quotation mark printed as an opening one"))
    text = keep(text.without(_edge_blanks(text.string), raw, "blank", "Blank at the edge of a line"))
    text = keep(text.without(_heading_blanks(text.string), raw, "blank", "Blank in the number of a heading"))
    spread = _spread_blanks(text.string, vocabulary.suffixes)
    text = keep(text.without(spread, raw, "blank", "Blank in a name spread over its line"))
    return Repaired(source, text, tuple(edits), script)


def simplified(string: str) -> str:
    """A string in simplified characters, of the same length (OpenCC, t2s)."""
    converted: str = _converter.convert(string)
    if len(converted) != len(string):
        converted = "".join(map(_simplified_character, string))
    return ZHE.sub("着", converted)


def _simplified_character(character: str) -> str:
    converted: str = _converter.convert(character)
    return converted if len(converted) == 1 else character


def _translated(string: str, pattern: re.Pattern[str], table: dict[int, str]) -> str:
    """`str.translate` for a text in which few characters change: the pattern finds them faster."""
    return pattern.sub(lambda match: table[ord(match[0])], string)


def _spans(pattern: re.Pattern[str], text: Text) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text.string)]


def _edge_blanks(string: str) -> list[tuple[int, int]]:
    """The blanks at the beginnings and ends of lines.

    >>> _edge_blanks("  一、总体要求 \\n到 2025 年 ")
    [(0, 2), (8, 9), (18, 19)]
    """
    edges = {"\n", ""}
    return [
        (first, last)
        for first, last in (match.span() for match in BLANK_RUN.finditer(string))
        if not first or string[first - 1] == "\n" or string[last : last + 1] in edges
    ]


def _spread_blanks(string: str, endings: tuple[str, ...]) -> list[tuple[int, int]]:
    """The blanks in the names of agencies that are spread over their lines.

    >>> _spread_blanks("生 态 环 境 部\\n是 否 是 否", ("部",))
    [(1, 2), (3, 4), (5, 6), (7, 8)]
    """
    return [
        blank.span()
        for line in SPREAD.finditer(string)
        if BLANK_RUN.sub("", line[0]).endswith(endings)
        for blank in BLANK_RUN.finditer(string, *line.span())
    ]


def _heading_blanks(string: str) -> list[tuple[int, int]]:
    """The blanks in the numbers of headings.

    >>> _heading_blanks("一 、面临形势\\n（ 一）指导思想。\\n一 流企业")
    [(1, 2), (9, 10)]
    """
    return [
        blank.span()
        for number in HEADING_NUMBER.finditer(string)
        for blank in BLANK_RUN.finditer(string, *number.span())
    ]


def is_chinese(character: str) -> bool:
    """Whether a character is Chinese, or a mark of Chinese print."""
    return "\u3400" <= character <= "\u9fff" or character in MARKS


def _apply(erratum: Erratum, text: Text, raw: str, file: Path) -> tuple[Text, list[Edit]]:
    count = raw.count(erratum.before)
    first = text.string.find(erratum.before)
    if count != 1 or first < 0:
        raise PipelineError(
            file=file.with_name("errata.csv"),
            place=f"document {erratum.document_id}, before {erratum.before!r}",
            found=f"that text {count} times in the seed"
            if count != 1
            else "that text only with invisible characters or blanks of another kind in it",
            expected="that text exactly once",
            remedy="correct `before`, or remove the row if the seed no longer has the damage",
        )
    before, after = erratum.before, erratum.after
    left = 0
    while left < min(len(before), len(after)) - 1 and before[left] == after[left]:
        left += 1
    right = 0
    while right < min(len(before), len(after)) - left - 1 and before[-1 - right] == after[-1 - right]:
        right += 1
    start, end = first + left, first + len(before) - right
    pieces = PIECE.findall(after[left : len(after) - right]) or [""]
    if len(pieces) > end - start:
        pieces = ["".join(pieces)]
    # From the last piece to the first: what is before a piece keeps its place.
    edits: list[Edit] = []
    for index, piece in reversed(list(enumerate(pieces))):
        stop = end if index == len(pieces) - 1 else start + index + 1
        text, made = text.replace(start + index, stop, piece, raw, erratum.rule, erratum.reason)
        edits += made
    return text, edits


def _readings(text: Text) -> list[tuple[int, int]]:
    """Brackets that hold a reading of the character before them.

    >>> _readings(Text.of("沈陽(yáng)市VOCs(vocs)和揮發(fā)性(VOCs)"))
    [(2, 8), (22, 26)]
    """
    return [
        match.span()
        for match in PINYIN.finditer(text.string)
        if match[1] in _readings_of(match.string[match.start() - 1])
    ]


@cache
def _readings_of(character: str) -> frozenset[str]:
    """The readings of a character, and those of its simplified form."""
    rows = pinyin(character, style=Style.TONE, heteronym=True) + pinyin(
        simplified(character), style=Style.TONE, heteronym=True
    )
    return frozenset(reading for row in rows for reading in row)


def _is_traditional(before: str, after: str) -> bool:
    if before == after:
        return False
    changed: int = sum(map(ne, before, after))
    return changed * 100 > len(before)


def _full_width(string: str) -> str:
    """Half-width marks in Chinese context as full-width ones, full-width digits and letters as ASCII.

    >>> _full_width("污染防治,降碳(VOCs)协同,PM2.5下降10%,达到１．５％.推进改造.")
    '污染防治，降碳（VOCs）协同，PM2.5下降10%，达到1.5%。推进改造。'
    """
    string = _translated(string, WIDE_CHARACTER, WIDE)
    if "．" in string:
        string = WIDE_POINT.sub(lambda match: "." if match[0] == "．" else match[0], string)
    if "." in string or "．" in string:
        string = HALF_STOP.sub(_full_stop, string)
    string = HALF_MARK.sub(lambda match: match[0].translate(HALF_TO_FULL), string)
    string = YEAR_BRACKETS.sub(lambda match: f"〔{match[1] or match[2]}〕", string)
    return _quotes(_brackets(string)) if STRAIGHT_QUOTE.search(string) else _brackets(string)


def _full_stop(match: re.Match[str]) -> str:
    """The full stop that a mark of half width is, unless a number stands before it: 一.总体要求, 六．五环境日."""
    place, string = match.start(), match.string
    number = NUMBER_BEFORE.search(string, max(0, place - 8), place)
    ordinal = number is not None and string[max(0, number.start() - 1)] == "第"
    return "。" if number is None or ordinal else match[0]


def _brackets(string: str) -> str:
    """Round brackets in Chinese context in full width; the two of a pair alike.

    >>> _brackets("落实，不再列出)和（七)以及(EOD)模式，f(x)")
    '落实，不再列出）和（七）以及（EOD）模式，f(x)'
    """
    if "(" not in string and ")" not in string:
        return string
    characters = list(string)
    stack: list[int] = []
    for match in BRACKET.finditer(string):
        place, mark = match.start(), match[0]
        if mark == "\n":
            if place + 1 < len(string) and string[place + 1] == "\n":
                stack.clear()
        elif mark in "(（":
            if mark == "(" and _chinese_beside(string, place):
                characters[place] = "（"
            stack.append(place)
        else:
            opening = stack.pop() if stack else None
            if mark == ")" and (
                _chinese_beside(string, place) or (opening is not None and characters[opening] == "（")
            ):
                characters[place] = "）"
            if opening is not None and characters[place] == "）":
                characters[opening] = "（"
    return "".join(characters)


def _chinese_beside(string: str, place: int) -> bool:
    before = string[max(0, place - 20) : place].rstrip(" ")[-1:]
    after = string[place + 1 : place + 21].lstrip(" ")[:1]
    return bool((before and is_chinese(before)) or (after and is_chinese(after)))


def _quotes(string: str) -> str:
    """Straight double quotes as paired ones, opening and closing by turns; a line's end may stand in a short quotation.

    >>> _quotes('推进"无废城市"建设，“十四五"公共机构')
    '推进“无废城市”建设，“十四五”公共机构'
    """
    characters = list(string)
    opened = -1  # where the quotation that is open begins
    for match in QUOTE.finditer(string):
        place, mark = match.start(), match[0]
        if mark == "\n":
            opened = -1 if place - opened > LONGEST_QUOTATION else opened
            continue
        if mark in '"＂':
            mark = characters[place] = "“" if opened < 0 else "”"
        opened = place if mark == "“" else -1
    return "".join(characters)


def _title_marks(string: str) -> list[tuple[int, int, str]]:
    """The brackets that are marks of a title, with what they are.

    >>> _title_marks("落实《碳达峰方案)) ((节能工作方案》，《条例}和《规划》")
    [(8, 10, '》'), (11, 13, '《'), (24, 25, '》')]
    """
    found = []
    for match in TITLE_MARKS.finditer(string):
        opening, closing = match["opening"], match["closing"]
        if (opening[0] in "(（" and closing[0] in ")）") or "《" in opening or "》" in closing:
            found += [
                (*match.span(side), mark)
                for side, mark in (("opening", "《"), ("closing", "》"))
                if match[side] != mark
            ]
    return found
