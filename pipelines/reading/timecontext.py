"""Says what the words round a time expression make of it: a baseline, a name, the past, or when something is done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.reading.dates import JOINT, TimeExpression, is_pointed
from pipelines.reading.planyears import PlanYears
from pipelines.reading.timewords import TimeWords

RUN_MARK = re.compile(r"[，。；：、\n（）]")
RUN_END = re.compile(r"[，。；\n]")
LONGEST_GOAL = 16  # characters
STOP = re.compile(r"[。；]")
LONGEST_TITLE = 200  # characters
LONGEST_RUN = 60


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What an expression stands in: the text, the words that decide, the plan's years, the expressions before it."""

    string: str
    words: TimeWords
    years: PlanYears
    is_description: bool
    found: Sequence[TimeExpression]

    def run_before(self, place: int) -> str:
        """What stands before a place in its run between commas, with the comma."""
        start = max(0, place - LONGEST_RUN)
        marks = list(RUN_MARK.finditer(self.string, start, place))
        return self.string[marks[-1].start() if marks else start : place]

    def is_past(self, last_day: date) -> bool:
        return self.years.begins is not None and last_day < self.years.begins

    def is_quoted(self, place: int) -> bool:
        """Whether a place lies inside 《》, that is, in the title of a document."""
        opened = self.string.rfind("《", max(0, place - LONGEST_TITLE), place)
        return opened >= 0 and self.string.find("》", opened, place) < 0

    def is_baseline(self, start: int, end: int) -> bool:
        """Whether the words round a time make it what a change is measured against: 比2020年, 在2020年基础上."""
        string, words = self.string, self.words
        before = string[max(0, start - 4) : start]
        if words.comparison_before.search(before) or words.baseline.match(string, end, end + 6):
            return not words.up_to_before.search(before) or bool(words.comparison_before.search(before))
        if words.basis_before.search(before) and words.basis.match(string, end):
            return True
        return bool(words.start_before.search(before)) and string.startswith("的", end)

    def is_title(self, end: int) -> bool:
        """Whether what follows a time to the end of the run is the name of a document or of a list."""
        title = self.words.title.match(self.string, end)
        return title is not None and self.words.completion.search(title[0]) is None

    def is_adverbial(self, start: int, end: int) -> bool:
        """Whether a bare year or period says when something is done, and does not describe a thing (2022年工作要点)."""
        string, words = self.string, self.words
        last = self.found[-1] if self.found else None
        if last is not None and last.role == "deadline" and JOINT.fullmatch(string, last.end, start):
            return True
        if words.describes.match(string, end) and not string.startswith("的", end):
            return False
        before = self.run_before(start)
        if before[:1] in ("（", "\n", "") and string[end : end + 1] in ("）", "\n", ""):
            return False  # alone in a bracket, a line, a cell
        if words.urged_before.search(before):
            return True
        if words.situation.match(string, end) or self.is_title(end):
            return False
        if words.ahead.match(before):
            return True
        if words.up_to_before.search(before) or words.basis_before.search(before):
            return True
        return bool(words.acts.match(string, end)) and not words.attribute_before.search(before)

    def is_over(self, match: re.Match[str], last_day: date) -> bool:
        """Whether a time is over: it ends before the plan begins, or the sentence says that it is done."""
        if match["lead"] and self.words.until_before.search(match["lead"]):
            stop = STOP.search(self.string, match.end())
            if self.words.done.search(self.string, match.end(), stop.start() if stop else len(self.string)):
                return True
        if not self.is_past(last_day):
            return False
        begins = self.years.begins
        # 2021年底前完成 in a plan of 2022 that still orders what began before it
        return not (match["before"] and begins is not None and last_day.year >= begins.year - 1)

    def is_goal(self, match: re.Match[str]) -> bool:
        """Whether a time that words only describe says by which year a goal of the state is reached (2030年前)."""
        return bool(match["before"]) and not match["month"] and not match["part"]

    def _goes_on_with_a_goal(self, match: re.Match[str]) -> bool:
        """Whether a time before which something is reached follows another that only describes a goal.

        围绕2030年前实现碳达峰、2060年前实现碳中和目标: both.
        """
        last = self.found[-1] if self.found else None
        if last is None or last.role not in ("name", "goal") or not match["before"]:
            return False
        between = self.string[last.end : match.start()]
        return len(between) < LONGEST_GOAL and RUN_END.search(between) is None

    def role_beside(self, match: re.Match[str], is_labelled: bool) -> str | None:
        """The role of a year that words beside it make a baseline, a name, a date or the past; None for any other."""
        string, words = self.string, self.words
        core, end = match.start("year"), match.end()
        if self.is_quoted(core):
            return "name"
        if self.is_baseline(core, end):
            return "baseline"
        pointed = is_pointed(match)
        if match["day"] and not match["lead"] and not match["before"] and not is_labelled:
            return "date"
        if match["month"] and not pointed and not is_labelled and not words.acts.match(string, end):
            return "date"  # 2020年6月，…视察
        if match["lead"] and match.start() and string[match.start() - 1] in "月日":
            return "date"  # 7月4日至2022年7月24日
        run = self.run_before(core)
        if words.term.search(string, max(string.rfind("。", 0, core), core - LONGEST_RUN, 0), core):
            return "name"
        if words.object_before.search(run):
            return "name"
        if words.purpose.search(run) and words.purpose_only.match(string, end):
            return "name"
        described = words.attribute_before.search(run) or words.towards.match(run.lstrip("，、；。\n"))
        if (described and words.goal.match(string, end)) or self._goes_on_with_a_goal(match):
            return "goal" if self.is_goal(match) else "name"
        if match["before"]:
            return "goal" if self.is_goal(match) and words.cited.match(string, end) else None
        if words.since.match(string, end):
            return "date" if words.since_before.search(string[max(0, core - 2) : core]) else "background"
        return "name" if words.name.match(string, end) else None
