"""The words by which the lines of a document are known, and the patterns made of them: rows of line_words.csv and titles.csv."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.patterns import any_of

DOCUMENT_NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,12}?)\s?[〔\[【（(](?P<year>20\d\d)[〕\]】）)]\s?第?(?P<number>\d{1,4})\s?号"
)
DATE = re.compile(
    r"(?P<year>20\d\d|二[〇○零OＯ][一二三四五六七八九〇○零OＯ]{2})年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日)?"
)


@dataclass(frozen=True, eq=False)
class LineWords:
    """The patterns of a vocabulary, each made when it is first asked for.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = line_words(load_vocabulary())
    >>> words.carrying.fullmatch("关于印发《武汉市碳达峰实施方案》的通知")["what"]
    '《武汉市碳达峰实施方案》'
    >>> [words.foot.match(line) is not None for line in ("特此通知。", "2022 年 3 月 17 日", "武汉市生态环境局", "2025年12月31日。")]
    [True, True, True, False]
    >>> [words.deadline.fullmatch(cell) is not None for cell in ("2022年6月底前", "2021-2025年", "持续推进", "市工信局")]
    [True, True, True, False]
    """

    vocabulary: Vocabulary

    def of(self, *kinds: str) -> str:
        """A group of the words of these kinds."""
        return any_of(row.word for row in self.vocabulary.line_words if row.kind in kinds)

    @cached_property
    def carrying(self) -> re.Pattern[str]:
        """The title of what carries a document: 中共中央办公厅印发《…》, …关于印发…的通知, 关于《…》的公示."""
        return re.compile(
            rf"(?P<who>[^《〈]{{0,100}}?)(?:(?:关于)?(?:联合)?{self.of('carries')}|关于(?=[《〈]))(?P<what>.+?)(?:的(?P<kind>{self._notice}))?$"
        )

    @cached_property
    def going_on(self) -> re.Pattern[str]:
        """What goes on with a title that is whole without it: its version, its years, 的通知."""
        return re.compile(rf"^(?:（[^（）〔号]{{1,20}}）?$|的{self._ending}|[》〉])")

    @cached_property
    def continued(self) -> re.Pattern[str]:
        """How a line begins that goes on with a sentence before it."""
        return re.compile(rf"[，。；、》〉）局厅委部处]|的(?!{self._ending})")

    @cached_property
    def sentence(self) -> re.Pattern[str]:
        """What stands in no title: a sentence's mark, the words that open a sentence or a line of the foot."""
        return re.compile(
            r"[。；！？：/=<>□_]|\.{3}|…"
            rf"|^(?:附[件表录]|目\s*录|经(?!济)|[和与及](?=《)|本{self._ending}|\d+$|{self.of('opens_sentence')})"
        )

    @cached_property
    def no_title(self) -> re.Pattern[str]:
        """A line above or below a title that is none of it: 上海市人民政府文件, 附件1, （此件公开发布）, a page's number, 原文如下, either
        half of a broken document's number."""
        return re.compile(
            rf".*{self.of('letterhead')}|.*如下[↓：:。]?|.*中华人民共和国.*标准"
            rf"|(?!.*关于).{{4,30}}{self.of('organ')}{self.of('order')}"
            rf"|年\d{{1,2}}月\d{{1,2}}日|[-—－―–· \dIVX]+|[\u4e00-\u9fff]{{1,12}}〔|20\d\d〕\d{{1,4}}号"
            rf"|附[件录表]\d*[：:]?|（{self.of('remark')}[^（）]*）|目录"
        )

    @cached_property
    def behind_issuers(self) -> re.Pattern[str]:
        """How a title goes on behind the lines of its issuers: 关于…, 印发…, 等七部门…."""
        return re.compile(self.of("behind_issuers", "carries"))

    @cached_property
    def opens_title(self) -> re.Pattern[str]:
        """What opens a title of its own: 关于, 中共, a quotation mark, a year."""
        return re.compile(rf"{self.of('opens_title')}|《|20\d\d(?:[-—–]20\d\d)?年")

    @cached_property
    def issuers(self) -> re.Pattern[str]:
        """The issuers of what a notice carries, before 关于: 国家发展改革委等部门关于…."""
        return re.compile(rf"^[^《〈关]{{2,60}}(?:部门|{self.of('organ')}|[会行室])(?=关于)")

    @cached_property
    def announcement(self) -> re.Pattern[str]:
        """What says that the text itself follows, after an explainer or a summary: 全文如下：."""
        return re.compile(rf"{self.of('announces')}(?:内容)?如下[↓：:。]?$")

    @cached_property
    def copied_to(self) -> re.Pattern[str]:
        """Whom a document is sent to, behind its last clause: 抄送：, 主送机关：."""
        return re.compile(rf"{self.of('copied')}[\u4e00-\u9fff]{{0,2}}[：:]")

    @cached_property
    def foot(self) -> re.Pattern[str]:
        """A line of the foot: 特此通知, 抄送：…, 联系电话：…, a date, whose document it is, the names of its issuers."""
        return re.compile(
            rf"（?{self.of('foot', 'copied')}|附：|.*印发$|\d{{4}}[ ]?年[ ]?\d{{1,2}}[ ]?月[ ]?\d{{1,2}}[ ]?日(?=[ （(]|$)"
            rf"|年 +月 +日|（新华社.{{2,30}}电）$|[\u4e00-\u9fff]{{0,12}}{self.of('contact')}[：:]|.{{0,30}}（{self.of('seal')}）"
            rf"|(?:[\u4e00-\u9fff]{{2,30}}[ ]+){{0,3}}[\u4e00-\u9fff]{{2,30}}{self.of('organ')}$"
        )

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Nothing but the names of those who issue a plan, below its title."""
        return re.compile(rf"(?:[\u4e00-\u9fff]{{3,30}}{self.of('organ')}[ ]*){{1,4}}")

    @cached_property
    def letter(self) -> re.Pattern[str]:
        """What a covering letter says to any addressee: 现将…印发给你们, 请遵照执行, 特此通知."""
        return re.compile(
            rf"现(?:将|予)?.{{0,100}}?{self.of('carries')}|请.{{0,30}}?{self.of('asks')}|特此{self._notice}"
        )

    @cached_property
    def end_of_list(self) -> re.Pattern[str]:
        """What ends a list of names: 市财政局、市科技局等有关部门."""
        groups = any_of(
            row.word for row in self.vocabulary.agency_words if row.kind in ("group_inside", "group_end")
        )
        return re.compile(rf"等?{groups}?。?$")

    @cached_property
    def name_goes_on(self) -> re.Pattern[str]:
        """What a name goes on with behind a predicate that is a part of it: 协同 of 市协同办负责."""
        endings = any_of(suffix for suffix in self.vocabulary.suffixes if len(suffix) > 1)
        return re.compile(rf"[局厅处站队院所区]|部(?![署分])|委(?!托)|办(?![理结好])|{endings}")

    @cached_property
    def deadline(self) -> re.Pattern[str]:
        """The cell of a deadline: 2022年6月底前, 2021-2025年, 持续推进."""
        words = any_of(self.vocabulary.words_of_tables["deadline_value"])
        return re.compile(
            r"(?:20\d\d年?[-—–～~至到])?(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日)?|[上下]半年|第?[一二三四]季度)?[底末内]?(?:之?前)?"
            rf"(?:完成)?|{words}[\u4e00-\u9fff]{{0,4}}"
        )

    @cached_property
    def objective(self) -> re.Pattern[str]:
        """How a paragraph of objectives begins: 到2025年, 力争“十四五”."""
        strengths = any_of(row.word for row in self.vocabulary.strengths)
        return re.compile(rf"{strengths}?到?“?(?:20\d\d年|十[四五六七]五)”?")

    @cached_property
    def _notice(self) -> str:
        return any_of(row.ending for row in self.vocabulary.titles if row.genre == "notice")

    @cached_property
    def _ending(self) -> str:
        return any_of(self.vocabulary.title_endings)


@lru_cache(maxsize=8)
def line_words(vocabulary: Vocabulary) -> LineWords:
    """The words of a vocabulary, made once."""
    return LineWords(vocabulary)
