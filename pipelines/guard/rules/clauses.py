"""A clause or a measure in, what its text and its neighbours say against it out."""

import re
from collections.abc import Mapping, Sequence

from pipelines.guard import reading
from pipelines.guard.rules.words import Span, outside_asides, shown

# A bracket between two sentences that ends with what those in it do; brackets nest in it.
BETWEEN_SENTENCES = re.compile(
    r"[。；][（〔【［](?P<inner>[^（）〔〕【】［］]*(?:（[^（）]*）[^（）〔〕【】［］]*)*"
    r"(?:负责|落实|牵头|配合|参与|分工|不再列出)。?)[）〕】］](?=[^。；\n])"
)
# What stands round a sentence or a bracket.
ROUND = " 。；！？（）【】〔〕［］—"
CLOSES = "。）】〕］ \n"
FULL_STOP = re.compile(r"[。；！？]")


def number_read(number: int | None, text: str | None) -> str:
    """The number of a clause is the numeral printed before it; an unnumbered paragraph begins with none.

    >>> number_read(14, "（十四）推进固体废物污染防治协同控制。"), number_read(None, "到2025年，…")
    ('', '')
    """
    printed = reading.heading(text or "")[0]
    return "" if number == printed else f"the text begins with {shown(printed)}"


def title_read(title: str | None, text: str | None) -> str:
    """The title of a clause stands between its number and the first full stop or line break.

    >>> title_read("指导思想", "（一）指导思想\\n以结构调整为关键")
    ''
    """
    printed = reading.heading(text or "")[1] or None
    return "" if title == printed else f"the text prints {shown(printed)}"


def chapter_heading(
    chapter_title: str | None, chapter_number: int | None, headings: Mapping[int, str]
) -> str:
    """The title of a chapter is printed in the plan behind its number; chapter 0 is what stands before the first.

    >>> chapter_heading("总体要求", 1, {1: "总体要求"}), chapter_heading("目标", 1, {1: "总体要求"})
    ('', 'the plan prints 一、总体要求')
    """
    if chapter_number == 0:
        return "" if chapter_title is None else "chapter 0 has no title"
    printed = headings.get(chapter_number or 0)
    if printed is not None and printed == chapter_title:
        return ""
    return f"the plan prints {_chinese(chapter_number or 0)}、{shown(printed)}"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else ("" if tens == 1 else digits[tens]) + "十") + (digits[ones] if ones else "")


def paragraph_whole(number: int | None, text: str | None, before: str | None) -> str:
    """A clause without a number is one paragraph: it begins a line, and holds no line break but before a numbered item.

    >>> paragraph_whole(None, "到2025年，格局基本形成。\\n到2030年，能力显著提升。", "\\n")
    'it holds two paragraphs'
    >>> paragraph_whole(None, "能力显著提升。", "。"), paragraph_whole(2, "（二）主要目标\\n到2025年，格局基本形成。", "\\n")
    ('before it stands “。”, and no line break', '')
    """
    if number is not None:
        return ""
    if re.search(r"\n(?!\s*\d{1,2}[．.、])", text or ""):
        return "it holds two paragraphs"
    return f"before it stands “{before}”, and no line break" if before and before != "\n" else ""


def paragraph_apart(number: int | None, goes_on_from: int | None, bracket: str | None) -> str:
    """A paragraph without a number belongs to the numbered clause before it, unless a bracket with its agencies ended that.

    >>> paragraph_apart(None, 2, None), paragraph_apart(None, 2, "市生态环境局负责"), paragraph_apart(3, None, None)
    ('it goes on from clause 2, which no responsibility bracket ended', '', '')
    """
    if number is not None or goes_on_from is None or bracket is not None:
        return ""
    return f"it goes on from clause {goes_on_from}, which no responsibility bracket ended"


def numbered_in_turn(number: int | None, previous: int | None, opens_chapter: bool, has_issue: bool) -> str:
    """Clauses are numbered one after the other, through the plan or anew in each chapter; else an issue says so.

    >>> numbered_in_turn(9, 7, False, False), numbered_in_turn(1, 7, True, False)
    ('the clause before it is number 7', '')
    """
    if number is None or has_issue or number == (previous or 0) + 1 or (opens_chapter and number == 1):
        return ""
    return f"the clause before it is number {shown(previous)}"


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
    """The responsibility bracket is printed in the clause, at its end; a clause that prints one has it in the table.

    >>> bracket_printed(None, "推动企业试点。（市生态环境局负责）")
    'the clause ends with a responsibility bracket'
    >>> bracket_printed("市经信局负责", "编制清单。（市生态环境局负责）推动企业试点。（市经信局负责）")
    'the clause prints a responsibility bracket, “市生态环境局负责”, between its sentences'
    """
    whole = text or ""
    for match in BETWEEN_SENTENCES.finditer(whole):
        if match["inner"] not in (responsibility_text or "").split("\n"):
            return f"the clause prints a responsibility bracket, “{match['inner']}”, between its sentences"
    if responsibility_text is None:
        found = re.search(
            r"（[^（）]*(?:（[^（）]*）[^（）]*)*(?:负责|落实|牵头|配合|分工|不再列出)）。?$", whole
        )
        return "the clause ends with a responsibility bracket" if found else ""
    lines = responsibility_text.split("\n")
    missing = [line for line in lines if line not in whole]
    if missing:
        return f"the clause does not print {missing[0]}"
    last = whole.rstrip(CLOSES)
    in_heading = f"（{lines[-1]}）" in whole.split("\n")[0]
    ends = last.endswith(lines[-1].rstrip(CLOSES))
    return "" if ends or in_heading else "the clause does not end with it"


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
        [
            *(f"{each} is not inherited here" for each in missing),
            *(f"{each} is laid on no clause" for each in extra),
        ]
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


def sentences_measured(
    text: str | None, role: str | None, responsibility_text: str | None, spans: Sequence[Span]
) -> str:
    """Every sentence of a clause that acts is a measure, its heading and its bracket left out; other clauses have none.

    >>> sentences_measured("（一）严把准入关。坚决遏制两高项目。严控新增产能。", "task", None, [(9, 17)])
    'no measure for “严控新增产能”'
    """
    whole = text or ""
    if role not in ("task", "assurance"):
        return "a clause of this role has no measures" if spans else ""
    first = min((start for start, _ in spans), default=len(whole))
    place = 0
    for line in (responsibility_text or "").split("\n"):
        if line and (found := whole.find(line, place)) >= 0:
            place = found + len(line)
            spans = [*spans, (found, place)]
    number, title = reading.heading(whole)
    rest, done = [], len(re.split(r"[。\n]", whole, maxsplit=1)[0]) if number is not None and title else 0
    if first < done:
        done = 0  # a clause of one sentence, heading and body in one
        whole = re.sub(r"^（[一二三四五六七八九十百]+）", lambda match: "\n" * len(match[0]), whole)
    for start, end in sorted(spans):
        rest.append(whole[done:start])
        done = max(done, end)
    rest.append(whole[done:])
    for piece in rest:
        for line in piece.split("\n"):
            if re.fullmatch(r"\s*—+[^，\d]{1,40}。?", line):
                continue  # ——工业节能改造。 heads its item
            bare = re.sub(r"^\d{1,2}[．.、][^，]{0,40}$", "", line.strip(ROUND))
            if bare.strip(ROUND):
                return f"no measure for “{bare}”"
    return ""


def commitments_kept(_clause_id: str, missing: Sequence[str]) -> str:
    """Each part of a sentence that opens with a time by which it is to be done has its target.

    >>> commitments_kept("wuhan-synergy/1.2", ("碳达峰与空气质量改善协同推进取得显著成效",))
    'no target for “碳达峰与空气质量改善协同推进取得显著成效”'
    """
    return f"no target for “{'”, “'.join(missing)}”" if missing else ""


def whole_sentence(text: str | None, before: str | None, after: str | None) -> str:
    """A measure is one whole sentence: it stands between marks that end sentences, and holds none of its own.

    >>> whole_sentence("推广“替、引；扩”措施", "。", "；"), whole_sentence("推广措施", "。", "，")
    ('', 'behind it stands “，”')
    """
    if match := FULL_STOP.search(outside_asides(text or "")):
        return f"it holds the sentence mark {match[0]}"
    if after and after not in "。；！？\n（【〔［":
        return f"behind it stands “{after}”"
    if before and before not in "。；！？\n）．.、 】〕］—":
        return f"before it stands “{before}”"
    return ""


def item_read(item: int | None, printed: int | None) -> str:
    """The item of a row is the number that the clause prints last before it at the start of a line.

    >>> item_read(1, 2)
    'the text prints item 2 before it'
    """
    return "" if item == printed else f"the text prints item {shown(printed)} before it"


def verb_read(verb: str | None, _text: str | None, wanted: str | None, has_issue: bool) -> str:
    """The verb is the one that the sentence acts with; a sentence without one has an issue row that says so.

    >>> verb_read("推动", "严格落实管控政策", "落实", False)
    'the sentence acts with 落实'
    >>> verb_read(None, "资源化利用率、设施配套率超国家和省级标准", None, False)
    'there is no verb, and no issue row of the kind no-verb'
    """
    if verb != wanted:
        return f"the sentence acts with {shown(wanted)}"
    return "" if verb or has_issue else "there is no verb, and no issue row of the kind no-verb"


def bindingness_of_verb(bindingness: str | None, verb: str | None, wanted: str | None) -> str:
    """How binding a measure is follows from its verb by the vocabulary; without a verb it requires.

    >>> bindingness_of_verb("encourage", "严格", "require")
    '严格 means require'
    """
    return "" if bindingness == (wanted or "require") else f"{verb or 'no verb'} means {wanted or 'require'}"
