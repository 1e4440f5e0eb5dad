"""The passages of a document as a tree of blocks over its seed, so that no character is lost in silence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.document.passage import Passage
from pipelines.text.provenance import Text


@dataclass(slots=True)
class Block:
    """A block of a document: what it is, `[start, end)` of the seed, its position and that of the block that it stands in.

    Every character that is not white space lies in exactly one block that has no children.
    """

    kind: str
    level: int
    start: int
    end: int
    plan_id: str = ""
    label: str = ""
    title: str = ""
    position: int = 0
    parent: int | None = None
    children: list["Block"] = field(default_factory=list)


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
    running = [Block("running", 0, start, end) for start, end in hidden]
    loose = sorted([*(_block(text, one, "") for one in around), *running], key=lambda block: block.start)
    roots: list[Block] = []
    done = 0
    for plan_id, passages in plans:
        blocks = [_block(text, passage, plan_id) for passage in passages]
        for block, passage in zip(blocks, passages, strict=True):
            siblings = roots if passage.parent is None else blocks[passage.parent].children
            while done < len(loose) and loose[done].start < block.start:
                siblings.append(loose[done])
                done += 1
            first = done
            while done < len(loose) and loose[done].start < block.end:
                done += 1
            if first < done:
                block.children = list(_pieces(block, loose[first:done], raw))
            siblings.append(block)
    roots += loose[done:]
    for block, _ in list(_walk(roots)):
        if block.children and all(child.start != block.start for child in block.children):
            # The line that a heading is printed on is the first thing that stands in it.
            block.children.insert(
                0, Block("paragraph", block.level + 1, block.start, block.end, block.plan_id)
            )
    _tile(roots, raw)
    found, above = [], list[int]()
    for position, (block, depth) in enumerate(_walk(roots), start=1):
        del above[depth:]
        block.position, block.parent = position, above[-1] if above else None
        above.append(position)
        found.append(block)
    return tuple(found)


def leaves(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that have no children."""
    return [block for block in blocks if not block.children]


def _block(text: Text, passage: Passage, plan_id: str) -> Block:
    block = Block(passage.kind, passage.level, *text[passage.start : passage.end].span, plan_id)
    if passage.is_heading and passage.title is not None:
        block.title = text.string[slice(*passage.title)].replace("\n", "")
        end = passage.text_start if passage.label else min(passage.title[0], passage.end)
        block.label = text.string[passage.start : end].strip(None if passage.label else " ：:.．、\n")
    return block


def _pieces(block: Block, inside: Sequence[Block], raw: str) -> Iterator[Block]:
    """A passage that running lines cut in pieces: its own pieces, and those lines."""
    kind = "paragraph" if block.kind == "heading" else block.kind
    place = block.start
    for other in [*inside, None]:
        piece = raw[place : block.end if other is None else other.start]
        if piece.strip():
            start = place + len(piece) - len(piece.lstrip())
            yield Block(kind, block.level + 1, start, start + len(piece.strip()), block.plan_id)
        if other is not None:
            yield other
            place = other.end


def _walk(blocks: Sequence[Block]) -> Iterator[tuple[Block, int]]:
    """The blocks of a tree, each before those in it, with how many stand above it."""
    waiting = [(block, 0) for block in reversed(blocks)]
    while waiting:
        block, depth = waiting.pop()
        yield block, depth
        waiting += [(child, depth + 1) for child in reversed(block.children)]


def _tile(roots: Sequence[Block], raw: str) -> None:
    """Gives what stands between two leaves, such as marks that were taken out, to the first of them."""
    blocks = [block for block, _ in _walk(roots)]
    if own := leaves(blocks):
        own[0].start = len(raw) - len(raw.lstrip())
        for one, two in pairwise(own):
            one.end = one.start + max(1, len(raw[one.start : two.start].rstrip()))
        own[-1].end = len(raw.rstrip())
    for block in reversed(blocks):
        if block.children:
            block.start, block.end = block.children[0].start, block.children[-1].end
