"""The coverage and the accuracy of a package as the page of the report shows them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pipelines.describe.technical import wilson
from pipelines.guard.accuracy import TOGETHER, Score
from pipelines.pages.report.coverage import PlanCoverage
from pipelines.pages.report.findings import UNDECIDED, Accuracy, Findings
from pipelines.pages.report.shown import Coverage, Estimate, Kind, Missing, ScoredField, ScoredSet
from pipelines.pages.report.words import words
from pipelines.pages.wording import Words

# --- coverage ---


def coverage_view(findings: Findings) -> Coverage:
    """How much of each plan gave rows, with a column for each plan."""
    plans = findings.coverage
    found: Counter[str] = Counter()
    for plan in plans:
        found.update(plan.dispositions)
    return Coverage(
        places=[findings.place(plan.plan_id) for plan in plans],
        clauses=[plan.clauses for plan in plans],
        sentences=[plan.sentences for plan in plans],
        kinds=[_kind(name, plans, findings) for name in words("sentences")],
        dispositions=[
            (
                findings.code("numbers", "disposition", code),
                [plan.dispositions.get(code, 0) for plan in plans],
            )
            for code, _ in sorted(found.items(), key=lambda each: (-each[1], each[0]))
        ],
        undecided=found[UNDECIDED],
        numbers=found.total(),
        lacking=findings.no_coverage,
    )


def _kind(name: str, plans: Sequence[PlanCoverage], findings: Findings) -> Kind:
    cells = [getattr(plan, name) for plan in plans]
    missing = [
        Missing(
            sentence.clause_id,
            sentence.pieces,
            [
                _why(code, findings)
                for code in sentence.kinds or (("",) if name in ("numbers", "dates") else ())
            ],
        )
        for cell in cells
        for sentence in cell.missing
    ]
    titles = (words(group)[name] for group in ("sentences", "sentences gave", "sentences without"))
    title, gave, why = titles
    return Kind(title, gave, why, cells, missing)


def _why(code: str, findings: Findings) -> Words:
    return words("no row").get(code) or findings.code("numbers", "disposition", code)


# --- accuracy ---

SETS: Mapping[str, tuple[Words, Words]] = {
    "first": (
        Words("The two plans that the rules were written with", "编写规则时所用的两份方案"),
        Words(
            "Their annotation came with the project, and the rules were written with it at hand: what is found here "
            "says that they do what they were made for.",
            "标注随项目而来，编写规则时即以之为据：这里的结果说明规则做到了编写时的要求。",
        ),
    ),
    "independent": (
        Words("Two plans annotated by readers who saw no code", "由未见过代码的读者标注的两份方案"),
        Words(
            "They had the text and the guidelines, nothing else. Whoever wrote the rules had read these texts, not the "
            "annotations; two mistakes that the first comparison showed have been mended since. What is left is listed plan by plan.",
            "标注者只有原文与标注规范。规则的编写者读过这些原文，但未见标注；首次对照发现的两处错误此后已改。余下的分歧逐份列出。",
        ),
    ),
}
FOUND_BY_HAND = Words("annotated, not found", "标注有，未提取")
FOUND_BY_RULE = Words("found, not annotated", "已提取，标注无")


def scored_view(accuracy: Accuracy, findings: Findings) -> ScoredSet:
    """The scores against a set of annotations, field by field."""
    plans = [plan for plan in dict.fromkeys(score.plan for score in accuracy.scores) if plan != TOGETHER]
    by_place = {(score.plan, score.table): score for score in accuracy.scores}
    whole = TOGETHER if len(plans) > 1 else plans[0] if plans else ""
    fields = [
        _scored_field(title, by_place[whole, table], [by_place[plan, table] for plan in plans])
        for table, title in words("field").items()
        if (whole, table) in by_place
    ]
    # The annotations call a plan by its place: wuhan is wuhan-synergy.
    ids = {str(row["place"]): plan_id for plan_id, row in findings.plans.items()}
    places = [findings.place(ids.get(plan, plan)) for plan in plans]
    disagreements = [
        (words("field").get(score.table, Words(score.table, score.table)), what, entry)
        for score in accuracy.scores
        if score.plan != TOGETHER
        for what, entries in ((FOUND_BY_HAND, score.missing), (FOUND_BY_RULE, score.spurious))
        for entry in entries
    ]
    return ScoredSet(*SETS[accuracy.name], places, fields, disagreements, accuracy.not_run)


def _scored_field(title: Words, score: Score, plans: Sequence[Score]) -> ScoredField:
    hits = score.found - len(score.spurious)
    return ScoredField(
        title,
        score,
        Estimate(score.precision, *wilson(hits, score.found)),
        Estimate(score.recall, *wilson(hits, score.gold)),
        plans,
    )
