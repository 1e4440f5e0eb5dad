"""The words that say who is responsible and in which role, from the rows of duty_words.csv."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipelines.vocabulary.patterns import any_of
from pipelines.vocabulary.rows import Row

# Brackets inside what says who is responsible.
OPENERS, CLOSERS = "（〈(〔［【", "）〉)〕］】"
ROLES = ("", "lead", "support", "shared")


@dataclass(frozen=True)
class DutyWord(Row):
    """A word of responsibility.

    A label stands before the names, with a colon (牵头单位：); an opening before them without one (会同); a predicate
    behind them (负责); an aside names nobody (下同), nor does what an explanation opens
    (包括). later, every, matter and one_by_one make up what is said of later clauses
    (以下各项任务均需…, 不再一一列出). The role of what names nobody (完成时限：) is empty.
    """

    KEY = 2
    word: str
    position: Literal[
        "label", "opening", "predicate", "aside", "explanation", "later", "every", "matter", "one_by_one"
    ]
    role: Literal["", "lead", "support", "shared"]
    example: str


@dataclass(frozen=True)
class DutyWords:
    """All rows of the vocabulary, and the patterns made of them."""

    rows: tuple[DutyWord, ...]

    def words(self, *positions: str, roles: Iterable[str] = ROLES) -> str:
        """A pattern for the words that stand in these positions and give these roles."""
        return any_of({row.word for row in self.rows if row.position in positions and row.role in roles})

    @cached_property
    def order(self) -> re.Pattern[str]:
        """A legend by which those named first lead: `两省市列首位的为牵头单位`, `排在第一位的为牵头单位`."""
        labels = self.words("label", roles=["lead"])
        return re.compile(
            rf"(?P<each>[两三各])?[\u4e00-\u9fff]{{0,8}}(?:第一|首)[位个名]?[\u4e00-\u9fff]{{0,8}}[为是]{labels}"
        )

    @cached_property
    def later(self) -> re.Pattern[str]:
        """What opens what is said of the clauses to come: `以下均需…`, `以下任务…`, `各项工作均需…`."""
        later, every, matter = (self.words(each) for each in ("later", "every", "matter"))
        return re.compile(
            rf"(?:{later}{every}?{matter}?[均都皆]?|{every}{matter}?[均都皆])(?:需要?|须|由|涉及|要|应)*(?=.)"
        )

    @cached_property
    def not_listed(self) -> re.Pattern[str]:
        """`不再列出`, `以下不再一一列出`."""
        return re.compile(rf"{self.words('later')}?[均都]?不再{self.words('one_by_one')}?列[出举明]")

    @cached_property
    def label(self) -> re.Pattern[str]:
        """A label with what ends it: `市级责任单位：`, `责 任 单 位:`, `责任单位（列第一位的牵头）：`, `牵头单位为市财政局`."""
        spaced = re.sub(r"(?<=[\u4e00-\u9fff）（])(?=[\u4e00-\u9fff）（])", " *", self.words("label"))
        return re.compile(
            rf"(?:[省市区县州]?(?:级|直|直属)|[省市区县州])?(?P<label>{spaced}) *"
            r"(?:(?:[（(][^（）()]{0,30}[）)])? *(?P<colon>[：:])|为(?=[各省市区县国]))"
        )

    @cached_property
    def predicate(self) -> re.Pattern[str]:
        """A predicate: `按职责分工负责`, `牵头`."""
        return re.compile(self.words("predicate"))

    @cached_property
    def predicate_at_end(self) -> re.Pattern[str]:
        """A predicate that ends what a bracket says, or stands before the mark that parts it from the rest."""
        return re.compile(rf"{self.words('predicate')}等?(?:$|[，；。、])")

    @cached_property
    def aside(self) -> re.Pattern[str]:
        """What names nobody: `下同`, `长期坚持`."""
        return re.compile(self.words("aside"))

    @cached_property
    def explanation(self) -> re.Pattern[str]:
        """What explains the words before it: `包括机关、事业单位`."""
        return re.compile(self.words("explanation"))

    def names_nobody(self, statement: str) -> bool:
        """Whether a statement is an aside (下同) or a legend (排在第一位的为牵头单位)."""
        return self.aside.fullmatch(statement) is not None or self.order.search(statement) is not None

    def heading(self, heading: str) -> tuple[str, str]:
        """The role that the heading of a column gives to those below it, and its label: 牵头单位, 责任单位（部门）."""
        labels = [word for word in self._role_of_label if word in heading and self._role_of_label[word]]
        label = max(labels, key=len, default="")
        return self._role_of_label.get(label, ""), label

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """What joins those who support to the one who leads: `会同`."""
        return re.compile(self.words("opening"))

    @cached_property
    def predicates(self) -> tuple[str, ...]:
        """The words that stand behind the names."""
        return tuple(row.word for row in self.rows if row.position == "predicate")

    @cached_property
    def statement_mark(self) -> re.Pattern[str]:
        """What can end a statement: a mark, a pause, a label or an opening; and the brackets that keep it from ending."""
        return re.compile(
            rf"(?P<open>[{OPENERS}])|(?P<close>[{CLOSERS}])|(?P<mark>[，；。])|(?P<pause>、)"
            rf"|{self.label.pattern}|(?P<opening>{self.opening.pattern})"
        )

    @cached_property
    def _by_role(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((role, re.compile(self.words("predicate", roles=[role]))) for role in ROLES[1:])

    @cached_property
    def _role_of_label(self) -> dict[str, str]:
        return {row.word: row.role for row in self.rows if row.position == "label"}

    def labelled(self, label: str) -> str:
        """The role that a label gives; empty for one that names nobody: 完成时限."""
        return self._role_of_label[label.replace(" ", "")]

    def said(self, predicate: str) -> tuple[str, str]:
        """The role that a predicate gives, and the word that gives it: that of who leads before any other.

        按职责分工牵头 is lead, 按职责分工负责 shared; two empty strings where no word gives any.
        """
        for role, pattern in self._by_role:
            if match := pattern.search(predicate):
                return role, match[0]
        return "", ""

    def roles(self, words: str) -> frozenset[str]:
        """The roles that `role_as_written` can stand for.

        The words are a row of the vocabulary, or end with one (列第一位的为牵头单位); what is shared among several is sole
        where it names one.
        """
        words = words.replace(" ", "")
        found = {row.role for row in self.rows if row.word == words} or {
            row.role for row in self.rows if words.endswith(row.word) and row.position == "label"
        }
        return frozenset(found | {"sole"} if "shared" in found else found)
