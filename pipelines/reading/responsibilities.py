"""The responsibility bracket of a clause in, the agencies it names with their roles out."""

import re
from dataclasses import dataclass

from pipelines.document.brackets import RESPONSIBILITY_LABEL
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary

# A statement ends at ，；。 outside nested brackets; names are parted by 、 and blanks.
STATEMENT_MARK = re.compile(r"[（〈(〉）)，；。]")
NAME_MARK = re.compile(r"[（〈(〉）)、/／ \n]")
# Where the list of names ends and what is said of them begins: `按职责分工负责`, `牵头负责`, `配合`, `落实`
PREDICATE = re.compile(
    r"(?:分别)?(?:按照?|依据?|根据)(?:各自)?(?:职责|职能|分工)|牵头|配合|协同(?!办)|协助|分工|负责|落实|参与|参加|共同|具体(?=[负落配])|组织(?:实施|落实|推进|开展)|贯彻(?:落实|执行)|抓好|$"
)
LEAD, SUPPORT = re.compile(r"牵头|主办|主责"), re.compile(r"配合|协同|协助|协办|参与|参加")
# `以下均需各区人民政府落实，不再列出`, `以下任务不再列出`, `以下各项均涉及各区，不再逐一列出`
INHERITANCE = re.compile(
    r"(?:以下|其余|其他)(?:各项|所有|全部)?(?:工作|任务|条款|内容|各条|措施)?(?:均|都|皆)?(?:需要?|须|由|涉及|要)?(?=.)"
)
# `完成时限：2024年12月底`, `2025年底前完成`: when, not who
WHEN = re.compile(r"(?:完成)?(?:时限|时间|期限)[：:]|[^、]*20\d\d年")
JOINED_BY = "会同"
CLOSERS = ("）", "〉", ")")
NOT_LISTED = re.compile(r"不再(?:一一|逐一|分别|重复)?列[出举]")
OPEN_END = re.compile(r"等(?:有关|相关)?(?:(?:部门|单位)(?:[和、](?:部门|单位))?)?$")
JOINT = re.compile(r"(?:以及|和|与|及)")
AND_EACH = re.compile(r"[和与及]各")
GROUP_START = ("各", "有关", "相关")
WHOLE_GROUP = re.compile(r"(?:政府|公署|管委会|部门|单位|机构|企业|公司|[局委办厅部会院])$")


@dataclass(frozen=True, slots=True)
class Named:
    """An agency as a bracket names it: the printed name (without a nested bracket), its role, its item."""

    text: Text
    role: str
    item: int | None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What a bracket says: who is named, whether the list ends in 等, and whom later clauses inherit."""

    named: tuple[Named, ...]
    inherited: tuple[Named, ...]
    is_open_ended: bool


@dataclass(slots=True)
class _Statement:
    """One statement of a bracket while it is read: its names and its role, None until a predicate gives it."""

    names: list[Text]
    role: str | None
    inherits: bool
    is_open: bool = False


def responsibility(bracket: Text, item: int | None, vocabulary: Vocabulary) -> Responsibility:
    """Who a bracket (without its outer marks) makes responsible.

    Roles: lead (牵头), support (配合), sole (one agency 负责, and no 等 behind it), else shared. A statement without a predicate has
    that of the next one: 市委宣传部，市发改委等按职责分工负责.
    """
    statements: list[_Statement] = []
    is_open_ended = False
    for part in _statements(bracket):
        statement, is_open = _statement(part, statements, vocabulary)
        is_open_ended = is_open_ended or is_open
        if statement is not None:
            statement.is_open = is_open
            statements.append(statement)
    role: str | None = None
    for statement in reversed(statements):
        if statement.role is None and not statement.inherits:
            statement.role = role
        elif not statement.inherits:
            role = statement.role if statement.role == "plain" else None
    statements = [part for statement in statements for part in _with_joined(statement)]
    statements = [part for statement in statements for part in _with_notes(statement)]
    own = [statement for statement in statements if not statement.inherits]
    inheriting = [statement for statement in statements if statement.inherits]
    plain = [statement for statement in own if statement.role not in ("lead", "support")]
    is_led = any(statement.role == "lead" for statement in own)
    count = sum(len(statement.names) + statement.is_open for statement in plain) + is_led
    named: list[Named] = []
    seen: set[str] = set()
    for statement in own + inheriting:
        for name in statement.names:
            if (key := name.string.removeprefix("各")) not in seen:
                seen.add(key)
                named.append(Named(name, _role(statement, count), item))
    inherited = tuple(Named(name, _role(s, 2), item) for s in inheriting for name in s.names)
    return Responsibility(tuple(named), inherited, is_open_ended)


def _role(statement: _Statement, count: int) -> str:
    if statement.role in ("lead", "support"):
        return statement.role
    is_group = statement.names[0].string.startswith((*GROUP_START, "市级", "市直", "省级", "省直"))
    return "sole" if count == 1 and not statement.inherits and not is_group else "shared"


def _with_joined(statement: _Statement) -> list[_Statement]:
    """市生态环境局会同市发展改革委、市工业和信息化局负责: the first leads, the others support."""
    for index, name in enumerate(statement.names):
        place = name.string.find(JOINED_BY)
        if place > 0:
            leading = [*statement.names[:index], name[:place]]
            joined = [name[place + len(JOINED_BY) :], *statement.names[index + 1 :]]
            parts = (
                _Statement(leading, "lead", statement.inherits),
                _Statement([each for each in joined if each.string], "support", statement.inherits),
            )
            return [part for part in parts if part.names]
    return [statement]


def _with_notes(statement: _Statement) -> list[_Statement]:
    """市发改委（牵头）、市经信局: what a nested bracket says of a name is its role; any other note is left out."""
    if not any(name.string.endswith(CLOSERS) for name in statement.names):
        return [statement]
    parts: list[_Statement] = []
    for printed in statement.names:
        name = _without_note(printed).strip()
        note = printed.string[len(name.string) :]
        role = "lead" if LEAD.search(note) else "support" if SUPPORT.search(note) else statement.role
        if not name.string:
            continue
        if parts and parts[-1].role == role:
            parts[-1].names.append(name)
        else:
            parts.append(_Statement([name], role, statement.inherits))
    if parts:
        parts[-1].is_open = statement.is_open
    return parts


def _statements(bracket: Text) -> list[Text]:
    parts, begin, depth = [], 0, 0
    for match in STATEMENT_MARK.finditer(bracket.string):
        if match[0] in "（〈(":
            depth += 1
        elif match[0] in "）〉)":
            depth -= 1
        elif depth <= 0:
            parts.append(bracket[begin : match.start()])
            begin = match.end()
    parts.append(bracket[begin:])
    return [part.strip() for part in parts if part.string.strip()]


def _statement(
    part: Text, before: list[_Statement], vocabulary: Vocabulary
) -> tuple[_Statement | None, bool]:
    role: str | None = None
    string = part.string
    if WHEN.match(string):
        return None, False
    if match := RESPONSIBILITY_LABEL.match(string):
        role = "lead" if LEAD.search(match[0]) else "support" if SUPPORT.search(match[0]) else "plain"
        part = part[match.end() :]
    inherits = False
    if string.startswith(("以下", "其余", "其他各")) and (match := INHERITANCE.match(string)):
        inherits = True
        if NOT_LISTED.search(string, match.end() - 1) and NOT_LISTED.match(string, match.end()):
            if not before:
                return None, False
            last = before[-1]
            return _Statement(list(last.names), last.role or "plain", True), False
        part = part[match.end() :]
    elif NOT_LISTED.match(string):
        return None, False
    if part.string.startswith("由"):
        part = part[1:]
    if part.string.startswith(JOINED_BY):
        # 市财政局牵头，会同市科技局等负责: those who are joined support.
        part, role = part[len(JOINED_BY) :], "support"
    place = _predicate_place(part.string)
    predicate = part.string[place:]
    names, is_open_ended = _names(part[:place].strip(), vocabulary)
    if role is None and predicate:
        role = "lead" if LEAD.search(predicate) else "support" if SUPPORT.search(predicate) else "plain"
    if not names and role is not None and before and before[-1].role is None:
        before[-1].role = role
        return None, is_open_ended
    return (_Statement(names, role, inherits) if names else None), is_open_ended


def _predicate_place(string: str) -> int:
    """Where the predicate begins; one inside a nested bracket is none.

    >>> "市发改委、市科技局等按职责分工落实"[_predicate_place("市发改委、市科技局等按职责分工落实"):]
    '按职责分工落实'
    """
    for match in PREDICATE.finditer(string):
        before = string[: match.start()]
        if before.count("（") == before.count("）"):
            return match.start()
    return len(string)


def _names(part: Text, vocabulary: Vocabulary) -> tuple[list[Text], bool]:
    is_open_ended = False
    if match := OPEN_END.search(part.string):
        is_open_ended = True
        part = part[: match.start()]
    pieces: list[Text] = []
    begin, depth = 0, 0
    for match in NAME_MARK.finditer(part.string):
        if match[0] in "（〈(":
            depth += 1
        elif match[0] in "）〉)":
            depth -= 1
        elif depth <= 0 and not _is_group_so_far(
            part.string[begin : match.start()], part.string[match.end() : match.end() + 2]
        ):
            pieces.append(part[begin : match.start()])
            begin = match.end()
    pieces.append(part[begin:])
    named = [name for piece in pieces for name in _joint(piece.strip(), vocabulary) if name.string]
    return named, is_open_ended


def _is_group_so_far(string: str, rest: str) -> bool:
    """Whether a name has only begun at a 、, as 各区 of 各区、县、市人民政府 has."""
    return (
        string.startswith(GROUP_START)
        and len(string) <= 8
        and not WHOLE_GROUP.search(string)
        and not rest.startswith(GROUP_START)
    )


def _joint(piece: Text, vocabulary: Vocabulary) -> list[Text]:
    """Agencies joined by 和, where both sides are whole names: not 发展和改革委员会."""
    names, begin, string = [], 0, piece.string
    if not string.endswith(vocabulary.suffixes) and not AND_EACH.search(string):
        return [piece]
    for match in JOINT.finditer(string):
        left = string[begin : match.start()]
        if len(left) > 2 and len(string) - match.end() > 2 and WHOLE_GROUP.search(left):
            names.append(piece[begin : match.start()])
            begin = match.end()
    return [*names, piece[begin:]]


def _without_note(name: Text) -> Text:
    """A name without the bracket that ends it: 各区人民政府（含开发区管委会）; 各县（市、区）政府 keeps its own."""
    string = name.string
    if not string.endswith(CLOSERS):
        return name
    depth = 0
    for place in range(len(string) - 1, 0, -1):
        depth += (string[place] in "）〉)") - (string[place] in "（〈(")
        if depth == 0:
            return name[:place]
    return name
