"""What a plan, a copy of it or its signature block says of itself in, what the texts say against it out."""

import re
from collections.abc import Sequence
from datetime import date

from pipelines.guard import reading
from pipelines.guard.reading import HAN

DOCUMENT_NUMBER = re.compile(rf"[{HAN}]+〔(20\d\d)〕\d+号")


def title_of_place(
    _title: str | None, title_en: str | None, label_en: str | None, others: Sequence[str]
) -> str:
    """The English title names the plan's place (a national plan has none to name), and the title no other one.

    >>> title_of_place("武汉市实施方案", "Implementation Plan of Wuhan", "Wuhan", ())
    ''
    >>> title_of_place("沈阳市实施方案", "Implementation Plan of Wuhan", "Wuhan", ("沈阳市",))
    'it names 沈阳市'
    """
    if others:
        return f"it names {'、'.join(others)}"
    return (
        ""
        if label_en is None or label_en in (title_en or "")
        else f"the English title does not name {label_en}"
    )


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
    printed = re.compile(rf"(?<![{HAN}（(])" + "[ \u3000]?".join(map(re.escape, number)))
    if not any(printed.search(text) for text in texts):
        return "no copy of the plan prints it by itself: what stands in brackets is cited"
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


def begins_with_title(_plan_start: int | None, own_text: str | None, title: str | None) -> str:
    """The plan's own text, as plan_start and plan_end cut it out of a copy, begins with the plan's title.

    >>> begins_with_title(292, "重庆市实施方案\\n\\n为深入贯彻", "重庆市实施方案")
    ''
    """
    if own_text is None or title is None:
        return "plan_start and plan_end cut no text out of the copy"
    squeezed = re.sub(r"\s", "", own_text[: 2 * len(title) + 40])
    return (
        ""
        if squeezed.startswith(re.sub(r"\s", "", title)) and own_text[0] == title[0]
        else f"there stands “{own_text[:30]}”"
    )


def ends_whole(_plan_end: int | None, own_text: str | None) -> str:
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


def same_end(_plan_end: int | None, own_text: str | None, base_text: str | None) -> str:
    """A copy of a plan ends with the words that the base document ends with.

    >>> same_end(9, "纳入考核体系。", "逐步纳入考核体系。"), same_end(9, "逐步纳入考核体系。", "纳入督察。")
    ('', 'it ends with “步纳入考核体系”, the base document with “纳入督察”')
    """
    own, base = (re.sub(rf"[^{HAN}]", "", text or "")[-7:] for text in (own_text, base_text))
    shorter = min(len(own), len(base))
    if shorter and own[-shorter:] == base[-shorter:]:
        return ""
    return f"it ends with “{own}”, the base document with “{base}”"


def script_of(script: str | None, simplified_share: float) -> str:
    """A document is Hant where the repairs turn more than one character in a hundred into simplified ones.

    >>> script_of("Hans", 0.2), script_of("Hant", 0.2)
    ('traditional characters were repaired in it', '')
    """
    wanted = "Hant" if simplified_share > 0.01 else "Hans"
    if script == wanted:
        return ""
    return (
        "traditional characters were repaired in it"
        if wanted == "Hant"
        else "it has no traditional characters"
    )


def stands_alone(_as_written: str | None, before: str | None, after: str | None) -> str:
    """The name of an issuer stands by itself in a signature block, between blanks or ends of lines, or opens a heading.

    >>> stands_alone("武汉市城乡建设局", " ", "\\n"), stands_alone("武汉市生态环境局", "，", "发")
    ('', 'it stands between “，” and “发”')
    >>> stands_alone("汕尾市人民政府", "\\n", "关")
    ''
    """
    if before is None or after is None:
        return "its place is not in the text"
    if after == "关" and before in ("", "\n", " "):
        return ""  # 汕尾市人民政府关于印发…的通知
    alone = all(not mark or mark in " \n\t\u3000、，：" for mark in (before, after))
    return "" if alone and after not in ("，", "：") else f"it stands between “{before}” and “{after}”"
