"""A sentence in, the verb that it acts with out: a second reading, by the rule of docs/method/text.md."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

# What makes a noun of the verb before it (利用率, 禁止类), and what an inner verb is not followed by.
NOUN = "[率量类性的]"
ASIDE = re.compile(r"“[^”]*”|（[^（）]*）|《[^》]*》")
TIME = re.compile(
    r"(?:[到至]?20\d\d年(?:\d{1,2}月)?(?:年?[底末初])?(?:之?前|起)?|“十[三四五六]五”(?:时期|期间|末)?)"
)


class VerbReading:
    """The verbs and the words round them, ready to read sentences."""

    def __init__(self, verbs: Sequence[Mapping[str, str]], words: Callable[..., Iterable[str]]) -> None:
        every = [row["verb"] for row in verbs]
        opening = list(words("opening"))
        # 严格控制 is a verb of its own, and 严格 opens nothing in it.
        own = _any(verb for verb in every if verb.startswith(tuple(opening)) and verb not in opening)
        promoting = {row["verb"] for row in verbs if row["bindingness"] == "promote"}  # 加快完善 speeds up
        manner = _any(word for word in words("adverb", "strive", "past") if word not in promoting)
        opens = rf"(?:(?!{own})(?:{_any([*opening, *words('scope')])})|{manner})*"
        noun, places = rf"(?!{_any(words('compound'))})", f"(?:{_any(words('preposition'))})"
        self._acts = re.compile(rf"{opens}{noun}({_any(every)})(?!{NOUN})")
        self._forbids = re.compile(
            f"({_any(row['verb'] for row in verbs if row['bindingness'] == 'prohibit')})(?![类性区])"
        )
        self._demands = re.compile(
            rf"(?<![主重需必只首相供对响效回])(应当|必须|要|须|应(?!对))(?={opens}(?:{_any(every)}|{places}))"
        )
        self._place = re.compile(places)
        self._ends = re.compile(_any(words("adjunct_end")))
        self._inner = re.compile(
            rf"{noun}({_any(verb for verb in every if len(verb) > 1)})(?!{NOUN}|[、和与及等]|$)"
        )
        self._last = re.compile(rf"{noun}({_any(verb for verb in every if len(verb) > 1)})$")

    def of(self, sentence: str) -> str | None:
        """The verb of a sentence, None where it has none of the vocabulary."""
        if match := self._forbids.search(sentence):
            return match[1]
        runs = _runs(sentence)
        inner = (
            match[1] for part in (self._inner, self._last) for run in runs if (match := part.search(run))
        )
        return next(filter(None, map(self._of_run, runs)), None) or next(inner, None)

    def _of_run(self, run: str) -> str:
        """The verb of a run that acts: opening it, demanded of a subject, or behind where it is done."""
        time = TIME.match(run)
        found = self._acts.match(run, time.end() if time else 0) or self._acts.match(run)
        found = found or self._demands.search(run)
        if not found and self._place.match(run):
            ends = (self._acts.match(run, end.end()) for end in self._ends.finditer(run))
            found = next(filter(None, ends), None)
        return found[1] if found else ""


def _runs(sentence: str) -> list[str]:
    """The runs between the commas that stand in no quotation or bracket."""
    flat = sentence
    for _ in range(3):  # brackets nest
        flat = ASIDE.sub(lambda aside: "〇" * len(aside[0]), flat)
    places = [place for place, mark in enumerate(flat) if mark in "，：；"]
    return [
        sentence[start:end]
        for start, end in zip([0, *(place + 1 for place in places)], [*places, len(sentence)], strict=True)
    ]


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) or "(?!)"
