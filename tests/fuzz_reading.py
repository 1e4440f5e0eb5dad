"""Coverage-guided fuzzing of repair, outline and extraction: `make fuzz` runs a fixed number of executions.

Bytes become a text made of lines of the real seeds, cut, repeated and spliced with what the fuzzer invents. Whatever
comes in, only PipelineError may come out, and every range must lie inside the text that it is a range of.
"""

import hashlib
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["pipelines"]):
    from pipelines.document.document import Document
    from pipelines.errors import PipelineError
    from pipelines.package.build import document_plans
    from pipelines.reading.plan import PlanFacts, read_plan
    from pipelines.seeds.sources import Source, SourceRow, read_sources
    from pipelines.text.provenance import repaired
    from pipelines.text.residue import residue
    from pipelines.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
SEEDS = ROOT / "seeds"
LINES = sorted(
    {line for row in read_sources(SEEDS) for line in (SEEDS / row.path).read_text("utf-8").splitlines()}
)
LONGEST = 400  # characters that are taken from one line


def text_of(data: bytes) -> str:
    """A text of up to forty pieces, each a piece of a real line or what the fuzzer invents."""
    provider = atheris.FuzzedDataProvider(data)
    pieces = ["武汉市减污降碳协同增效实施方案", "一、总体要求"] if provider.ConsumeBool() else []
    for _ in range(provider.ConsumeIntInRange(1, 40)):
        if provider.ConsumeBool():
            line = LINES[provider.ConsumeIntInRange(0, len(LINES) - 1)]
            start = provider.ConsumeIntInRange(0, len(line))
            pieces.append(line[start : start + provider.ConsumeIntInRange(0, LONGEST)])
        else:
            pieces.append(provider.ConsumeUnicodeNoSurrogates(provider.ConsumeIntInRange(0, 60)))
        if provider.ConsumeBool():
            pieces[-1] += "。"
    return "\n".join(pieces)


def read(data: bytes) -> None:
    """One execution."""
    raw = text_of(data)
    encoded = raw.encode("utf-8")
    row = SourceRow(
        "fuzz", "fuzz", "fuzz.txt", hashlib.sha256(encoded).hexdigest(), "420100", "official", True, ""
    )
    try:
        texts = document_plans(Source(row, raw, len(encoded), ()), VOCABULARY, SEEDS)
        residue(texts[0].text, raw, [(text.start, text.end) for text in texts])
        plans = [read_plan([text], VOCABULARY) for text in texts]
    except PipelineError:
        return
    for plan in plans:
        check(raw, texts[0].document, plan)


def check(raw: str, document: Document, plan: PlanFacts) -> None:
    """The published repairs give the text back, and every fact lies inside its clause."""
    edits = [(edit.start, edit.end, edit.after) for edit in document.edits]
    assert edits == sorted(edits, key=lambda edit: edit[:2])
    for read_clause in plan.clauses:
        text = read_clause.clause.text
        start, end = text.span
        assert 0 <= start < end <= len(raw)
        assert repaired(raw, start, end, [edit for edit in edits if start <= edit[0]]) == text.string
        facts = read_clause.facts
        ranges = [(one.start, one.end) for one in facts.deadlines]
        ranges += [(one.start, one.end) for one in facts.commitments]
        ranges += [(one.start, one.end) for one in facts.milestones]
        ranges += [(one.start, one.end) for one in facts.entries]
        ranges += [(one.part.start, one.part.end) for one in facts.measures]
        assert all(0 <= first < last <= len(text) for first, last in ranges)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
