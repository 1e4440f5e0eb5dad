"""The values of a few cells in, what is wrong with them out: the rules that the expectation suites name.

A rule is a pure function of the cells that an expectation lists, in its order; None is an empty cell. It returns
"" where they are right, else one sentence that says what was expected. Names that begin with _ in a suite are
columns that `frames` adds. A suite can name the public functions of this module and no others.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

import opencc

from pipelines.guard import reading
from pipelines.guard.reading import HAN

Rule = Callable[..., str]
Span = tuple[int, int]

FORMULA = re.compile(r"[=@]|[-+](?!\s*\d+\s*-?$)|[\t\r](?=.*\S)", re.DOTALL)
TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
LOST = re.compile("[?？\ufffd\ue000-\uf8ff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x09\x0b-\x1f\x7f]")
HALF = re.compile(rf"(?<=[{HAN}“”‘’（）《》、，。；：])[,;:!?()](?=[{HAN}“”‘’（）《》、，。；：])")
PAIRS = {"）": "（", "”": "“", "’": "‘", "》": "《", "〉": "〈", "〕": "〔", "】": "【", ")": "("}
FULL_STOP = re.compile(r"[。；！？]")
SHARES = ("percent", "percentage-point")
READINGS = re.compile(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿêếềḅ]{1,7}[)）]")
# A time that is striven for: 力争2024年底前, 到2025年，力争
STRIVEN_TIME = re.compile(
    r"(?:力争|争取|努力|力求)(?:在|到|于)?(?:20\d\d年|“?十[四五六七八九]五)|^[^，]{0,12}(?:年[底末]?(?:之?前)?|期间|时期)，?(?:力争|争取|努力|力求)"
)
RELATION_WORDS = re.compile(
    r"年均|力争|分别|基本|累[计积]|达到?|到达|提[升高][至到]?|下降[至到]?|降低[至到]?|保持在?|稳定在?|不低于|超过|以上|以下|以内"
    r"|左右|约|[万亿]|平方米|立方米|千瓦时?|吨|个百分点|[个家座辆台亩项处]"
)
DOCUMENT_NUMBER = re.compile(rf"[{HAN}]+〔(20\d\d)〕\d+号")


# --- single cells -----------------------------------------------------------------------------------------------


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
    plain = _plain(cell)
    wrong = "、".join(f"{old} is {new}" for old, new in zip(cell, plain, strict=True) if old != new)
    return f"the traditional {wrong} in simplified characters" if wrong else ""


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _plain(cell: str) -> str:
    plain: str = _converter().convert(cell)
    return plain if len(plain) == len(cell) else cell


def full_width(cell: str) -> str:
    """Marks between Chinese characters are full-width.

    >>> full_width("污染防治,降碳"), full_width("挥发性有机物（VOCs）、PM2.5")
    ("the half-width ',' stands between Chinese characters", '')
    """
    match = HALF.search(cell)
    return f"the half-width {match[0]!r} stands between Chinese characters" if match else ""


def undamaged(cell: str) -> str:
    """Nothing of a broken copy is left: no reading, no question mark for a lost character, no invisible one.

    >>> undamaged("沈陽(yáng)市"), undamaged("地?、生物质"), undamaged("降低VOCs排放")
    ("'á' is left of a reading", "'?' is left of a broken copy", '')
    """
    if match := TONED.search(cell):
        return f"{match[0]!r} is left of a reading"
    if match := READINGS.search(cell):
        inside = match[0][1:-1]
        if inside.islower() and re.search(rf"[{HAN}]$", cell[: match.start()]) and inside not in ("g", "t", "m"):
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
        elif mark in PAIRS:
            if not stack or stack.pop() != PAIRS[mark]:
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
    match = re.search(rf"[{HAN}，。；：（）、]+", cell)
    return f"it holds the Chinese {match[0]}" if match else ""


def chinese(cell: str) -> str:
    """A Chinese label holds a Chinese character, or is a symbol such as % or GW.

    >>> chinese("生态环境"), chinese("%"), chinese("Ecology and environment")
    ('', '', 'it holds no Chinese character')
    """
    if re.search(rf"[{HAN}]", cell) or not re.search(r"[a-z]{4}|[A-Za-z] [A-Za-z]", cell):
        return ""
    return "it holds no Chinese character"


def explained(cell: str) -> str:
    """A message is a sentence in English, which may quote the plan.

    >>> explained("No rule says what 20% is in “不受上浮20%限制”"), explained("不受上浮20%限制")
    ('', 'it explains nothing in English')
    """
    return "" if re.match(r"[A-Z]\w*(?: [\w.,'-]+){2,}", cell) else "it explains nothing in English"


def english_of_place(name_en: str | None, place: str | None, place_en: str | None) -> str:
    """The English name of an agency tells its place, unless it is one of the central government.

    >>> english_of_place("Shenyang Finance Bureau", "wuhan", "Wuhan"), english_of_place("Ministry of Finance", "china", "China")
    ('it does not name Wuhan', '')
    """
    return "" if place == "china" or (place_en and place_en in (name_en or "")) else f"it does not name {_shown(place_en)}"


def whole_name(cell: str) -> str:
    """The name of an agency has no gap left to fill in and no mark that parts names.

    >>> whole_name("重庆市*海关"), whole_name("武汉市生态环境局"), whole_name("各区、县、市人民政府")
    ("'*' is not part of a name", '', '')
    """
    match = re.search(r"[*=+，。；]", cell)
    return f"{match[0]!r} is not part of a name" if match else ""


# --- any two or three cells -------------------------------------------------------------------------------------


def equal(cell: object, wanted: object) -> str:
    """A cell equals what other tables say it is; both may be empty.

    >>> equal("wuhan-synergy", "wuhan-synergy"), equal(None, 3)
    ('', 'expected 3')
    """
    return "" if cell == wanted and (cell is None) == (wanted is None) else f"expected {_shown(wanted)}"


def maybe_equal(cell: object, wanted: object) -> str:
    """A cell equals what another table or file says it is, where one says so.

    >>> maybe_equal(9873, 9870), maybe_equal(9873, None)
    ('expected 9870', '')
    """
    return "" if wanted is None or cell == wanted else f"expected {_shown(wanted)}"


def same_text(text: str | None, found: str | None) -> str:
    """A text is, character for character, what stands at its place; where there is nothing to compare, it passes.

    >>> same_text("到2025年", "到2026年")
    'at its place stands “到2026年”; they part at character 5'
    """
    if found is None or text == found:
        return ""
    text = text or ""
    part = next((place for place, (a, b) in enumerate(zip(text, found, strict=False)) if a != b), -1)
    part = part if part >= 0 else min(len(text), len(found))
    shown = found if len(found) <= 60 else f"…{found[max(0, part - 20) : part + 40]}…"
    return f"at its place stands “{shown}”; they part at character {part + 1}"


def after_previous(place: object, previous: object) -> str:
    """Rows stand in the order of the text: each begins behind the one before it, or where that one ends.

    >>> after_previous(10, 12), after_previous(12, 12), after_previous(5, None)
    ('the row before it goes on to 12', '', '')
    """
    if place is None or previous is None:
        return ""
    return "" if place >= previous else f"the row before it goes on to {previous}"  # type: ignore[operator]


def inside(start: int | None, end: int | None, outer_start: int | None, outer_end: int | None) -> str:
    """A source range is not empty, and lies inside the range of what the row belongs to.

    >>> inside(5, 9, 0, 9), inside(9, 9, 0, 9), inside(5, 10, 0, 9)
    ('', 'the range is empty', 'the range of what it belongs to is 0 to 9')
    """
    if start is None or end is None or start >= end:
        return "the range is empty"
    if outer_start is None or outer_end is None:
        return "what it belongs to is not there"
    if outer_start <= start and end <= outer_end:
        return ""
    return f"the range of what it belongs to is {outer_start} to {outer_end}"


def within(part: str | None, whole: str | None) -> str:
    """A text is printed in another one.

    >>> within("43%", "农药利用率均达到43%"), within("43%", None)
    ('', 'there is no text that it could stand in')
    """
    if part is None:
        return ""
    if whole is None:
        return "there is no text that it could stand in"
    return "" if part in whole else f"“{_shown(whole)}” does not hold it"


def nothing_absent(_key: object, absent: Sequence[str]) -> str:
    """No row is missing that another table, file or vocabulary promises.

    >>> nothing_absent("wuhan-official", ("wuhan-reprint",))
    'missing from the table: wuhan-reprint'
    """
    return f"missing from the table: {', '.join(absent)}" if absent else ""


def as_promised(_key: object, differences: Sequence[str]) -> str:
    """A row equals what the file that it comes from says of it.

    >>> as_promised("wuhan", ("label: expected 武汉市",))
    'label: expected 武汉市'
    """
    return "; ".join(differences)


# --- plans, documents, issuers ----------------------------------------------------------------------------------


def title_of_place(title: str | None, title_en: str | None, label_en: str | None, others: Sequence[str]) -> str:
    """The English title names the plan's place (a national plan has none to name), and the title no other one.

    >>> title_of_place("武汉市实施方案", "Implementation Plan of Wuhan", "Wuhan", ()), title_of_place("沈阳市实施方案", "Implementation Plan of Wuhan", "Wuhan", ("沈阳市",))
    ('', 'it names 沈阳市')
    """
    if others:
        return f"it names {'、'.join(others)}"
    return "" if label_en is None or label_en in (title_en or "") else f"the English title does not name {label_en}"


def number_printed(number: str | None, texts: Sequence[str], issued_on: date | None, has_issue: bool) -> str:
    """A document number has the form 武环〔2023〕55号, stands in a copy of the plan and fits its date; or an issue says there is none.

    >>> number_printed("武环〔2023〕55号", ["原标题：武环〔2023〕55号 市生态环境局"], date(2023, 5, 11), False)
    ''
    >>> number_printed(None, [], None, False)
    'there is no issue row of the kind no-document-number'
    """
    if number is None:
        return "" if has_issue else "there is no issue row of the kind no-document-number"
    if has_issue:
        return "an issue row says that no copy prints it"
    match = DOCUMENT_NUMBER.fullmatch(number)
    if match is None:
        return "expected the form 武环〔2023〕55号"
    if not any(number in re.sub(r"\s", "", text) for text in texts):
        return "no copy of the plan prints it"
    if issued_on is not None and abs(issued_on.year - int(match[1])) > 1:
        return f"the plan was issued on {issued_on}"
    return ""


def date_printed(issued_on: date | None, texts: Sequence[str], has_issue: bool) -> str:
    """The date of issue stands in a copy of the plan, outside the plan's own text; or an issue says there is none.

    >>> date_printed(date(2023, 5, 11), ["武汉市农业农村局\\n\\n2023年5月11日"], False), date_printed(date(2024, 5, 11), ["2023年5月11日"], False)
    ('', 'no copy of the plan prints it')
    """
    if issued_on is None:
        return "" if has_issue else "there is no issue row of the kind no-date"
    if has_issue:
        return "an issue row says that no copy prints it"
    for text in texts:
        for match in re.finditer(
            r"([\d〇零○一二三四五六七八九]{4})年([\d一二三四五六七八九十]{1,2})月([\d一二三四五六七八九十]{1,3})日",
            re.sub(r"[ \u3000]", "", text),
        ):
            parts = [reading.numeral(part.replace("○", "〇")) for part in match.groups()]
            if parts == [issued_on.year, issued_on.month, issued_on.day]:
                return ""
    return "no copy of the plan prints it"


def issuers_named(_plan_id: str, issuers: int, has_issue: bool) -> str:
    """A plan has issuers, or an issue says that no copy prints them.

    >>> issuers_named("wuhan-synergy", 0, False), issuers_named("wuhan-synergy", 6, False)
    ('there is no issuer, and no issue row of the kind no-issuers', '')
    """
    if issuers and has_issue:
        return "an issue row says that no copy prints them"
    return "" if issuers or has_issue else "there is no issuer, and no issue row of the kind no-issuers"


def begins_with_title(plan_start: int | None, own_text: str | None, title: str | None) -> str:
    """The plan's own text, as plan_start and plan_end cut it out of a copy, begins with the plan's title.

    >>> begins_with_title(292, "重庆市实施方案\\n\\n为深入贯彻", "重庆市实施方案")
    ''
    """
    if own_text is None or title is None:
        return "plan_start and plan_end cut no text out of the copy"
    squeezed = re.sub(r"\s", "", own_text[: 2 * len(title) + 40])
    return "" if squeezed.startswith(re.sub(r"\s", "", title)) else f"there stands “{own_text[:30]}”"


def ends_whole(plan_end: int | None, own_text: str | None) -> str:
    """The plan's own text ends with the end of a sentence or of a responsibility bracket.

    >>> ends_whole(99, "纳入生态环境相关考核。"), ends_whole(99, "纳入生态环境相关")
    ('', 'there it ends with “环境相关”')
    """
    text = own_text or ""
    return "" if text.endswith(("。", "）", "！", "；", "】")) else f"there it ends with “{text[-4:]}”"


def same_clauses(_plan_start: int | None, own_text: str | None, base_text: str | None) -> str:
    """A copy of a plan prints the numbered clauses that the base document prints.

    >>> same_clauses(0, "（一）扎实推进。\\n（二）强化管控。", "（一）扎实推进。\\n（二）强化管控。")
    ''
    """
    if own_text is None or base_text is None:
        return "there is no text to compare"
    own, base = (re.findall(r"(?m)^（([一二三四五六七八九十]+)）", text) for text in (own_text, base_text))
    different = sorted(set(own) ^ set(base))
    return f"only one of the two prints {'、'.join(different)}" if different else ""


def script_of(script: str | None, simplified_share: float) -> str:
    """A document is Hant where the repairs turn more than one character in a hundred into simplified ones.

    >>> script_of("Hans", 0.2), script_of("Hant", 0.2)
    ('traditional characters were repaired in it', '')
    """
    wanted = "Hant" if simplified_share > 0.01 else "Hans"
    if script == wanted:
        return ""
    return "traditional characters were repaired in it" if wanted == "Hant" else "it has no traditional characters"


def stands_alone(as_written: str | None, before: str | None, after: str | None) -> str:
    """The name of an issuer stands by itself in a signature block, between blanks or ends of lines.

    >>> stands_alone("武汉市城乡建设局", " ", "\\n"), stands_alone("武汉市生态环境局", "，", "发")
    ('', 'it stands between “，” and “发”')
    """
    if before is None or after is None:
        return "its place is not in the text"
    alone = all(not mark or mark in " \n\t\u3000、，：" for mark in (before, after))
    return "" if alone and after not in ("，", "：") else f"it stands between “{before}” and “{after}”"


# --- agencies ---------------------------------------------------------------------------------------------------


def agency_of_place(agency_id: str | None, place: str | None) -> str:
    """The id of an agency begins with its place.

    >>> agency_of_place("wuhan/water", "shenyang")
    'expected an id that begins with shenyang/'
    """
    return "" if (agency_id or "").startswith(f"{place}/") else f"expected an id that begins with {place}/"


def name_in_vocabulary(agency_id: str | None, name: str | None, short_name: str | None, full_names: Sequence[str]) -> str:
    """The full name of an agency spells out the short one: by the vocabulary, or character by character in order.

    >>> name_in_vocabulary("wuhan/x", "武汉市发展和改革委员会", "市发改委", ())
    ''
    >>> name_in_vocabulary("wuhan/x", "武汉市财政局", "市发改委", ("发展和改革委员会",))
    'expected a name that spells out 市发改委'
    """
    if name is None or short_name is None:
        return "it has no name"
    if any(name.endswith(full) or _fills(full, name) for full in full_names) or _is_abbreviated(short_name, name):
        return ""
    return f"expected a name that spells out {short_name}"


def _fills(pattern: str, name: str) -> bool:
    """Whether a name fills the gap of a vocabulary's: 中国人民银行*中心支行."""
    return "*" in pattern and re.search(re.escape(pattern).replace(r"\*", r"\w*") + "$", name) is not None


def _is_abbreviated(short: str, name: str) -> bool:
    """
    >>> _is_abbreviated("人行武汉分行营管部", "中国人民银行武汉分行营业管理部")
    True
    """
    rest = iter(name)
    return all(character in rest for character in short)


def agency_in_vocabulary(agency_id: str | None, function_id: str | None, name_en: str | None, known: Sequence[tuple[str, str]]) -> str:
    """An agency has the function and the English name that the vocabulary gives to names of its kind.

    >>> agency_in_vocabulary("wuhan/water", "finance", "Wuhan Water Affairs Bureau", [("water", "Water Affairs Bureau")])
    'expected the function water'
    """
    if not known:
        return ""
    functions = sorted({function for function, _ in known})
    if function_id not in functions:
        return f"expected the function {' or '.join(functions)}"
    fits = any(function == function_id and (name_en or "").endswith(name) for function, name in known)
    return "" if fits else f"expected an English name that ends with {' or '.join(sorted({n for _, n in known}))}"


def agency_level(level: str | None, wanted: Sequence[str]) -> str:
    """An agency is of its place's level, of the one below where it stands for governments below, or central.

    >>> agency_level("county", ("municipal",))
    'expected municipal'
    """
    return "" if level in wanted else f"expected {' or '.join(wanted)}"


def group_by_name(is_group: bool | None, short_name: str | None) -> str:
    """A name stands for many agencies where it begins with 各 or names departments without naming one.

    >>> group_by_name(False, "各区人民政府"), group_by_name(True, "市水务局")
    ('the name stands for a group', 'the name stands for one agency')
    """
    name = short_name or ""
    group = bool(re.search(r"^(?:各|有关|相关|其他|设区市|县（)|^[省市区州]?[级直].*(?:部门|单位)|(?:部门|单位)$|有关|相关", name))
    if is_group == group:
        return ""
    return "the name stands for a group" if group else "the name stands for one agency"


def basis_of_name(name_basis: str | None, name: str | None, printed: Sequence[str]) -> str:
    """A name is `stated` where a copy of a plan of its place prints it in full, else `curated`.

    >>> basis_of_name("curated", "武汉市水务局", ("武汉市水务局",)), basis_of_name("stated", "武汉市水务局", ())
    ('the plan prints the name in full', 'no plan prints the name in full')
    """
    stated = name in printed
    if (name_basis == "stated") == stated:
        return ""
    return "the plan prints the name in full" if stated else "no plan prints the name in full"


def agency_named(as_written: str | None, agency_id: str | None, names: Sequence[str], slugs: Sequence[str]) -> str:
    """The printed name belongs to the agency: by the vocabulary, or as a shortening of the agency's own name.

    >>> agency_named("市发改委", "wuhan/finance", ("武汉市财政局", "市财政局"), ("development-reform",))
    'the printed name is that of development-reform'
    """
    if as_written is None or agency_id is None:
        return "nobody is named"
    slug = agency_id.partition("/")[2]
    if slug in slugs:
        return ""
    if slugs:
        return f"the printed name is that of {' or '.join(slugs)}"
    if any(name and (name == as_written or name.endswith(as_written) or _is_abbreviated(as_written, name)) for name in names):
        return ""
    return f"the printed name does not shorten {_shown(names[0] if names else None)}"


def agency_of_plan(
    agency_id: str | None,
    as_written: str | None,
    place: str | None,
    level: str | None,
    labels: Sequence[str],
    places: Sequence[str],
) -> str:
    """An agency belongs to the plan's place, to its province or a place in it, or to the central government.

    An office of the central government in another place answers only where its place is printed.

    >>> agency_of_plan("shenyang/water", "市水务局", "shenyang", "municipal", ("沈阳市", "沈阳"), ("wuhan", "hubei"))
    'it belongs to shenyang, the plan to wuhan'
    >>> agency_of_plan("nanchang/railway-group", "南昌局集团公司", "nanchang", "central", ("南昌市", "南昌"), ("fujian",))
    ''
    """
    if place in places or place == "china":
        return ""
    if level == "central" and any(label in (as_written or "") for label in labels):
        return ""
    return f"it belongs to {_shown(place)}, the plan to {places[0] if places else 'no place'}"


# --- clauses ----------------------------------------------------------------------------------------------------


def number_read(number: int | None, text: str | None) -> str:
    """The number of a clause is the numeral printed before it; an unnumbered paragraph begins with none.

    >>> number_read(14, "（十四）推进固体废物污染防治协同控制。"), number_read(None, "到2025年，…")
    ('', '')
    """
    printed = reading.heading(text or "")[0]
    return "" if number == printed else f"the text begins with {_shown(printed)}"


def title_read(title: str | None, text: str | None) -> str:
    """The title of a clause stands between its number and the first full stop or line break.

    >>> title_read("指导思想", "（一）指导思想\\n以结构调整为关键")
    ''
    """
    printed = reading.heading(text or "")[1] or None
    return "" if title == printed else f"the text prints {_shown(printed)}"


def chapter_heading(chapter_title: str | None, chapter_number: int | None, headings: Mapping[int, str]) -> str:
    """The title of a chapter is printed in the plan behind its number; chapter 0 is what stands before the first.

    >>> chapter_heading("总体要求", 1, {1: "总体要求"}), chapter_heading("目标", 1, {1: "总体要求"})
    ('', 'the plan prints 一、总体要求')
    """
    if chapter_number == 0:
        return "" if chapter_title is None else "chapter 0 has no title"
    printed = headings.get(chapter_number or 0)
    if printed is not None and printed == chapter_title:
        return ""
    return f"the plan prints {_chinese(chapter_number or 0)}、{_shown(printed)}"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else ("" if tens == 1 else digits[tens]) + "十") + (digits[ones] if ones else "")


def numbered_in_turn(number: int | None, previous: int | None, opens_chapter: bool, has_issue: bool) -> str:
    """Clauses are numbered one after the other, through the plan or anew in each chapter; else an issue says so.

    >>> numbered_in_turn(9, 7, False, False), numbered_in_turn(1, 7, True, False)
    ('the clause before it is number 7', '')
    """
    if number is None or has_issue or number == (previous or 0) + 1 or (opens_chapter and number == 1):
        return ""
    return f"the clause before it is number {_shown(previous)}"


def chapters_in_turn(chapter: int | None, previous: int | None, has_issue: bool) -> str:
    """Chapters follow one after the other; else an issue says so.

    >>> chapters_in_turn(4, 2, False), chapters_in_turn(3, 2, False)
    ('the chapter before it is number 2', '')
    """
    if chapter is None or has_issue:
        return ""
    if previous is None:
        return "" if chapter in (0, 1) else "the plan begins with it"
    return "" if previous <= chapter <= previous + 1 else f"the chapter before it is number {previous}"


def nothing_between(_clause_id: str, between: str | None) -> str:
    """Between a clause and the next stand only headings of chapters: no text of the plan is lost.

    >>> nothing_between("wuhan-synergy/2.1", "\\n\\n二、加强源头防控\\n\\n"), nothing_between("wuhan-synergy/2.1", "\\n（二）强化管控。")
    ('', 'after it the plan goes on with “（二）强化管控。”')
    """
    rest = re.sub(r"(?m)^[ ]*[一二三四五六七八九十]{1,3}[、．.][^\n]*$", "", between or "").strip()
    if not rest:
        return ""
    return f"after it the plan goes on with “{rest if len(rest) < 40 else rest[:40] + '…'}”"


def role_of_clause(role: str | None, wanted: Sequence[str]) -> str:
    """The role of a clause is that which its heading, or that of its chapter, gives it.

    >>> role_of_clause("task", ("assurance",))
    'its heading makes it assurance'
    """
    return "" if role in wanted else f"its heading makes it {' or '.join(wanted)}"


def bracket_printed(responsibility_text: str | None, text: str | None) -> str:
    """The responsibility bracket is printed in the clause, at its end; a clause that ends with one has it in the table.

    >>> bracket_printed(None, "推动企业试点。（市生态环境局负责）")
    'the clause ends with a responsibility bracket'
    """
    whole = text or ""
    if responsibility_text is None:
        found = re.search(r"（[^（）]*(?:（[^（）]*）[^（）]*)*(?:负责|落实|牵头|配合|分工|不再列出)）。?$", whole)
        return "the clause ends with a responsibility bracket" if found else ""
    lines = responsibility_text.split("\n")
    missing = [line for line in lines if line not in whole]
    if missing:
        return f"the clause does not print {missing[0]}"
    last = whole.rstrip("。）】 \n")
    return "" if last.endswith(lines[-1].rstrip("。）】 \n")) else "the clause does not end with it"


def open_end_read(open_ended: bool | None, responsibility_text: str | None) -> str:
    """A list of agencies is open-ended where it ends with 等.

    >>> open_end_read(False, "市科技局等按职责分工落实")
    'the list ends with 等'
    """
    printed = bool(reading.OPEN_LIST.search(responsibility_text or ""))
    if open_ended == printed:
        return ""
    return "the list ends with 等" if printed else "the list does not end with 等"


def everybody_named(responsibility_text: str | None, names: Sequence[str]) -> str:
    """Each name that a responsibility bracket prints has its row in the table responsibilities.

    >>> everybody_named("市发改委、市科技局按职责分工负责", ["市发改委"])
    'no row of responsibilities for 市科技局'
    """
    left = reading.unnamed(responsibility_text, names) if responsibility_text else ""
    return f"no row of responsibilities for {left}" if left else ""


def somebody_responsible(number: int | None, role: str | None, responsibilities: int, has_issue: bool) -> str:
    """A numbered clause that acts has somebody responsible, or an issue says that it names nobody.

    >>> somebody_responsible(24, "assurance", 0, False)
    'nobody is responsible, and there is no issue row of the kind no-responsibility'
    """
    if number is None or role not in ("task", "assurance"):
        return ""
    if responsibilities and has_issue:
        return "an issue row says that nobody is responsible"
    if responsibilities or has_issue:
        return ""
    return "nobody is responsible, and there is no issue row of the kind no-responsibility"


def all_inherited(_clause_id: str, missing: Sequence[str], extra: Sequence[str]) -> str:
    """What an earlier clause lays on all later ones stands in every numbered clause after it, and nowhere else.

    >>> all_inherited("wuhan-synergy/2.2", ("wuhan/district-governments",), ())
    'wuhan/district-governments is not inherited here'
    """
    return "; ".join(
        [*(f"{each} is not inherited here" for each in missing), *(f"{each} is laid on no clause" for each in extra)]
    )


def numerals_counted(text: str | None, spans: Sequence[Span]) -> str:
    """Every digit and every Chinese numeral of a clause belongs to exactly one row of numbers.

    >>> numerals_counted("到2025年，建设3个园区", [(0, 6)])
    'no row of numbers for “建设3个园区”'
    """
    missed, doubled = reading.uncounted(text or "", spans)
    parts = [f"no row of numbers for “{'”, “'.join(missed)}”"] if missed else []
    parts += [f"two rows of numbers for “{'”, “'.join(doubled)}”"] if doubled else []
    return "; ".join(parts)


def sentences_measured(text: str | None, role: str | None, responsibility_text: str | None, spans: Sequence[Span]) -> str:
    """Every sentence of a clause that acts is a measure, its heading and its bracket left out; other clauses have none.

    >>> sentences_measured("（一）严把准入关。坚决遏制两高项目。严控新增产能。", "task", None, [(9, 17)])
    'no measure for “严控新增产能”'
    """
    whole = text or ""
    if role not in ("task", "assurance"):
        return "a clause of this role has no measures" if spans else ""
    place = 0
    for line in (responsibility_text or "").split("\n"):
        if line and (found := whole.find(line, place)) >= 0:
            place = found + len(line)
            spans = [*spans, (found, place)]
    number, title = reading.heading(whole)
    rest, done = [], len(re.split(r"[。\n]", whole, maxsplit=1)[0]) if number is not None and title else 0
    if any(start < done for start, _ in spans):
        done = 0  # a clause of one sentence, heading and body in one
        whole = re.sub(r"^（[一二三四五六七八九十百]+）", lambda match: "\n" * len(match[0]), whole)
    for start, end in sorted(spans):
        rest.append(whole[done:start])
        done = max(done, end)
    rest.append(whole[done:])
    for piece in rest:
        for line in piece.split("\n"):
            bare = re.sub(r"^\d{1,2}[．.、][^，]{1,40}$", "", line.strip(" 。；！？（）【】"))
            if bare.strip(" 。；！？（）【】"):
                return f"no measure for “{bare}”"
    return ""


def commitments_kept(_clause_id: str, missing: Sequence[str]) -> str:
    """Each part of a sentence that opens with a time by which it is to be done has its target.

    >>> commitments_kept("wuhan-synergy/1.2", ("碳达峰与空气质量改善协同推进取得显著成效",))
    'no target for “碳达峰与空气质量改善协同推进取得显著成效”'
    """
    return f"no target for “{'”, “'.join(missing)}”" if missing else ""


# --- measures ---------------------------------------------------------------------------------------------------


def whole_sentence(text: str | None, before: str | None, after: str | None) -> str:
    """A measure is one whole sentence: it stands between marks that end sentences, and holds none of its own.

    >>> whole_sentence("推广“替、引；扩”措施", "。", "；"), whole_sentence("推广措施", "。", "，")
    ('', 'behind it stands “，”')
    """
    bare = text or ""
    while bare != (bare := re.sub(r"“[^“”]*”|（[^（）]*）|《[^《》]*》|〈[^〈〉]*〉|‘[^‘’]*’", "", bare)):
        pass
    if match := FULL_STOP.search(bare):
        return f"it holds the sentence mark {match[0]}"
    if after and after not in "。；！？\n（【":
        return f"behind it stands “{after}”"
    if before and before not in "。；！？\n）．.、 】":
        return f"before it stands “{before}”"
    return ""


def item_read(item: int | None, printed: int | None) -> str:
    """The item of a row is the number that the clause prints last before it at the start of a line.

    >>> item_read(1, 2)
    'the text prints item 2 before it'
    """
    return "" if item == printed else f"the text prints item {_shown(printed)} before it"


def verb_read(verb: str | None, text: str | None, wanted: str | None) -> str:
    """The verb is the first of the vocabulary that the sentence opens with, or else holds.

    >>> verb_read("推动", "严格落实管控政策", "严格")
    'the sentence acts with 严格'
    """
    return "" if verb == wanted else f"the sentence acts with {_shown(wanted)}"


def bindingness_of_verb(bindingness: str | None, verb: str | None, wanted: str | None) -> str:
    """How binding a measure is follows from its verb by the vocabulary; without a verb it requires.

    >>> bindingness_of_verb("encourage", "严格", "require")
    '严格 means require'
    """
    return "" if bindingness == (wanted or "require") else f"{verb or 'no verb'} means {wanted or 'require'}"


# --- targets ----------------------------------------------------------------------------------------------------


def target_whole(
    kind: str | None,
    indicator: str | None,
    value: float | None,
    value_as_written: str | None,
    comparator: str | None,
    change: str | None,
) -> str:
    """A quantified target has indicator, value, printed value, comparator and change.

    >>> target_whole("quantified", "森林覆盖率", 57.0, "57%", None, "level")
    'a quantified target has a comparator'
    """
    if kind != "quantified":
        return ""
    cells = {"n indicator": indicator, " value": value, " value as written": value_as_written, " comparator": comparator, " change": change}
    missing = [name for name, cell in cells.items() if cell is None]
    return f"a quantified target has a{missing[0]}" if missing else ""


def milestone_bare(kind: str | None, *cells: object) -> str:
    """A milestone states no number: indicator, value, unit, comparator, change and baseline are empty.

    >>> milestone_bare("milestone", None, 30.0, None)
    'a milestone has none of these: 30.0'
    """
    full = [cell for cell in cells if cell is not None]
    return f"a milestone has none of these: {_shown(full[0])}" if kind == "milestone" and full else ""


def milestone_timed(kind: str | None, deadline_id: str | None, deadline: date | None) -> str:
    """A milestone has the time that governs it.

    >>> milestone_timed("milestone", None, None)
    'a milestone has a deadline'
    """
    return "a milestone has a deadline" if kind == "milestone" and (deadline_id is None or deadline is None) else ""


def percentage(value: float | None, unit: str | None, change: str | None) -> str:
    """A share, and a fall in percent, lie between 0 and 100; a rise may be more than 100%.

    >>> percentage(157.0, "percent", "level"), percentage(120.0, "percent", "increase")
    ('expected 0 to 100', '')
    """
    if value is None or unit not in SHARES or change == "increase":
        return ""
    return "" if 0 <= value <= 100 else "expected 0 to 100"


def value_read(value: float | None, value_as_written: str | None) -> str:
    """The value is the printed number with 万 and 亿 applied.

    >>> value_read(4000000000.0, "40亿立方米"), value_read(430.0, "430万千瓦")
    ('', 'the words say 4300000')
    """
    if value is None and value_as_written is None:
        return ""
    read = reading.quantities(value_as_written or "")
    best = max((number for number, _ in read), default=None)
    # The largest: 万 belongs to the number wherever it can, but 千瓦 is a unit.
    if value is not None and any(_close(value, number) for number, unit in read if not unit.startswith(("万", "亿", "百万"))):
        return ""
    return f"the words say {best:.15g}" if best is not None else "the words say no number"


def unit_read(unit: str | None, value_as_written: str | None, quote: str | None, labels: Sequence[str], any_unit: bool) -> str:
    """The unit is what the vocabulary calls the words behind the number; it is empty only where they name no unit.

    >>> unit_read("mu", "10万亩", "完成植树造林10万亩", ("亩",), True), unit_read("piece", "10万亩", "完成植树造林10万亩", ("个",), True)
    ('', 'the words do not say 个')
    """
    if value_as_written is None:
        return "" if unit is None else "there is no number that it could belong to"
    rests = [rest for _, rest in reading.quantities(value_as_written)]
    if unit is None:
        return "the words behind the number are a unit" if any_unit else ""
    if any(rest in labels for rest in rests):
        return ""
    if "" in rests:  # a range prints its unit once, behind its upper bound
        for place in reading.places_of(value_as_written, quote or ""):
            tail = re.sub(r"^[-—–~～至]?\d*[\d.]*[万亿]?", "", (quote or "")[place + len(value_as_written) :])
            if any(tail.startswith(label) for label in labels):
                return ""
    return f"the words do not say {' or '.join(labels[:3]) or unit}"


def comparator_read(comparator: str | None, quote: str | None, value_as_written: str | None) -> str:
    """The comparator is what the words of the quote say: 以上 is >=, 以内 is <=, 左右 is ~, none of them is =.

    >>> comparator_read("<=", "森林覆盖率提高至57%以上", "57%")
    'the words say >='
    """
    if comparator is None or quote is None or value_as_written is None:
        return ""
    said = reading.comparators(quote, value_as_written)
    return "" if comparator in said else f"the words say {' or '.join(sorted(said)) or 'nothing of this number'}"


def change_read(change: str | None, quote: str | None, value_as_written: str | None) -> str:
    """The change is what the words before the number say: 下降 N is a decrease, 下降至 N a level.

    >>> change_read("decrease", "全市煤炭占能源消费总量的比重下降至30%以内", "30%")
    'the words say level'
    """
    if change is None or quote is None or value_as_written is None:
        return ""
    said = reading.changes(quote, value_as_written)
    return "" if change in said else f"the words say {' or '.join(sorted(said)) or 'nothing of this number'}"


def baseline_read(baseline_year: int | None, quote: str | None, kind: str | None) -> str:
    """The baseline year is the one that the quote compares with (较2020年), and none where it compares with none.

    >>> baseline_read(2021, "用水量较2020年下降12%", "quantified")
    'the words say 2020'
    """
    said = reading.baseline(quote or "") if kind == "quantified" else None
    return "" if baseline_year == said else f"the words say {_shown(said)}"


def baseline_before(baseline_year: int | None, deadline: date | None) -> str:
    """The year that a target compares with lies before its deadline.

    >>> baseline_before(2026, date(2025, 12, 31))
    'the deadline is 2025-12-31'
    """
    if baseline_year is None or deadline is None:
        return ""
    return "" if baseline_year < deadline.year else f"the deadline is {deadline}"


def indicator_printed(indicator: str | None, quote: str | None, before: str | None) -> str:
    """The characters of the indicator stand in the quote, in their order; or before it in its sentence where the quote names none.

    >>> indicator_printed("三大粮食作物农药利用率", "三大粮食作物化肥、农药利用率均达到43%", ""), indicator_printed("森林覆盖率", "森林蓄积量不低于2.8亿立方米", "森林覆盖率达到57%，")
    ('', 'the quote does not print it')
    """
    if indicator is None:
        return ""
    if _is_abbreviated(indicator, quote or ""):
        return ""
    names = RELATION_WORDS.sub("", (quote or "").split("%")[0])
    if len(re.sub(rf"[^{HAN}]", "", names)) < 3 and _is_abbreviated(indicator, (before or "") + (quote or "")):
        return ""
    return "the quote does not print it"


def indicator_lean(indicator: str | None, quote: str | None, value_as_written: str | None) -> str:
    """The indicator is all that is measured and no more: no number, no scope at its head, no relation at its end.

    >>> indicator_lean("全市化肥使用总量下降", "全市化肥使用总量下降1%", "1%")
    'it begins with a scope'
    """
    if indicator is None:
        return ""
    if re.match(r"(?:全|我|本)(?:市|省|区|县|州)", indicator):
        return "it begins with a scope"
    if re.search(r"(?:达到|下降|降低|减少|提高到|提升至|不低于|超过|分别|均达?)$", indicator):
        return "it ends with a relation"
    return "it holds the value" if value_as_written and value_as_written in indicator else ""


def scope_read(scope: str | None, quote: str | None, kind: str | None) -> str:
    """The scope is the 全市 or 全省 that opens the quote, and empty where none does.

    >>> scope_read(None, "全市化肥使用总量下降1%", "quantified")
    'the quote opens with 全市'
    """
    match = re.match(r"(?:全|我|本)(?:自治区|市|省|区(?!域)|县|国|州|域|盟)", quote or "") if kind == "quantified" else None
    printed = match[0] if match else None
    if scope == printed or (scope is not None and printed is None and scope in (quote or "")):
        return ""
    return f"the quote opens with {_shown(printed)}"


def hedge_read(hedge: str | None, quote: str | None, kind: str | None) -> str:
    """A hedge stands in the quote; a quote with 基本, 左右 or 约 at its number has one.

    >>> hedge_read(None, "建筑垃圾资源化利用率基本达到70%以上", "quantified")
    'the words hedge with 基本'
    """
    missing = [word for word in (hedge or "").split("、") if word and word not in (quote or "")]
    if missing:
        return f"the quote does not print {missing[0]}"
    if kind == "quantified" and hedge is None:
        match = re.search(r"(基本|大约|约)(?:达|实|完|不|\d)|(?<=\d).{0,5}?(左右|上下)", quote or "")
        return f"the words hedge with {match[1] or match[2]}" if match else ""
    return ""


def strength_read(strength: str | None, kind: str | None, quote: str | None, before: str | None) -> str:
    """A target is striven for where 力争, 争取 or 努力 stands before its number, or with the time of a milestone.

    >>> strength_read("firm", "quantified", "完成植树造林10万亩", "到2025年，力争")
    'the words strive'
    >>> strength_read("strive", "quantified", "森林覆盖率达到57%", "到2025年，")
    'no word strives'
    """
    words = (before or "") + (quote or "")
    if strength == "strive":
        return "" if reading.STRIVING.search(words) else "no word strives"
    near = re.split(r"[，；。]", before or "")[-1] + (quote or "")
    strives = reading.STRIVING if kind == "quantified" else STRIVEN_TIME
    return "the words strive" if strives.search(near) else ""


def governed(deadline_id: str | None, governing: Sequence[str]) -> str:
    """A target's time is the nearest one before its number in its sentence, or for a milestone the one in its quote.

    >>> governed("wuhan-synergy/3.5/d1", ("wuhan-synergy/3.5/d2",)), governed(None, ())
    ('its sentence gives it wuhan-synergy/3.5/d2', '')
    """
    if deadline_id in governing or (deadline_id is None and not governing):
        return ""
    return f"its sentence gives it {' or '.join(governing) or 'no time'}"


def number_counted(target_id: str | None, kind: str | None, numbers: int) -> str:
    """The number of a quantified target has its row in numbers, inside the target's range, with the same value.

    >>> number_counted("wuhan-synergy/2.4/t1", "quantified", 0)
    'no row of numbers in its range states its value as a target'
    """
    if kind != "quantified" or numbers:
        return ""
    return "no row of numbers in its range states its value as a target"


# --- deadlines --------------------------------------------------------------------------------------------------


def time_read(as_written: str | None, start: date | None, end: date | None, kind: str | None, precision: str | None) -> str:
    """Start, end, kind and precision are what the words say: 到2025年 ends on 2025-12-31.

    >>> time_read("到2025年", None, date(2026, 12, 31), "by", "year")
    'the words end on 2025-12-31'
    """
    said = reading.time(as_written or "")
    if said is None:
        return "the words say no time"
    if said.end != end:
        return f"the words end on {said.end}"
    if said.start != start:
        return f"the words start on {_shown(said.start)}"
    if said.kind != kind:
        return f"the words mean {said.kind}"
    return "" if said.precision == precision else f"the words are exact to the {said.precision}"


def governs_something(_deadline_id: str, targets: int) -> str:
    """A time by which something is to be done governs a target.

    >>> governs_something("wuhan-synergy/1.2/d1", 0)
    'no target has it'
    """
    return "" if targets else "no target has it"


def deadline_counted(_deadline_id: str, numbers: int) -> str:
    """A deadline has exactly one row in numbers, over the same range.

    >>> deadline_counted("wuhan-synergy/1.2/d1", 0)
    'expected one row of numbers with its range, found 0'
    """
    return "" if numbers == 1 else f"expected one row of numbers with its range, found {numbers}"


# --- responsibilities -------------------------------------------------------------------------------------------


def role_read(role: str | None, as_written: str | None, bracket: str | None, agencies: int) -> str:
    """The role is what the bracket says: 牵头 leads, 配合 supports, one agency 负责 is sole, else it is shared.

    >>> role_read("lead", "市水务局", "市生态环境局、市水务局按职责分工负责", 2)
    'the bracket says shared'
    """
    said = set[str]()
    for line in (bracket or "").split("\n"):
        said |= reading.role(line, as_written or "", agencies)
    return "" if role in said else f"the bracket says {' or '.join(sorted(said)) or 'nothing of this name'}"


def basis_whole(basis: str | None, inherited_from: str | None, clause_order: int | None, source_order: int | None) -> str:
    """An inherited responsibility names the earlier clause that it comes from; a stated one names none.

    >>> basis_whole("inherited", None, 4, None), basis_whole("inherited", "wuhan-synergy/2.1", 4, 3)
    ('an inherited responsibility names its clause', '')
    """
    if basis == "stated":
        return "" if inherited_from is None else "a stated responsibility comes from no other clause"
    if inherited_from is None:
        return "an inherited responsibility names its clause"
    if clause_order is None or source_order is None or source_order >= clause_order:
        return "expected an earlier clause of the plan"
    return ""


# --- numbers ----------------------------------------------------------------------------------------------------


def number_value(value: float | None, as_written: str | None, disposition: str | None) -> str:
    """The value is the number printed: a year for times, nothing for words and the numbers of documents.

    >>> number_value(30.0, "3万台", "target"), number_value(2025.0, "到2025年", "deadline"), number_value(1.0, "一", "word")
    ('the words say 30000', '', 'a numeral inside a word has no value')
    """
    words = as_written or ""
    if disposition == "word":
        return "" if value is None else "a numeral inside a word has no value"
    if disposition == "document":
        return "" if value is None else "the number of a document has no value"
    if disposition == "name" and value is None and not reading.NUMERALS.fullmatch(words):
        return ""
    said = reading.year_of(words)
    if disposition in ("deadline", "baseline", "period", "date") or (said is not None and disposition in ("background", "name")):
        return "" if value == said else f"the words say {said}"
    read = [number for number, unit in reading.quantities(words) if not unit.startswith(("万", "亿", "百万"))]
    if (plain := reading.numeral(words)) is not None:
        read.append(float(plain))
    if value is not None and any(_close(value, number) for number in read):
        return ""
    return f"the words say {max(read):.15g}" if read else "the words say no number"


def number_linked(disposition: str | None, target_id: str | None, deadline_id: str | None) -> str:
    """A number has a target where it is one, a deadline where it is one, and neither where it is something else.

    >>> number_linked("count", "wuhan-synergy/2.4/t1", None)
    'only a target has a target_id'
    """
    if (target_id is not None) != (disposition == "target"):
        return "only a target has a target_id" if target_id is not None else "a target has a target_id"
    if (deadline_id is not None) != (disposition == "deadline"):
        return "only a deadline has a deadline_id" if deadline_id is not None else "a deadline has a deadline_id"
    return ""


def number_of_target(target_id: str | None, value: float | None, target_value: float | None, holds: bool) -> str:
    """The target that a number names states the same value, in a quote that holds the number.

    >>> number_of_target("wuhan-synergy/2.4/t1", 40.0, 30.0, True)
    'the target states 30.0'
    """
    if target_id is None:
        return ""
    if not holds:
        return "the quote of the target does not hold this number"
    return "" if value == target_value else f"the target states {_shown(target_value)}"


def disposition_read(disposition: str | None, as_written: str | None, before: str | None, after: str | None) -> str:
    """What a number is said to be agrees with the words round it.

    >>> disposition_read("baseline", "2020年", "用水量较", "下降12%"), disposition_read("baseline", "2025年", "到", "，")
    ('', 'nothing compares with it')
    """
    words, left, right = as_written or "", (before or "")[-8:], (after or "")[:8]
    if disposition == "undecided":
        return "nobody has decided what it is"
    check = DISPOSITIONS.get(disposition or "")
    return check(words, left, right) if check else ""


def _baseline(words: str, left: str, right: str) -> str:
    compares = re.search(r"(?:比|较|与|和|以|同|在|于|相对|基于|对照)$", left) or re.search(r"相比|基础|基准|水平", right)
    return "" if compares and re.search(r"20\d\d|五", words) else "nothing compares with it"


def _document(words: str, _left: str, right: str) -> str:
    return "" if re.search(r"[〔\[（(]20\d\d[〕\])）]|第?\d+号", words + right) else "it is no number of a document"


def _word(words: str, _left: str, _right: str) -> str:
    return "" if re.fullmatch(r"[〇零一二三四五六七八九十百千万亿两]+", words) else "digits are no part of a word"


def _ordinal(_words: str, left: str, right: str) -> str:
    numbered = left.endswith("第") or (left.endswith("（") and right.startswith("）"))
    opens = (not left or left.endswith("\n")) and right[:1] in ("．", ".", "、")
    return "" if numbered or opens or right.startswith("是") else "it puts nothing in order"


def _frequency(_words: str, left: str, right: str) -> str:
    return "" if "每" in left or right.startswith(("次", "/")) else "nothing is done again and again"


def _duration(words: str, _left: str, right: str) -> str:
    return "" if re.search(r"年|月|天|日|时|周|钟|秒", words + right[:3]) else "it measures no time"


def _threshold(words: str, left: str, right: str) -> str:
    bounds = re.match(r"(?:及|（含）)?以[上下内]|[的级]|[/及]|左右|（含|以外", right) or re.search(
        r"(?:大于|小于|高于|低于|超过|不足|[≥≤<>])$", left
    )
    return "" if bounds or not words[-1:].isdigit() else "it bounds nothing"


def _period(words: str, _left: str, _right: str) -> str:
    return "" if reading.year_of(words) else "it is no period"


DISPOSITIONS: Mapping[str, Callable[[str, str, str], str]] = {
    "baseline": _baseline,
    "document": _document,
    "word": _word,
    "ordinal": _ordinal,
    "frequency": _frequency,
    "duration": _duration,
    "threshold": _threshold,
    "period": _period,
    "deadline": _period,
}


# --- repairs ----------------------------------------------------------------------------------------------------


def repair_fits(rule: str | None, before: str | None, after: str | None) -> str:
    """A repair does what its rule says, and changes something.

    >>> repair_fits("pinyin", "(yáng)", None), repair_fits("script", "陽", "陰"), repair_fits("width", "，", "，")
    ('', 'the simplified form is 阳', 'it changes nothing')
    """
    old, new = before or "", after or ""
    if old == new:
        return "it changes nothing"
    check = REPAIRS.get(rule or "")
    return check(old, new) if check else ""


def _control(old: str, new: str) -> str:
    odd = all(unicodedata.category(each)[0] in "CZ" or each == "\u3164" for each in old)
    return "" if odd and not new.strip() else "there is more than control characters in it"


def _pinyin(old: str, new: str) -> str:
    return "" if READINGS.fullmatch(old) and not new else "it is no reading in brackets"


def _script(old: str, new: str) -> str:
    plain = _plain(old)
    folded = unicodedata.normalize("NFKC", plain)
    return "" if new in (plain, folded) else f"the simplified form is {plain}"


def _width(old: str, new: str) -> str:
    plain = [_skeleton(text) for text in (old, new)]
    return "" if plain[0] == plain[1] else "it changes more than the width of marks and digits"


def _skeleton(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”„‘’", "\"\"\"''"))
    return narrow.replace(" ", "")


def _blank(old: str, new: str) -> str:
    return "" if not old.strip() and not new.strip() else "there is more than blanks in it"


def _linebreak(old: str, new: str) -> str:
    return "" if "\n" in old and not old.strip() and not new else "it is no line break"


def _markup(old: str, new: str) -> str:
    return "" if not new and not re.search(rf"[{HAN}A-Za-z0-9]", old) else "it removes words"


def _chrome(_old: str, new: str) -> str:
    return "" if not new else "a line of a web page is dropped whole"


def _erratum(old: str, new: str) -> str:
    return "" if len(new) <= 2 * len(old) + 4 else "it adds more than it mends"


REPAIRS: Mapping[str, Callable[[str, str], str]] = {
    "control": _control,
    "pinyin": _pinyin,
    "script": _script,
    "width": _width,
    "blank": _blank,
    "linebreak": _linebreak,
    "markup": _markup,
    "chrome": _chrome,
    "erratum": _erratum,
}


# --- issues -----------------------------------------------------------------------------------------------------


def issue_true(kind: str | None, still_true: bool | None) -> str:
    """What an issue row says is so in the other tables.

    >>> issue_true("no-responsibility", False), issue_true("numbering", None)
    ('the other tables say otherwise', '')
    """
    return "the other tables say otherwise" if still_true is False else ""


def issue_placed(start: int | None, end: int | None, characters: int | None) -> str:
    """The range of an issue is whole, and lies inside the seed that it names.

    >>> issue_placed(5, None, 10), issue_placed(None, None, None), issue_placed(5, 11, 10)
    ('start and end come together', '', 'the seed has 10 characters')
    """
    if (start is None) != (end is None):
        return "start and end come together"
    if start is None or end is None:
        return ""
    if start > end:
        return "the range ends before it starts"
    return "" if characters is not None and end <= characters else f"the seed has {_shown(characters)} characters"


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


def _shown(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:80]}…"


RULES: Mapping[str, Rule] = {
    name: rule
    for name, rule in list(globals().items())
    if callable(rule)
    and not name.startswith("_")
    and getattr(rule, "__module__", None) == __name__
}
