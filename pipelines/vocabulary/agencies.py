"""The words of which names of agencies, and of groups of agencies, are made, as patterns."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipelines.vocabulary.patterns import any_of
from pipelines.vocabulary.rows import Row

LEVELS = "省市州盟县区旗镇乡"


@dataclass(frozen=True)
class AgencyWord(Row):
    """A word inside the names of agencies.

    group_start, group_inside, group_end make a name that of many (各区人民政府, 市级有关部门), local a group of local
    governments; level opens a name and is carried on by a list, no_level only begins like one (市容); office and branch are
    of the body before them; government stands behind several levels; qualifier and body make up 等有关职能部门.
    """

    KEY = 2
    word: str
    kind: Literal[
        "group_start", "group_inside", "group_end", "local", "level", "no_level", "office", "branch", "government",
        "qualifier", "body",
    ]  # fmt: skip
    example: str


@dataclass(frozen=True)
class AgencyWords:
    """The rows of agency_words.csv, and the patterns made of them."""

    rows: tuple[AgencyWord, ...]

    def _words(self, kind: str) -> str:
        return any_of(row.word for row in self.rows if row.kind == kind)

    @cached_property
    def level(self) -> re.Pattern[str]:
        """The level that opens a name (市生态环境局) and that a list carries on; 市场监管局 and 城市管理局 have none."""
        return re.compile(rf"(?!{self._words('no_level')})(?<!城){self._words('level')}")

    @cached_property
    def part_of_body(self) -> re.Pattern[str]:
        """An office or a branch, and the body that it is of: 生态环境部办公厅, 北部湾港口管理局北海分局."""
        return re.compile(
            rf"(?P<whole>[\u4e00-\u9fff]{{2,}}[部委局厅会院行署])"
            rf"(?:{self._words('office')}|[\u4e00-\u9fff]{{2,6}}司|[\u4e00-\u9fff]{{2,4}}{self._words('branch')})"
        )

    @cached_property
    def office_at_end(self) -> re.Pattern[str]:
        """The office that ends the name of a body: 教育部办公厅."""
        return re.compile(f"{self._words('office')}$")

    @cached_property
    def group(self) -> re.Pattern[str]:
        """What makes a name that of many: 各区人民政府, 市级有关部门."""
        return re.compile(
            f"^{self._words('group_start')}|{self._words('group_inside')}|.{self._words('group_end')}$"
        )

    @cached_property
    def of_governments(self) -> re.Pattern[str]:
        """What makes the many local governments: 各区, 各县（市）人民政府."""
        return re.compile(f"{self._words('local')}|市$")

    @cached_property
    def levels(self) -> re.Pattern[str]:
        """Nothing but levels, that of a group or the first ones of its name: 各区 of 各区、县、市人民政府."""
        return re.compile(rf"(?P<group>全|{self.qualifier})?(?:设区)?(?:自治)?[{LEVELS}（）〔〕、]+")

    @cached_property
    def levels_go_on(self) -> re.Pattern[str]:
        """How a name that begins with levels goes on: 县、市人民政府."""
        return re.compile(
            rf"(?:自治)?(?:[{LEVELS}]|街道)+(?:[（〔][^）〕]*[）〕])?[县区旗]?(?:$|、|{self._words('government')})"
        )

    @cached_property
    def open_end(self) -> re.Pattern[str]:
        """What ends a list that names not all: 等, 等12个部门, 等有关职能部门."""
        body = self._words("body")
        return re.compile(
            rf"等+(?:\d{{1,2}}个)?(?:[省市区县]?[级直])?{self.qualifier}{{0,2}}(?:{body}(?:[和、及]{body})?)?$"
        )

    @cached_property
    def qualifier(self) -> str:
        """What says which of many are meant: 有关, 相关, 各."""
        return self._words("qualifier")
