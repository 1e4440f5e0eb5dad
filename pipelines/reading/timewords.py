"""Compiles the words of times.csv: what makes a time a deadline, a baseline, a name, past, and what a milestone needs."""

import re
from dataclasses import dataclass

from pipelines.reading.patterns import any_of
from pipelines.vocabulary import Vocabulary

MARK = r"[，。；：、（）“”\n]"


@dataclass(frozen=True)
class TimeWords:
    """Patterns of the words round a time expression. Those called `…_before` match at the end of what stands before it."""

    comparison_before: re.Pattern[str]
    companion_before: re.Pattern[str]
    basis_before: re.Pattern[str]
    start_before: re.Pattern[str]
    since_before: re.Pattern[str]
    until_before: re.Pattern[str]
    recurrent_before: re.Pattern[str]
    relative_before: re.Pattern[str]
    label_before: re.Pattern[str]
    term: re.Pattern[str]
    attribute_before: re.Pattern[str]
    ahead: re.Pattern[str]
    urged_before: re.Pattern[str]
    up_to_before: re.Pattern[str]
    baseline: re.Pattern[str]
    basis: re.Pattern[str]
    set_apart: re.Pattern[str]
    since: re.Pattern[str]
    name: re.Pattern[str]
    describes: re.Pattern[str]
    situation: re.Pattern[str]
    purpose_only: re.Pattern[str]
    goal: re.Pattern[str]
    annual_end: re.Pattern[str]
    edition: re.Pattern[str]
    general: re.Pattern[str]
    towards: re.Pattern[str]
    manner: re.Pattern[str]
    title: re.Pattern[str]
    deed: re.Pattern[str]
    acts: re.Pattern[str]
    done: re.Pattern[str]
    completion: re.Pattern[str]
    purpose: re.Pattern[str]
    attributive: re.Pattern[str]
    state: re.Pattern[str]


def time_words(vocabulary: Vocabulary) -> TimeWords:
    """The patterns of a vocabulary."""
    words: dict[str, list[str]] = {}
    for modifier in vocabulary.modifiers:
        words.setdefault(modifier.kind, []).append(modifier.word)
    for time in vocabulary.times:
        words.setdefault(time.kind, []).append(time.word)
    verbs = any_of(row.verb for row in vocabulary.verbs)
    relations = any_of(vocabulary.relations)
    softened = [*(row.word for row in vocabulary.strengths), *(row.word for row in vocabulary.hedges)]
    kinds = ("adverb", "opening", "distribute", "pair", "degree", "comparison")
    manner = any_of([*softened, *(word for kind in kinds for word in words[kind])])

    def before(*kinds: str) -> re.Pattern[str]:
        return re.compile(f"{any_of(word for kind in kinds for word in words[kind])}$")

    def behind(kind: str) -> re.Pattern[str]:
        return re.compile(any_of(words[kind]))

    return TimeWords(
        comparison_before=before("comparison"),
        companion_before=before("companion"),
        basis_before=before("basis"),
        start_before=before("start"),
        since_before=before("since"),
        until_before=before("until"),
        # 每年12月底前, 每年原则上于…
        recurrent_before=re.compile(rf"{any_of(words['recurrent'])}[^，。；\d]{{0,3}}$"),
        relative_before=before("relative"),
        # 完成时限：6月底
        label_before=re.compile(rf"{any_of(words['label'])}(?:为|[:：])?$"),
        term=behind("term"),
        # 指导三亚“十四五”期间…
        attribute_before=re.compile(rf"{any_of(words['attribute'])}[^，。；、]{{0,6}}$"),
        ahead=re.compile(rf"(?:{any_of([*words['ahead'], *words['adverb'], *words['opening']])}|{MARK})*$"),
        urged_before=before("urged"),
        up_to_before=before("up_to"),
        baseline=re.compile(rf"[^，。；]{{0,4}}?{any_of([*words['baseline'], *words['grounds']])}"),
        # 与2015年相比，到2025年…
        set_apart=re.compile(rf"的?{any_of([*words['baseline'], *words['grounds']])}[^，]{{0,4}}，"),
        # 在2022年优良天数比率86.8%的基础上
        basis=re.compile(rf"[^，；。]{{0,24}}{any_of(words['grounds'])}"),
        since=behind("from"),
        name=behind("name"),
        describes=re.compile(rf"(?:（[^）]*）)?，?{any_of(words['describes'])}(?!\d)"),
        situation=re.compile(rf"，?[^，。；]{{0,24}}?{any_of(words['situation'])}"),
        # 为…2030年前碳达峰…奠定坚实基础
        purpose_only=re.compile(rf"[^，。；]{{0,30}}?{any_of(words['foundation'])}"),
        annual_end=before("annual"),
        edition=behind("edition"),
        general=behind("general"),
        towards=behind("towards"),
        manner=behind("manner"),
        goal=re.compile(rf"[^，。；]{{0,24}}?{any_of(words['goal'])}"),
        # 2022年能源工作指导意见: a run that is the name of a document
        title=re.compile(rf"[^，。；：\d]*{any_of(words['title_end'])}(?:$|[。；：）\n])"),
        deed=behind("deed"),
        acts=re.compile(rf"{manner}*(?:{verbs}|{relations}|{any_of(words['comparison'])})"),
        done=behind("done"),
        completion=re.compile(rf"(?:{manner})*{any_of(words['completion'])}"),
        purpose=behind("purpose"),
        attributive=behind("attributive"),
        state=re.compile(
            rf"{any_of(words['degree'])}[^的率]{{0,10}}$|^{any_of(words['degree'])}?{any_of(words['raise'])}"
        ),
    )
