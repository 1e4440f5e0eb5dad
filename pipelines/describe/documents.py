"""Writes the documents of the project that are generated from its schemas and its published package."""

from pathlib import Path

from pipelines.describe.citation import citation_cff, zenodo_json
from pipelines.describe.codebook import codebook
from pipelines.describe.dictionary import data_dictionary
from pipelines.describe.facts import read_facts
from pipelines.describe.technical import technical_validation
from pipelines.errors import PipelineError
from pipelines.schema import load_schemas


def documents(root: Path) -> dict[str, str]:
    """Every generated document of the project, by its path under `root`, from schemas/ and data/."""
    facts = read_facts(root)
    return {
        "docs/data-dictionary.md": data_dictionary(load_schemas()),
        "docs/codebook.md": codebook(root),
        "docs/technical-validation.md": technical_validation(root),
        "CITATION.cff": citation_cff(facts),
        ".zenodo.json": zenodo_json(facts),
    }


def write_documents(root: Path) -> list[str]:
    """Writes those documents that have changed, and returns their paths."""
    changed = []
    for path, text in documents(root).items():
        target = root / path
        if _is_current(target, text):
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise PipelineError(
                file=target,
                place="",
                found=error.strerror or str(error),
                expected="a file that can be written",
                remedy="free some room or mend the permissions, and build again",
            ) from None
        changed.append(path)
    return changed


def _is_current(target: Path, text: str) -> bool:
    return target.exists() and target.read_bytes() == text.encode("utf-8")
