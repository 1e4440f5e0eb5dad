"""The words by which citations are known, and the patterns made of them: rows of citation_words.csv and titles.csv."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.document.titles import TRAILING
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.patterns import any_of

# A title, and what stands in it in quotation marks of its own: 《国务院关于印发《2030年前碳达峰行动方案》的通知》
TITLE = re.compile(r"《(?P<title>(?:[^《》\n]|《[^《》\n]*》){1,150})》")
# 指南2.0, 报告要求第5部分：钢铁生产企业
VERSION = re.compile(r"(?:[（(][^（）()]{1,20}[）)]|[ V\d.]+|第\d+部分.*)$")
NUMERAL = r"[\d一二三四五六七八九十]+"
NOT_NAME = re.compile(r"[^\u4e00-\u9fff、\d]")
LEADING = re.compile("^(?:联合|[和及与在对将经把以])")
OTHERS = re.compile(rf"等{NUMERAL}?个?(?:部[门委]|单位)?$")


@dataclass(frozen=True, eq=False)
class CitationWords:
    """The patterns of a vocabulary, each made when it is first asked for.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = citation_words(load_vocabulary())
    >>> [match[0] for match in words.relation.finditer("根据要求，修订实施《居住建筑热环境和节能设计标准》")]
    ['根据', '修订实施']
    >>> [match[0] for match in words.number.finditer("生态环境部2019年第19号公告，国发〔2021〕4号，国务院令第736号")]
    ['2019年第19号公告', '〔2021〕4号', '令第736号']
    >>> [match[0] for match in words.standard.finditer("GB/T 2589-2008综合能耗计算通则，DBJ50/T-240-2016、GB 50034")]
    ['GB/T 2589-2008', 'DBJ50/T-240-2016', 'GB 50034']
    """

    vocabulary: Vocabulary

    def of(self, kind: str) -> dict[str, str]:
        """The words of a kind with their codes."""
        return {row.word: row.code for row in self.vocabulary.citation_words if row.kind == kind}

    @cached_property
    def relations(self) -> dict[str, str]:
        """The relation that a verb before a citation gives: 落实 implements."""
        return self.of("relation") | self.of("beside")

    @cached_property
    def relations_behind(self) -> dict[str, str]:
        """The relation that a word behind citations gives: 修订 revises."""
        return self.of("behind")

    @cached_property
    def relations_of(self) -> dict[str, frozenset[str]]:
        """The relations that a word may give, before a citation or behind it."""
        tables = (self.relations, self.relations_behind)
        return {
            word: frozenset(table[word] for table in tables if word in table)
            for table in tables
            for word in table
        }

    @cached_property
    def relation(self) -> re.Pattern[str]:
        """A verb that may govern a citation behind it, but not one that says who issued it (印发的《…》)."""
        return re.compile(rf"(?>{any_of(self.of('relation'))})(?!后?的)")

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """The words that govern only what stands right behind them: 按《…》, 见《…》."""
        return tuple(self.of("beside"))

    @cached_property
    def behind(self) -> re.Pattern[str]:
        """A word behind citations that says what becomes of them: 加快《…》修订, 以《…》为依据."""
        word, goes_on = any_of(self.of("behind")), any_of([*self.vocabulary.title_endings, "情况"])
        return re.compile(rf"(?:等)?(?:(?!并)[\u4e00-\u9fff]){{0,8}}?(?<!新)(?P<word>{word})(?!{goes_on})")

    @cached_property
    def issuing(self) -> re.Pattern[str]:
        """What stands between who issued a document and its title: 2013年10月15日发布的, 联合印发了, 最新版."""
        words = any_of(word for word, code in self.of("relation").items() if code == "mentions")
        day = r"(?:于|在)?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?"
        return re.compile(rf"{day}(?:联合)?(?:(?:{words}){{1,2}}(?:的|了)?)?(?:最?新版)?的?$")

    @cached_property
    def agency_endings(self) -> tuple[str, ...]:
        """What the names of those who issue documents end with."""
        return (*(row.word for row in self.vocabulary.line_words if row.kind == "organ"), *self.of("issuer"))

    def agencies_at_end(self, string: str) -> str:
        """The list of agencies that a string ends with; empty where it ends with none.

        >>> from pipelines.vocabulary import load_vocabulary
        >>> words = citation_words(load_vocabulary())
        >>> words.agencies_at_end("国家发展改革委、国家能源局"), words.agencies_at_end("严格落实国家")
        ('国家发展改革委、国家能源局', '')
        >>> words.agencies_at_end("根据生态环境部等七部门"), words.agencies_at_end("要求和省政府")
        ('生态环境部等七部门', '省政府')
        """
        found: list[str] = []
        for part in reversed(NOT_NAME.split(string)[-1].split("、")):
            name = LEADING.sub("", self.before_name.sub("", part))
            if not OTHERS.sub("", name).endswith(self.agency_endings):
                break
            found.insert(0, name)
            if name != part:
                break
        return "、".join(found)

    @cached_property
    def behind_issuer(self) -> re.Pattern[str]:
        """What stands behind the issuer in a title: 关于, 印发."""
        carries = (row.word for row in self.vocabulary.line_words if row.kind == "carries")
        return re.compile(any_of(["关于", *carries]))

    def issuer_of(self, title: str) -> str:
        """Who issued a document by its own title: 国务院 of 国务院关于…, 生态环境部等七部门 of 生态环境部等七部门关于印发…."""
        head = self.behind_issuer.split(title, maxsplit=1)[0]
        return head if head and head != title and self.agencies_at_end(head) == head else ""

    def is_of_place(self, title: str) -> bool:
        """Whether a title names a place or the state: 湖北省…, 中华人民共和国…."""
        return self.vocabulary.place_at(title) is not None

    @cached_property
    def between(self) -> re.Pattern[str]:
        """What may stand between a title and its number: 《…》的通知（国发…, 《…》（试行）（生态环境部公告…, 《…》（2021年修订，国务院令…."""
        notice = any_of(row.ending for row in self.vocabulary.titles if row.genre in ("notice", "decision"))
        opened = r"(?P<bracket>[（(])(?:[^（）《》\n]{1,20}[，、；：])?"
        return re.compile(rf"(?:的?{notice}|文件|（[^（）《》号A-Z]{{1,14}}）)? ?(?:{opened})?")

    @cached_property
    def number(self) -> re.Pattern[str]:
        """The number of a document or of an order, without the letters or the organ before it: 〔2021〕4号, 令第736号, 2019年第19号公告."""
        year = r"[〔\[【（(] ?(?:19|20)\d\d ?[〕\]】）)] ?第? ?\d{1,4} ?号"
        order = (
            rf"(?:令|公告)(?:[（(]?20\d\d年?[）)]?)? ?第 ?{NUMERAL} ?号"
            rf"|(?:20\d\d年|[（(]20\d\d年[）)])?第 ?{NUMERAL} ?号 ?(?:令|公告)"
        )
        return re.compile(rf"{year}|(?P<order>{order})")

    def code_at_end(self, string: str) -> str:
        """The letters of an organ that a string ends with, as they stand before 〔2021〕4号: 根据国发 ends with 国发."""
        found = re.search(r"[\u4e00-\u9fff]{1,14}$", string.rstrip(" "))
        code = self.before_code.sub("", found[0]) if found else ""
        return code and code + string[len(string.rstrip(" ")) :]

    @cached_property
    def before_name(self) -> re.Pattern[str]:
        """What stands before the name of an agency in its part of a sentence: 严格落实国务院, 要求和省政府."""
        words = any_of([*self.of("relation"), *self.of("before_issuer")])
        return re.compile(rf".*(?:{words}|[的由被于按]|\d[年月日])")

    @cached_property
    def before_code(self) -> re.Pattern[str]:
        """What stands before the first character of a number in a sentence: 根据国发〔2021〕4号, 和国办发〔2021〕4号."""
        return re.compile(
            rf".*(?:{any_of(self.of('relation'))}|[的和及与在以]|文件|{any_of(each for each in self.vocabulary.title_endings if len(each) > 1)})"
        )

    @cached_property
    def standard(self) -> re.Pattern[str]:
        """The number of a standard, with or without its year: GB 12345—2020, DB11/T 1234-2020, HJ2519-2012."""
        year = r"[-—–－](?:(?:19|20)\d\d|\d{1,3})(?!\d\d)"
        series = r"(?:\d{1,6}(?=[ ]?[/／\-—–－]))?(?:[ ]?[/／][ ]?[TZJ]?)?[ \-—–－]?"
        return re.compile(
            rf"(?<![A-Za-z0-9]){any_of(self.of('standard'))}{series}\d[\d.]*(?<=\d)(?:[-—–－]\d{{1,3}}(?=[-—–－]))?(?:{year})?"
        )

    @cached_property
    def endings(self) -> dict[str, str]:
        """What the titles of documents end with, and what is none (none): 条例 regulation, 申请表 none."""
        return {row.ending: row.genre for row in self.vocabulary.titles} | self.of("ending")

    def kind_of(self, title: str) -> tuple[str, str]:
        """What a title says that its document is, and the words that say it; empty where no row knows its ending.

        >>> from pipelines.vocabulary import load_vocabulary
        >>> words = citation_words(load_vocabulary())
        >>> words.kind_of("碳排放权交易管理办法（试行）"), words.kind_of("企业法人营业执照"), words.kind_of("焦点关注")
        (('rule', '管理办法'), ('none', '营业执照'), ('', ''))
        """
        stem = title
        while (less := VERSION.sub("", TRAILING.sub("", stem))) != stem:
            stem = less
        found = next((stem[at:] for at in range(len(stem)) if stem[at:] in self.endings), "")
        return self.endings.get(found, ""), found


@lru_cache(maxsize=8)
def citation_words(vocabulary: Vocabulary) -> CitationWords:
    """The words of a vocabulary, made once."""
    return CitationWords(vocabulary)
