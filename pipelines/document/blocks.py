"""The passages of a document as a tree of blocks over its seed, so that no character is lost in silence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.document.passage import Passage
from pipelines.text.provenance import Text


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document: what it is, `[start, end)` of the seed, and the position of the block that it stands in.

    Every character that is not white space lies in exactly one block that has no children.
    """

    position: int
    parent: int | None
    plan_id: str
    kind: str
    level: int
    label: str
    title: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    kind: str
    level: int
    label: str
    title: str
    plan_id: str
    start: int
    end: int
    children: list["_Node"]


def block_tree(
    text: Text,
    plans: Sequence[tuple[str, Sequence[Passage]]],
    around: Sequence[Passage],
    hidden: Sequence[tuple[int, int]],
    raw: str,
) -> tuple[Block, ...]:
    """The blocks of a document, each before those that stand in it.

    `plans` are the passages of each plan with its id, `around` those outside the plans, `hidden` the ranges of the seed
    that are no part of the text.
    """
    loose = sorted(
        [_node(text, passage, "") for passage in around]
        + [_Node("running", 0, "", "", "", start, end, []) for start, end in hidden],
        key=lambda node: node.start,
    )
    roots: list[_Node] = []
    done = 0
    for plan_id, passages in plans:
        nodes = [_node(text, passage, plan_id) for passage in passages]
        for node, passage in zip(nodes, passages, strict=True):
            siblings = roots if passage.parent is None else nodes[passage.parent].children
            while done < len(loose) and loose[done].start < node.start:
                siblings.append(loose[done])
                done += 1
            inside = []
            while done < len(loose) and loose[done].start < node.end:
                inside.append(loose[done])
                done += 1
            if inside:
                node.children = list(_pieces(node, inside, raw))
            siblings.append(node)
    roots += loose[done:]
    for plan_node in _walk(roots):
        node = plan_node[0]
        if node.children and not any(child.start == node.start for child in node.children):
            # The line that a heading is printed on is the first thing that stands in it.
            node.children.insert(
                0, _Node("paragraph", node.level + 1, "", "", node.plan_id, node.start, node.end, [])
            )
    return tuple(_numbered(_tiled(roots, raw)))


def _node(text: Text, passage: Passage, plan_id: str) -> _Node:
    start, end = text[passage.start : passage.end].span
    label, title = "", ""
    if passage.is_heading and passage.title is not None:
        title = text.string[slice(*passage.title)].replace("\n", "")
        if passage.label is not None:
            label = text.string[passage.start : passage.start + passage.label.end].strip()
        else:
            label = text.string[passage.start : min(passage.title[0], passage.end)].strip(" ：:.．、\n")
    return _Node(passage.kind, passage.level, label, title, plan_id, start, end, [])


def _pieces(node: _Node, inside: Sequence[_Node], raw: str) -> Iterator[_Node]:
    """A passage that running lines cut in pieces: its own pieces, and those lines."""
    kind = "paragraph" if node.kind == "heading" else node.kind
    place = node.start
    for other in [*inside, None]:
        stop = node.end if other is None else other.start
        piece = raw[place:stop]
        if piece.strip():
            start = place + len(piece) - len(piece.lstrip())
            yield _Node(kind, node.level + 1, "", "", node.plan_id, start, start + len(piece.strip()), [])
        if other is not None:
            yield other
            place = other.end


def _walk(nodes: Sequence[_Node]) -> Iterator[tuple[_Node, int]]:
    """The nodes of a tree, each before those in it, with how many stand above it."""
    waiting = [(node, 0) for node in reversed(nodes)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in reversed(node.children)]


def _tiled(roots: Sequence[_Node], raw: str) -> Sequence[_Node]:
    """The tree with what stands between two leaves, such as marks that were taken out, given to the first of them."""
    nodes = [node for node, _ in _walk(roots)]
    leaves = [node for node in nodes if not node.children]
    if leaves:
        leaves[0].start = len(raw) - len(raw.lstrip())
    for one, two in pairwise(leaves):
        one.end = one.start + max(1, len(raw[one.start : two.start].rstrip()))
    if leaves:
        leaves[-1].end = len(raw.rstrip())
    for node in reversed(nodes):
        if node.children:
            node.start, node.end = node.children[0].start, node.children[-1].end
    return roots


def _numbered(roots: Sequence[_Node]) -> Iterator[Block]:
    above: list[int] = []
    for position, (node, depth) in enumerate(_walk(roots), start=1):
        del above[depth:]
        yield Block(
            position,
            above[-1] if above else None,
            node.plan_id,
            node.kind,
            node.level,
            node.label,
            node.title,
            node.start,
            node.end,
        )
        above.append(position)


def leaves(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that have no children."""
    parents = {block.parent for block in blocks}
    return [block for block in blocks if block.position not in parents]
