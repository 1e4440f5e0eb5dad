"""Who is responsible for each clause of a plan: by its brackets, its sentences, a legend, and what earlier clauses say of later ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.document.clauses import Clause, Part
from pipelines.reading.agencies import Agency, Home, Restored, agencies_of, restored
from pipelines.reading.responsibilities import (
    Named,
    Order,
    Responsibility,
    agencies_in,
    assignment_in,
    order_of,
    responsibility,
)
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Assignment:
    """An agency made responsible for a clause; `inherited_from` is the clause that says so of all later ones."""

    clause_id: str
    agency_id: str
    text: Text
    role: str
    role_as_written: str
    item: int | None
    inherited_from: str


@dataclass(frozen=True, slots=True)
class Who:
    """By clause, the passages that say who is responsible, what they say and who it is; all agencies of the plan by name."""

    passages: tuple[tuple[Part, ...], ...]
    brackets: tuple[tuple[Responsibility, ...], ...]
    assignments: tuple[tuple[Assignment, ...], ...]
    agency_of: Mapping[Restored, Agency]

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Every agency once, in the order in which the plan first names it."""
        return tuple({agency.agency_id: agency for agency in self.agency_of.values()}.values())


def who(clauses: Sequence[Clause], issuers: Sequence[str], home: Home) -> Who:
    """The responsibilities of a plan's clauses, in order, and its agencies, those of its issuers first."""
    passages = tuple(_duties(clause, home.vocabulary) for clause in clauses)
    brackets = _read(clauses, passages, home.vocabulary)
    passed_on = [[list(_restored(said.inherited, home)) for said in each] for each in brackets]
    named = [[list(_restored(said.named, home)) for said in each] for each in brackets]
    names = [Restored(issuer) for issuer in issuers]
    for own, later in zip(named, passed_on, strict=True):
        names += [full for pairs in (*own, *later) for _, full in pairs]
    agency_of = agencies_of(names, home)
    assignments: list[tuple[Assignment, ...]] = []
    inheriting: list[tuple[str, Named, str]] = []
    for clause, own, later in zip(clauses, named, passed_on, strict=True):
        stated = [
            _assigned(clause, one, agency_of[full].agency_id, "") for pairs in own for one, full in pairs
        ]
        known = {(one.agency_id, one.text.string) for one in stated}
        if clause.number is not None:
            for source, one, agency_id in inheriting:
                if (agency_id, one.text.string) not in known:
                    known.add((agency_id, one.text.string))
                    stated.append(_assigned(clause, one, agency_id, source))
        inheriting += [
            (clause.clause_id, one, agency_of[full].agency_id) for pairs in later for one, full in pairs
        ]
        assignments.append(tuple(stated))
    return Who(passages, brackets, tuple(assignments), agency_of)


def _duties(clause: Clause, vocabulary: Vocabulary) -> tuple[Part, ...]:
    """The passages of a clause that say who is responsible: its brackets, and running sentences that divide the work."""
    said = (
        (part, assignment_in(clause.text[part.start : part.end], vocabulary)) for part in clause.sentences
    )
    running = (replace(part, start=part.end - len(who)) for part, who in said if who is not None)
    return tuple(sorted([*clause.brackets, *running], key=lambda part: part.start))


def _read(
    clauses: Sequence[Clause], passages: Sequence[Sequence[Part]], vocabulary: Vocabulary
) -> tuple[tuple[Responsibility, ...], ...]:
    """What the passages of each clause say; a legend holds from its clause to the end of the plan."""
    order = None
    found = []
    for clause, parts in zip(clauses, passages, strict=True):
        order = order_of(clause.text.string, vocabulary.duties) or order
        found.append(
            tuple(_said(clause.text[part.start : part.end], part, order, vocabulary) for part in parts)
        )
    return tuple(found)


def _said(text: Text, part: Part, order: Order | None, vocabulary: Vocabulary) -> Responsibility:
    """What a bracket says, or the cell of a table under the heading of its column."""
    if part.heading:
        return agencies_in(text, vocabulary, part.heading, part.item)
    return responsibility(text, part.item, vocabulary, order)


def _restored(named: Sequence[Named], home: Home) -> Iterator[tuple[Named, Restored]]:
    """Those whom a list names, each with its name with the level word that the list carries on."""
    return zip(named, restored([one.text.string for one in named], home), strict=True)


def _assigned(clause: Clause, one: Named, agency_id: str, source: str) -> Assignment:
    item = None if source else one.item
    return Assignment(clause.clause_id, agency_id, one.text, one.role, one.role_as_written, item, source)
