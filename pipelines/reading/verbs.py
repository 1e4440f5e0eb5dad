"""Finds the verb that a sentence of a clause acts with: the one that says how binding it is.

A sentence that forbids something is a prohibition, whatever else it asks for. Else the first run between commas
that acts gives the verb: one that opens with a verb (behind a time, adverbs or who acts), demands something of a
subject (要, 应当), or says what is done behind where it is done (在重点行业开展…). Else it is the first verb
inside the sentence that is no part of a noun, or else one that ends a run (占比进一步提升).
"""

import re
from collections.abc import Iterator

from pipelines.reading.grammar import Grammar

OPENING, CLOSING = "（“《〈", "）”》〉"
MARK = re.compile(f"[{OPENING}{CLOSING}，：；]")


def verb_of(sentence: str, words: Grammar) -> str:
    """The verb of a sentence; empty if it has none of the vocabulary.

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary())
    >>> verb_of("稳妥做好存量“两高”项目管理，全市继续禁止新建燃煤发电项目", words)
    '禁止'
    >>> verb_of("以交通、工业、农业等领域为重点，推进电能替代", words), verb_of("衔接总量控制、排放与监测标准", words)
    ('推进', '衔接')
    >>> verb_of("市级有关部门要加强协同配合", words), verb_of("在重点行业开展试点示范，提升协同度", words)
    ('要', '开展')
    >>> verb_of("到2025年，畜禽粪污综合利用率稳定在80%以上", words), verb_of("资源化利用率超国家和省级标准", words)
    ('稳定', '')
    """
    if match := words.forbidding.search(sentence):
        return match["verb"]
    # The first run, which most often is the one that acts.
    mark = MARK.search(sentence)
    end = len(sentence) if mark is None else mark.start()
    is_whole = mark is None or mark[0] not in OPENING
    if is_whole and (match := words.acting.match(sentence, 0, end)):
        return _acting_verb(match)
    runs = []
    for run in _runs(sentence):
        if match := words.acting.match(run):
            return _acting_verb(match)
        runs.append(run)
    for pattern in (words.inner_verb, words.last_verb):
        for run in runs:
            if match := pattern.search(run):
                return match["verb"]
    return ""


def _acting_verb(match: re.Match[str]) -> str:
    return match["verb"] or match["modal"] or match["done"]


def _runs(sentence: str) -> Iterator[str]:
    """What stands between the commas of a sentence outside quotes and brackets."""
    begin, depth = 0, 0
    for mark in MARK.finditer(sentence):
        if mark[0] in OPENING:
            depth += 1
        elif mark[0] in CLOSING:
            depth -= 1
        elif depth <= 0:
            yield sentence[begin : mark.start()]
            begin = mark.end()
    yield sentence[begin:]
