"""Reads a responsibility bracket: the agencies that it names, and their roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipelines.agency_names import is_known, resolved_name
from pipelines.document.brackets import predicate_place
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.duties import CLOSERS, OPENERS, DutyWords

# Names are parted by 、 and blanks.
NAME_MARK = re.compile(rf"[{OPENERS}{CLOSERS}、/／ \n]")
# `2025年底前完成`, `6月底前`: when, not who
WHEN = re.compile(r"[^、]*(?:20\d\d年|\d{1,2}月|第?[一二三四]季度|[上下]半年)")
LOCAL_GOVERNMENT = "local-government"
GROUPS_OF = {None: 1, "两": 2, "三": 3, "各": 100}
# Where a name ends and the next begins; 市委市政府督查室 is one.
NEXT_NAME = re.compile(r"(?<=[局厅办府会部院社])(?=[省市区县各])|(?<=[^省市区县州]委)(?=[省市区县各])")
JOINT = re.compile(r"(?:以及|和|与|及)")
AND_EACH = re.compile(r"[和与及]各")
# The inner list of a group, which is a part of its name: 各县（市、区）
INNER_LIST = re.compile(r"[（〔][省市州盟县区旗镇乡街道园、和]+[）〕]$")


@dataclass(frozen=True, slots=True)
class Named:
    """An agency as a bracket names it: the printed name (without a nested bracket), its role, its item.

    role_as_written is the word that gave the role, empty for a bare list.
    """

    text: Text
    role: str
    role_as_written: str
    item: int | None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What a bracket says: who is named, whether the list ends in 等, and whom later clauses inherit."""

    named: tuple[Named, ...]
    inherited: tuple[Named, ...]
    is_open_ended: bool


@dataclass(frozen=True, slots=True)
class Order:
    """A legend by which those named first lead: of the bracket, or of so many of its groups between ；."""

    as_written: str
    groups: int


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement of a bracket: its names, its role (None until a word gives it), that word, the label that holds for it.

    `group` counts the ； before it.
    """

    names: tuple[Text, ...]
    role: str | None
    word: str
    group: int
    label: tuple[str, str, int] | None = None
    inherits: bool = False
    is_open: bool = False


@dataclass(slots=True)
class _Reader:
    """Where the reading of a bracket stands: the label that still holds, and whether later clauses are meant."""

    vocabulary: Vocabulary
    group: int = 0
    label: tuple[str, str, int] | None = None
    inherits: bool = False
    said: list[_Said] = field(default_factory=list)
    is_open_ended: bool = False


def responsibility(
    bracket: Text,
    item: int | None,
    vocabulary: Vocabulary,
    order: Order | None = None,
    label: tuple[str, str] | None = None,
) -> Responsibility:
    """Who a bracket (without its outer marks) makes responsible.

    Roles: lead (牵头), support (配合), sole (one agency 负责, and no 等 behind it), else shared. A statement without a
    predicate has that of its label, or of the next statement: 市委宣传部，市发改委等按职责分工负责. `label` is a role and the
    word that gives it, which stand outside: in the heading of a column.
    """
    reader = _Reader(vocabulary, label=(*label, 0) if label else None)
    for group, part in _statements(bracket, vocabulary.duties):
        reader.group = group
        _read(part, reader)
    statements = [part for said in _completed(reader.said) for part in _with_notes(said, vocabulary)]
    own = _ordered([said for said in statements if not said.inherits], order)
    inheriting = [said for said in statements if said.inherits]
    plain = [said for said in own if said.role not in ("lead", "support")]
    is_led = any(said.role == "lead" for said in own)
    count = sum(len(said.names) + said.is_open for said in plain) + is_led
    named: list[Named] = []
    seen: set[str] = set()
    for said in own + inheriting:
        for name in said.names:
            if (key := name.string.removeprefix("各")) not in seen:
                seen.add(key)
                named.append(Named(name, _role(said, count, vocabulary), said.word, item))
    inherited = tuple(
        Named(name, _role(said, 2, vocabulary), said.word, item) for said in inheriting for name in said.names
    )
    return Responsibility(tuple(named), inherited, reader.is_open_ended)


def order_of(string: str, words: DutyWords) -> Order | None:
    """The legend of a text that says what the order of names means, if there is one.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> order_of("四川省能源局；两省市列首位的为牵头单位，下同", load_vocabulary().duties)
    Order(as_written='两省市列首位的为牵头单位', groups=2)
    """
    match = words.order.search(string) if "首" in string or "第一" in string else None
    return None if match is None else Order(match[0], GROUPS_OF[match["each"]])


def assignment_in(sentence: Text, vocabulary: Vocabulary) -> Text | None:
    """Those to whom a running sentence gives what it speaks of, with what they do, which ends it; or None.

    园区循环化发展工程由国家发展改革委会同工业和信息化部组织实施: one leads, another supports, both known. 市发展改革委会同有关部门
    强化督促指导 only tells what they do, and 日常工作由省地方金融监管局负责 divides no work.
    """
    begin = sentence.string.rfind("由") + 1
    if not begin or not sentence.string.endswith(vocabulary.duties.predicates):
        return None
    who = sentence[begin:]
    named = responsibility(who, None, vocabulary).named
    if not {"lead", "support"} <= {one.role for one in named}:
        return None
    return who if all(is_known(one.text.string, vocabulary) for one in named) else None


def agencies_in(
    cell: Text, vocabulary: Vocabulary, heading: str = "责任单位", item: int | None = None
) -> Responsibility:
    """Those whom a cell of a table names, in the role that the heading of its column gives them; item: the number of its row."""
    role, label = vocabulary.duties.heading(heading)
    return responsibility(cell, item, vocabulary, label=(role, label) if role else None)


def _role(said: _Said, count: int, vocabulary: Vocabulary) -> str:
    if said.role in ("lead", "support"):
        return said.role
    is_group = vocabulary.is_group(said.names[0].string)
    return "sole" if count == 1 and not said.inherits and not is_group else "shared"


def _statements(bracket: Text, words: DutyWords) -> Iterator[tuple[int, Text]]:
    """The statements of a bracket, each with the number of ； before it.

    One ends at ，；。 outside nested brackets, before a label or 会同, and at a 、 behind a predicate: 市财政局牵头、市科技局配合.
    """
    string = bracket.string
    begin, depth, group = 0, 0, 0
    cuts: list[tuple[int, int, int]] = []
    for match in words.statement_mark.finditer(string):
        place, kind = match.start(), match.lastgroup
        depth += (kind == "open") - (kind == "close")
        if depth > 0 or kind in ("open", "close"):
            depth = max(depth, 0)
            continue
        if kind == "pause" and not string[begin:place].endswith(words.predicates):
            continue
        cuts.append((begin, place, group))
        group += match[0] == "；"
        begin = match.end() if kind in ("mark", "pause") else place
    for first, last, number in [*cuts, (begin, len(string), group)]:
        if (part := bracket[first:last].strip()).string:
            yield number, part


def _read(part: Text, reader: _Reader) -> None:
    """Reads one statement into the reader."""
    words, string = reader.vocabulary.duties, part.string
    role, word = _label_still(reader)
    if match := words.label.match(string):
        role, word = words.labelled(match["label"]), match["label"]
        reader.label = (role, word, reader.group)
        part = part[match.end() :].strip()
    if reader.label is not None and not reader.label[0] and reader.label[2] == reader.group:
        return
    if words.names_nobody(part.string) or WHEN.match(part.string):
        return
    if found := words.later.match(part.string):
        reader.inherits = True
        part = part[found.end() :]
        role, word = None, ""
    if words.not_listed.match(part.string):
        if reader.said and not any(said.inherits for said in reader.said):
            last = reader.said[-1]
            reader.said.append(replace(last, role=last.role or "shared", inherits=True, is_open=False))
        return
    part = part[1:] if part.string.startswith("由") else part
    joined = words.opening.match(part.string)
    if joined:
        # 市财政局牵头，会同市科技局等负责: those who are joined support; who stands before them leads.
        part, role, word = part[joined.end() :], "support", joined[0]
        if reader.said and reader.said[-1].role is None:
            reader.said[-1] = replace(reader.said[-1], role="lead", word=word)
    place = predicate_place(part.string, reader.vocabulary)
    names, is_open = _names(part[:place].strip(), reader.vocabulary)
    reader.is_open_ended |= is_open
    if place < len(part.string) and not joined:
        role, word = words.said(part.string[place:])
    if names:
        reader.said.append(
            _Said(tuple(names), role, word, reader.group, reader.label, reader.inherits, is_open)
        )
    elif role is not None and reader.said and reader.said[-1].role is None:
        reader.said[-1] = replace(reader.said[-1], role=role, word=word)


def _label_still(reader: _Reader) -> tuple[str | None, str]:
    """The role of the label that holds on; 牵头单位 holds up to the next ；, 责任单位 to the next label."""
    if reader.label is None or reader.inherits or not reader.label[0]:
        return None, ""
    role, word, group = reader.label
    return (role, word) if role != "lead" or group == reader.group else (None, "")


def _completed(said: list[_Said]) -> list[_Said]:
    """Statements without a word of their own have that of the next one.

    省财政厅，人民银行广州分行配合: both support, if another is named before them.
    """
    found: list[_Said] = []
    following: _Said | None = None
    for index in range(len(said) - 1, -1, -1):
        one = said[index]
        if one.inherits:
            found.append(one)
            continue
        if one.role is None and following is not None:
            is_shared = following.role == "shared"
            is_begun = following.role == "lead" or any(before.role for before in said[:index])
            if is_shared or (is_begun and following.group == one.group):
                one = replace(one, role=following.role, word=following.word)
        elif following is not None and _is_said_of_both(one, following):
            one = replace(one, word=following.word)
        following = one if one.role else None
        found.append(one)
    return found[::-1]


def _is_said_of_both(one: _Said, following: _Said) -> bool:
    """责任单位：市政府办，市发改委等按职责分工负责: what is said of all behind one label is said of each."""
    is_labelled = one.label is not None and one.word == one.label[1]
    return is_labelled and (one.label, one.role, one.group) == (
        following.label,
        following.role,
        following.group,
    )


def _ordered(said: list[_Said], order: Order | None) -> list[_Said]:
    """Those named first lead where a legend says so, if others are named with them and none is said to lead."""
    if order is None or any(one.role in ("lead", "support") for one in said):
        return said
    if sum(len(one.names) for one in said) < 2:
        return said
    found: list[_Said] = []
    led = set[int]()
    for one in said:
        group = one.group if order.groups > 1 else 0
        if group not in led and len(led) < order.groups:
            led.add(group)
            found.append(replace(one, names=one.names[:1], role="lead", word=order.as_written, is_open=False))
            one = replace(one, names=one.names[1:])
        if one.names:
            found.append(one)
    return found


def _with_notes(said: _Said, vocabulary: Vocabulary) -> list[_Said]:
    """市发改委（牵头）、市经信局: what a nested bracket says of a name is its role; any other note is left out."""
    if not any(name.string.endswith(tuple(CLOSERS)) for name in said.names):
        return [said]
    words = vocabulary.duties
    parts: list[_Said] = []
    passed_on: list[_Said] = []
    for printed in said.names:
        name = _without_note(printed, vocabulary).strip()
        note = printed.string[len(name.string) :]
        role, word = words.said(note)
        if name.string and words.later.search(note) and words.not_listed.search(note):
            # 各区人民政府（含开发区管委会，以下工作任务均需各区人民政府落实，不再列出）
            passed_on.append(replace(said, names=(name,), role=role or None, word=word, inherits=True))
        if role not in ("lead", "support"):
            role, word = said.role or "", said.word
        if not name.string:
            continue
        if parts and (parts[-1].role or "") == role:
            parts[-1] = replace(parts[-1], names=(*parts[-1].names, name))
        else:
            parts.append(replace(said, names=(name,), role=role or None, word=word, is_open=False))
    if parts:
        parts[-1] = replace(parts[-1], is_open=said.is_open)
    return parts + passed_on


def _names(part: Text, vocabulary: Vocabulary) -> tuple[list[Text], bool]:
    is_open_ended = False
    if match := vocabulary.agencies.open_end.search(part.string):
        is_open_ended = True
        part = part[: match.start()]
    pieces: list[Text] = []
    begin, depth = 0, 0
    for match in NAME_MARK.finditer(part.string):
        if match[0] in OPENERS:
            depth += 1
        elif match[0] in CLOSERS:
            depth -= 1
        elif depth <= 0 and not _is_group_so_far(
            part.string[begin : match.start()], part.string[match.end() :], vocabulary
        ):
            pieces.append(part[begin : match.start()])
            begin = match.end()
    pieces.append(part[begin:])
    named = [
        name
        for piece in pieces
        for joined in _joint(piece.strip(), vocabulary)
        for name in _run_together(joined, vocabulary)
        if name.string
    ]
    return named, is_open_ended


def _is_group_so_far(string: str, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether a name has only begun at a 、: 各区、县、市人民政府 is one, 各区、市财政局 are two, and so are 市、区机管局."""
    names = vocabulary.agencies
    begun, after = names.levels.fullmatch(string), names.levels.match(rest)
    if begun is None or (after is not None and after["group"]):
        return False
    if begun["group"] or after is None:
        return not begun["group"] or names.levels_go_on.match(rest) is not None
    entry = vocabulary.name_of.get(NAME_MARK.split(rest[after.end() :], maxsplit=1)[0])
    return entry is None or entry.function_id == LOCAL_GOVERNMENT or vocabulary.is_group(entry.as_printed)


def _joint(piece: Text, vocabulary: Vocabulary) -> list[Text]:
    """Agencies joined by 和, where both sides are whole names: not 发展和改革委员会."""
    names, begin, string = [], 0, piece.string
    if not string.endswith(vocabulary.suffixes) and not AND_EACH.search(string):
        return [piece]
    for match in JOINT.finditer(string):
        left = string[begin : match.start()]
        is_whole = len(string) - match.end() > 2 or string.startswith("各", match.end())
        if len(left) > 2 and is_whole and left.endswith(vocabulary.suffixes):
            names.append(piece[begin : match.start()])
            begin = match.end()
    return [*names, piece[begin:]]


def _run_together(name: Text, vocabulary: Vocabulary) -> list[Text]:
    """Names that stood apart by blanks alone: 市工信局市财政局各县区政府, if each is known and the whole is not."""
    string = name.string
    cuts = [0, *(match.start() for match in NEXT_NAME.finditer(string)), len(string)]
    spans = list(pairwise(cuts))
    if len(spans) < 2 or resolved_name(string, vocabulary).entry is not None:
        return [name]
    is_apart = all(is_known(string[first:last], vocabulary) for first, last in spans)
    return [name[first:last] for first, last in spans] if is_apart else [name]


def _without_note(name: Text, vocabulary: Vocabulary) -> Text:
    """A name without the bracket that ends it: 各区人民政府（含开发区管委会）; 各县（市、区） keeps its own."""
    string = name.string
    if not string.endswith(tuple(CLOSERS)) or (INNER_LIST.search(string) and vocabulary.is_group(string)):
        return name
    depth = 0
    for place in range(len(string) - 1, 0, -1):
        depth += (string[place] in CLOSERS) - (string[place] in OPENERS)
        if depth == 0:
            return name[:place]
    return name
