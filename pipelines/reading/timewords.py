"""Compiles the words of times.csv: what makes a time a deadline, a baseline, a name, past, and what a milestone needs."""

import re
from collections import defaultdict

from pipelines.reading.dates import TimePatterns
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.patterns import any_of

MARK = r"[，。；：、（）“”\n]"


class TimeWords:
    """Patterns of the words round a time expression. Those called `…_before` match at the end of what stands before it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = defaultdict[str, list[str]](list)
        for modifier in vocabulary.modifiers:
            words[modifier.kind].append(modifier.word)
        for time in vocabulary.times:
            words[time.kind].append(time.word)
        self.patterns = TimePatterns(words)
        verbs = any_of(row.verb for row in vocabulary.verbs)
        relations = any_of(vocabulary.relations)
        softened = [*(row.word for row in vocabulary.strengths), *(row.word for row in vocabulary.hedges)]
        kinds = ("adverb", "opening", "distribute", "pair", "degree", "comparison")
        manner = any_of([*softened, *(word for kind in kinds for word in words[kind])])

        def before(*kinds: str) -> re.Pattern[str]:
            return re.compile(f"{any_of(word for kind in kinds for word in words[kind])}$")

        def behind(kind: str) -> re.Pattern[str]:
            return re.compile(any_of(words[kind]))

        self.comparison_before = before("comparison")
        self.basis_before = before("basis")
        self.start_before = before("start")
        self.since_before = before("since")
        self.until_before = before("until")
        # 每年12月底前, 每年原则上于…
        self.recurrent_before = re.compile(rf"{any_of(words['recurrent'])}[^，。；\d]{{0,3}}$")
        self.relative_before = before("relative")
        # 完成时限：6月底
        self.label_before = re.compile(rf"{any_of(words['label'])}(?:为|[:：])?$")
        self.term = behind("term")
        # 指导三亚“十四五”期间…
        self.attribute_before = re.compile(rf"{any_of(words['attribute'])}[^，。；、]{{0,6}}$")
        self.ahead = re.compile(
            rf"(?:{any_of([*words['ahead'], *words['adverb'], *words['opening']])}|{MARK})*$"
        )
        self.urged_before, self.urged = before("urged"), behind("urged")
        self.up_to_before = before("up_to")
        self.baseline = re.compile(rf"[^，。；]{{0,4}}?{any_of([*words['baseline'], *words['grounds']])}")
        # 与2015年相比，到2025年…
        self.set_apart = re.compile(rf"的?{any_of([*words['baseline'], *words['grounds']])}[^，]{{0,4}}，")
        # 在2022年优良天数比率86.8%的基础上
        self.basis = re.compile(rf"[^，；。]{{0,24}}{any_of(words['grounds'])}")
        self.since = behind("from")
        self.name = behind("name")
        self.describes = re.compile(rf"(?:（[^）]*）)?，?{any_of(words['describes'])}(?!\d)")
        self.situation = re.compile(rf"，?[^，。；]{{0,24}}?{any_of(words['situation'])}")
        # 为…2030年前碳达峰…奠定坚实基础
        self.purpose_only = re.compile(rf"[^，。；]{{0,30}}?{any_of(words['foundation'])}")
        self.annual_end = before("annual")
        self.edition = behind("edition")
        self.general = behind("general")
        self.towards = behind("towards")
        self.object_before = re.compile(rf"^{MARK}?{any_of(words['object'])}$")
        self.manner = behind("manner")
        self.goal = re.compile(rf"[^，。；]{{0,24}}?{any_of(words['goal'])}")
        # 2030年前达峰，2060年前实现碳中和的总体要求: also of the first of two
        self.cited = re.compile(
            rf"[^，。；]{{0,24}}?(?:，[^，。；]{{0,4}}20\d\d年前[^，。；]{{0,12}}?)?{any_of(words['cited'])}"
        )
        # 2022年能源工作指导意见: a run that is the name of a document
        self.title = re.compile(rf"[^，。；：\d]*{any_of(words['title_end'])}(?:$|[。；：）\n])")
        self.action_verb = behind("action_verb")
        self.acts = re.compile(rf"{manner}*(?:{verbs}|{relations}|{any_of(words['comparison'])})")
        self.done = behind("done")
        self.completion = re.compile(rf"(?:{manner})*{any_of(words['completion'])}")
        self.purpose = behind("purpose")
        self.attributive = behind("attributive")
        self.state = re.compile(
            rf"{any_of(words['degree'])}[^的率]{{0,10}}$|^{any_of(words['degree'])}?{any_of(words['raise'])}"
        )
