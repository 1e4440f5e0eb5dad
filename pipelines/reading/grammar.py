"""The vocabularies in, the patterns that the extractors share out, compiled once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.reading.patterns import any_of
from pipelines.reading.timewords import TimeWords, time_words
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import Unit, Verb

# A run of more than fifteen digits is no quantity, and not exact as a number.
NUMERAL = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15}(?:\.\d{1,9})?)(?!\d)"
MULTIPLIERS = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
# 到2025年, 2025年底前, “十四五”期间: a time before a verb.
YEAR = r"(?:(?:到|至)?20\d\d年(?:\d{1,2}月)?(?:年?[底末初])?(?:之?前|起)?|“十[三四五六]五”(?:时期|期间|末)?)"
# What can be newly made or done; a number of another dimension is a state (a ratio, a concentration).
AMOUNTS = frozenset(
    ("count", "length", "area", "mass", "volume", "power", "energy", "mass flow", "volume flow", "money")
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A word between an indicator and its number: the comparator and the change that it means."""

    relation: str
    comparator: str
    change: str


@dataclass(frozen=True)
class Grammar:
    """Compiled patterns, and the rows of vocabularies by the words that they match.

    quantity finds a number with its multiplier and unit: groups number, multiplier, unit, comparator; relation
    finds, at the end of what stands before a number, the words that relate it to its indicator.
    """

    quantity: re.Pattern[str]
    relation: re.Pattern[str]
    lead: re.Pattern[str]
    strive: re.Pattern[str]
    scope: re.Pattern[str]
    hedge: re.Pattern[str]
    hedged_verb: re.Pattern[str]
    distribute: re.Pattern[str]
    past: re.Pattern[str]
    metric: re.Pattern[str]
    done: re.Pattern[str]
    raise_: re.Pattern[str]
    least: re.Pattern[str]
    newly: re.Pattern[str]
    attained: re.Pattern[str]
    deed: re.Pattern[str]
    aside: re.Pattern[str]
    verb_at_end: re.Pattern[str]
    verb: re.Pattern[str]
    verbs_alone: re.Pattern[str]
    forbidding: re.Pattern[str]
    acting: re.Pattern[str]
    inner_verb: re.Pattern[str]
    last_verb: re.Pattern[str]
    before_time: re.Pattern[str]
    times: TimeWords
    units: dict[str, Unit]
    counting_units: frozenset[str]
    amount_units: frozenset[str]
    concentration_units: frozenset[str]
    relations: dict[str, Relation]
    comparators_behind: Mapping[str, str]
    about: frozenset[str]
    verbs: dict[str, Verb]


_grammars: dict[int, tuple[Vocabulary, Grammar]] = {}


def grammar(vocabulary: Vocabulary) -> Grammar:
    """The grammar of a vocabulary; compiled once for each."""
    known = _grammars.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        known = _grammars[id(vocabulary)] = (vocabulary, _made(vocabulary))
    return known[1]


def _made(vocabulary: Vocabulary) -> Grammar:
    words: dict[str, list[str]] = {}
    for modifier in vocabulary.modifiers:
        words.setdefault(modifier.kind, []).append(modifier.word)
    units = any_of(vocabulary.unit_of)
    before = {row.word: row.comparator for row in vocabulary.comparators if row.stands == "before"}
    behind = {row.word: row.comparator for row in vocabulary.comparators if row.stands == "behind"}
    between = any_of(row.word for row in vocabulary.comparators if row.stands == "between")
    about = [row.word for row in vocabulary.comparators if row.comparator == "~"]
    hedges = [*(row.word for row in vocabulary.hedges), *about]
    hedge = any_of(hedges)
    inside = [row.verb for row in vocabulary.verbs if "inside" in row.acts]
    strive = [row.word for row in vocabulary.strengths]
    # 均 in 平均 and 年均 distributes nothing; 比2020年均 does.
    distribute = rf"(?<!平)(?<![^\d]年)(?<!^年){any_of([*words['distribute'], *words['pair']])}"
    adverbs = any_of([*words["adverb"], *strive, *words["past"]])
    relations = {word: Relation(word, code, "level") for word, code in before.items() if code != "~"}
    relations |= {
        row.word: Relation(row.word, "=", row.change) for row in vocabulary.changes if row.stands == "before"
    }
    verbs = [verb.verb for verb in vocabulary.verbs if verb.bindingness]
    counting = [verb.verb for verb in vocabulary.verbs if verb.is_counting]
    # Before a verb, and not part of one: 严格 in 严格落实, not in 严格控制, which is a verb of its own.
    longer = any_of(
        verb for verb in verbs if any(verb != word and verb.startswith(word) for word in words["opening"])
    )
    # 加快完善 speeds up: what promotes is no adverb of what it promotes.
    promoting = {verb.verb for verb in vocabulary.verbs if verb.bindingness == "promote"}
    manner = any_of(word for word in [*words["adverb"], *strive, *words["past"]] if word not in promoting)
    opened = rf"(?:(?!{longer}){any_of([*words['opening'], *words['scope']])}|{manner})*"
    # A verb is no part of a noun: neither of a longer word (建设用地) nor before what makes it one (利用率).
    acts = rf"(?!{any_of(words['compound'])})(?P<verb>{any_of(verbs)})(?![率量类性的])"
    long = rf"(?P<verb>{_no_compound([verb for verb in verbs if len(verb) > 1], words['compound'])})"
    return Grammar(
        quantity=re.compile(
            # VOCs2000吨 is an amount, PM2.5 a name.
            rf"(?:(?<![\dA-Za-z.])|(?<=[sx])(?=\d[\d.]*[万千百]?吨))(?P<number>{NUMERAL})(?:{units}?(?P<between>{between})(?P<upper>{NUMERAL}))?"
            # 千克标准煤 is a unit; in 40亿立方米 the 亿 is not of it.
            rf"(?:[多余]?(?P<unit>{units})|(?P<multiplier>{any_of(MULTIPLIERS)})[多余]?(?P<scaled>{units})?)?"
            rf"(?P<comparator>{any_of(behind)})?"
        ),
        relation=re.compile(
            rf"(?:{hedge}|{distribute}|(?<!\d){adverbs}|平均)*(?P<relation>{any_of(relations)})(?:了)?"
            rf"(?P<inner>(?:{hedge}|{distribute}|{any_of(strive)})*)$"
        ),
        # 共改造300个: 共 stands before a verb, and opens no noun (共享单车).
        lead=re.compile(
            rf"(?:{any_of([*words['lead'], *words['adverb'], *strive])}|{any_of(words['count'])}(?={any_of(counting)}))+"
        ),
        strive=re.compile(any_of(strive)),
        scope=re.compile(any_of(words["scope"])),
        hedge=re.compile(hedge),
        hedged_verb=re.compile(
            rf"(?P<hedge>{any_of(word for word in hedges if len(word) > 1)})(?:{adverbs})*(?={any_of(verbs)})"
        ),
        distribute=re.compile(distribute),
        past=re.compile(any_of(words["past"])),
        # 质量 is no amount.
        metric=re.compile(f"{any_of(metric.ending for metric in vocabulary.metrics)}(?<!质量)$"),
        done=re.compile(f"{any_of(m.ending for m in vocabulary.metrics if m.kind == 'done')}$"),
        least=re.compile(any_of(row.word for row in vocabulary.comparators if row.stands == "ahead")),
        newly=re.compile(
            any_of(row.word for row in vocabulary.changes if row.stands == "inside" and row.word != "新增")
            + "|新增(?=[^、]{0,12}(?:能力|面积|规模|装机))"
        ),
        # 1500家企业完成低VOCs含量原辅材料替代, 2个以上县（市、区）列入试点名单: a count of those who act
        attained=re.compile(
            r"[^，；。、\d（）]{1,12}(?:（[^（）]{1,6}）)?"
            rf"(?P<attains>{any_of(row.word for row in vocabulary.changes if row.stands == 'behind')})[^，；。\d]{{2,}}$"
        ),
        deed=re.compile(
            rf"(?P<subject>[^，。；]{{2,20}}?)(?P<verb>{any_of(inside)})(?![区率量度])(?P<object>[^，。；]{{2,}})$"
        ),
        aside=re.compile(any_of(words["aside"])),
        raise_=re.compile(any_of(words["raise"])),
        verb_at_end=re.compile(f"(?P<verb>{any_of(verb for verb in counting if len(verb) > 1)})$"),
        verb=re.compile(any_of(counting)),
        verbs_alone=re.compile(rf"(?:{any_of([*counting, *words['raise']])}|[、和或并])+"),
        forbidding=re.compile(
            rf"(?P<verb>{any_of(v.verb for v in vocabulary.verbs if v.bindingness == 'prohibit')})(?![类性区])"
        ),
        acting=re.compile(
            rf"{YEAR}?{opened}{acts}"
            # 各部门要加强, 审批要严格落实: what is demanded of a subject.
            rf"|[^，：；]*?(?<![主重需必只首相供对响效回])"
            rf"(?P<modal>要|应当|应(?!对)|必须|须)(?=(?:{opened})(?:{any_of(verbs)}|{any_of(words['preposition'])}))"
            # 在重点行业开展: what is done, behind where it is done.
            rf"|{any_of(words['preposition'])}[^，：；]*?{any_of(words['adjunct_end'])}{opened}"
            + acts.replace("verb", "done")
        ),
        inner_verb=re.compile(rf"{long}(?![率量类性的、和与及等]|$)"),
        last_verb=re.compile(rf"{long}$"),
        before_time=re.compile(rf"{any_of(strive)}|，"),
        times=time_words(vocabulary),
        units=vocabulary.unit_of,
        counting_units=frozenset(unit.unit_id for unit in vocabulary.units if unit.dimension == "count"),
        amount_units=frozenset(unit.unit_id for unit in vocabulary.units if unit.dimension in AMOUNTS),
        concentration_units=frozenset(u.unit_id for u in vocabulary.units if u.dimension == "concentration"),
        relations=relations,
        comparators_behind=behind,
        about=frozenset(about),
        verbs=vocabulary.verb_of,
    )


def _no_compound(verbs: list[str], compounds: list[str]) -> str:
    """A pattern for any of the verbs that begins none of the compounds; it opens with characters, and so is found fast."""
    parts = []
    for verb in sorted(verbs, key=lambda verb: (-len(verb), verb)):
        rest = [word[len(verb) :] for word in compounds if word.startswith(verb)]
        parts.append(re.escape(verb) + (f"(?!{any_of(rest)})" if rest else ""))
    return "|".join(parts)
