"""Makes the rows of the documents that plans cite: which are the plan itself, national documents, or plans of the package."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.document.titles import BLANKS, TRAILING, carried
from pipelines.issues import Issue
from pipelines.linking.citation_words import TITLE, CitationWords, citation_words
from pipelines.linking.citing import Citation, read_citations
from pipelines.linking.plans import PlanRows, Row
from pipelines.reading.plan import PlanFacts, ReadClause
from pipelines.vocabulary import Vocabulary

ISSUERS = re.compile(r"^[^《〈“”]{2,80}?(?=关于)")
IGNORED = re.compile(r"[《》〈〉<>＜＞“”\"、，,\s]|中华人民共和国|^关于|的(?=[^的]{2,4}$)")
FIGURES = str.maketrans("〇○ΟОO零一二三四五六七八九", "00000" + "0123456789")
YEAR = re.compile(r"[二2][〇○ΟОO零0][一二三四五六七八九〇○ΟОO零\d]{2}(?=年)")
ANGLES = str.maketrans("<>＜＞", "〈〉〈〉")
# The issuer of a local document: 中共江西省委、江西省人民政府, 省政府, 市委
LOCAL = re.compile(r"(?:中共)?[^国央]{0,8}?(?:[省市县区州盟]|兵团)")
BRACKETS = str.maketrans("[]【】（）()", "〔〕" * 4)


def key_of(title: str, vocabulary: Vocabulary) -> str:
    """A title as titles are compared: without its issuers, the notice that carries it, the marks, and the brackets behind it.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> one, other = "国务院关于印发2030年前碳达峰行动方案的通知", "2030年前碳达峰行动方案"
    >>> key_of(one, load_vocabulary()) == key_of(other, load_vocabulary())
    True
    >>> key_of("中共中央、国务院关于深入打好污染防治攻坚战的意见", load_vocabulary())
    '深入打好污染防治攻坚战意见'
    """
    name = BLANKS.sub("", title).translate(ANGLES)
    while (inner := carried(name, vocabulary)) is not None and inner != name:
        name = inner
    while (less := TRAILING.sub("", name)) != name and less:
        name = less
    name = YEAR.sub(lambda match: match[0].translate(FIGURES).replace("二", "2"), ISSUERS.sub("", name))
    return IGNORED.sub("", name)


@dataclass(frozen=True, eq=False)
class NationalDocuments:
    """The documents of the country that plans cite most, by their titles, the other ways to print them, and their numbers."""

    vocabulary: Vocabulary

    @cached_property
    def by_title(self) -> dict[str, str]:
        """Their ids by the keys of their titles."""
        return {
            key_of(title, self.vocabulary): row.national_document_id
            for row in self.vocabulary.national_documents
            for title in (row.title, *row.variants)
        }

    @cached_property
    def by_number(self) -> dict[str, str]:
        """Their ids by their numbers."""
        rows = self.vocabulary.national_documents
        return {row.document_number: row.national_document_id for row in rows if row.document_number}

    def named(self, title: str, number: str, issuer: str) -> str:
        """The id of the document that a title or a number names; empty where none of them is that, or a province issued it.

        >>> from pipelines.vocabulary import load_vocabulary
        >>> national_documents(load_vocabulary()).named("关于印发减污降碳协同增效实施方案的通知", "", "")
        'synergy-plan-2022'
        >>> national_documents(load_vocabulary()).named("关于推动城乡建设绿色发展的意见", "", "省委办公厅")
        ''
        """
        if found := self.by_number.get(plain(number)):
            return found
        is_local = LOCAL.match(issuer) is not None
        return "" if is_local or not title else self.by_title.get(key_of(title, self.vocabulary), "")


@lru_cache(maxsize=8)
def national_documents(vocabulary: Vocabulary) -> NationalDocuments:
    """The national documents of a vocabulary, made once."""
    return NationalDocuments(vocabulary)


def plain(number: str) -> str:
    """A document's number with the brackets of the standard: 国发[2021]4号, 国发（2021）4号.

    >>> plain("国发[2021]4号"), plain("京政发【2021】 1号")
    ('国发〔2021〕4号', '京政发〔2021〕1号')
    """
    return BLANKS.sub("", number).translate(BRACKETS).replace("〕第", "〕")


def citations_of_plan(plan: PlanFacts, vocabulary: Vocabulary) -> Iterator[Row]:
    """The rows of the documents that a plan cites, in the order of its text, itself left out."""
    national, serials = national_documents(vocabulary), Counter[str]()
    for read, one, full_title in _cited(plan, vocabulary):
        if one.kind or one.number:
            clause_id = read.clause.clause_id
            serials[clause_id] += 1
            text = read.clause.text[one.start : one.end]
            yield {
                "citation_id": f"{clause_id}/c{serials[clause_id]}",
                "plan_id": plan.identity.plan_id,
                "clause_id": clause_id,
                "measure_id": _measure_at(read, one.start),
                "as_written": text.string,
                "title": one.title,
                "full_title": full_title if full_title != one.title else "",
                "document_number": one.number,
                "kind": one.kind,
                "kind_as_written": one.kind_as_written,
                "issuer_as_written": one.issuer,
                "relation": one.relation,
                "relation_as_written": one.relation_as_written,
                "national_document_id": national.named(full_title, one.number, one.issuer),
                "cited_plan_id": None,
                "source_start": text.span[0],
                "source_end": text.span[1],
            }


def unread_titles(plan: PlanFacts, vocabulary: Vocabulary) -> Iterator[Issue]:
    """What stands in 《》 without a number and with an ending that no row knows: a document or none."""
    for read, one, _ in _cited(plan, vocabulary):
        if not one.kind and not one.number:
            message = (
                f"No row says whether 《{one.title}》 is a document; add its ending to citation_words.csv"
            )
            span = read.clause.text[one.start : one.end].span
            document_id, clause_id = plan.identity.base_document_id, read.clause.clause_id
            yield Issue("info", "unread-title", message, document_id, clause_id, *span)


def _cited(plan: PlanFacts, vocabulary: Vocabulary) -> Iterator[tuple[ReadClause, Citation, str]]:
    """What a plan cites, clause by clause, with its full title; itself and what is no document left out."""
    words = citation_words(vocabulary)
    names = Names(plan, words)
    for read in plan.clauses:
        for one in read_citations(read.clause.text.string, words):
            full_title = names.full_title(one)
            names.learn(one, full_title)
            if full_title is not None and one.kind != "none":
                yield read, one, full_title


class Names:
    """The names by which a plan calls itself and what it cites, as they are met in its text."""

    def __init__(self, plan: PlanFacts, words: CitationWords) -> None:
        self._words = words
        title = plan.identity.title
        self._own = {key_of(each, words.vocabulary) for each in (title, *TITLE.findall(title))}
        self._endings = tuple(
            TRAILING.sub("", BLANKS.sub("", each)) for each in (title, *TITLE.findall(title))
        )
        self._number = plain(plan.identity.document_number) or None
        self._named: list[str] = []
        self._short: dict[str, str | None] = {}
        base = plan.documents[0]
        for one in read_citations(f"{base.head.string}\n{base.front.string}", words):
            self.learn(one, self.full_title(one))

    def full_title(self, one: Citation) -> str | None:
        """The title that a citation stands for, its own or that of which it is a short form; None for the plan itself.

        《方案》 is the plan itself where its title ends with 方案 and nothing before says that 《方案》 is another; else the last title
        that ends so.
        """
        if one.number and not one.is_standard:
            return None if plain(one.number) == self._number else one.title
        if one.title in self._short:
            return self._short[one.title]
        if key_of(one.title, self._words.vocabulary) in self._own:
            return None
        is_bare = one.title in self._words.vocabulary.title_endings
        if not is_bare:
            return one.title
        if any(each.endswith(one.title) for each in self._endings):
            return None
        return next((each for each in reversed(self._named) if each.endswith(one.title)), one.title)

    def learn(self, one: Citation, full_title: str | None) -> None:
        """Keeps the title that a citation prints, and the short form that it introduces."""
        if full_title:
            self._named.append(full_title)
        if one.short_form:
            self._short[one.short_form] = full_title


def _measure_at(read: ReadClause, place: int) -> str | None:
    """The measure in which a place of the clause's text lies, if it lies in one."""
    for position, measure in enumerate(read.facts.measures, start=1):
        if measure.part.start <= place < measure.part.end:
            return f"{read.clause.clause_id}/m{position}"
    return None


def citations(plans: Sequence[PlanRows], vocabulary: Vocabulary) -> Iterator[Row]:
    """The rows of all plans, with the plan of the package that each cites.

    A plan is cited by its number or by its title; one whose title names no place only by plans of its own place, unless it is
    national. Where two plans could be meant, none is.
    """
    by_number: dict[str, set[str]] = defaultdict(set)
    by_title: dict[str, set[str]] = defaultdict(set)
    of_plan = {str(plan.rows["plans"][0]["plan_id"]): plan.rows["plans"][0] for plan in plans}
    for plan_id, row in of_plan.items():
        by_title[key_of(str(row["title"]), vocabulary)].add(plan_id)
        if row["document_number"]:
            by_number[plain(str(row["document_number"]))].add(plan_id)
    for plan in plans:
        for row in plan.rows["citations"]:
            own = of_plan[str(row["plan_id"])]
            title = str(row["full_title"] or row["title"] or "")
            numbered = by_number.get(plain(str(row["document_number"] or "")), set())
            named = by_title.get(key_of(title, vocabulary), set()) if title else set()
            meant = [
                each
                for each in sorted((numbered or named) - {own["plan_id"]})
                if numbered or _may_mean(title, own, of_plan[each], vocabulary)
            ]
            yield row | {"cited_plan_id": meant[0] if len(meant) == 1 else None}


def _may_mean(title: str, own: Row, other: Row, vocabulary: Vocabulary) -> bool:
    """Whether a title without a number can be that of another plan, by the place that it names or the places of the two."""
    named = vocabulary.place_at(BLANKS.sub("", title).removeprefix("中共"))
    if named is not None:
        return other["place"] == named.place_id
    return other["level"] == "national" or (other["place"] is not None and other["place"] == own["place"])
