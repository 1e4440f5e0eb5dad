"""Writes the citation of the dataset as CITATION.cff, .zenodo.json and an entry for BibTeX."""

import html
import json
import re
import textwrap

from pipelines.describe.facts import Facts

WIDTH = 100
# What YAML reads as a text without quotes: letters, and words or Chinese characters parted by one blank or hyphen.
PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff]+(?:[ -][A-Za-z\u4e00-\u9fff]+)*")
# A version that YAML cannot take for a number.
THREE_NUMBERS = re.compile(r"\d+\.\d+\.\d+")
YAML_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
ZENODO_LANGUAGE = "zho"  # ISO 639-3, of the plans


def citation_cff(facts: Facts) -> str:
    """CITATION.cff in the Citation File Format 1.2.0."""
    lines = [
        "# Generated from schemas/package.json by `make metadata`; edit that file, not this one.",
        "cff-version: 1.2.0",
        "message: If you use these data, please cite them as below.",
        "type: dataset",
        f"title: {yaml(facts.title)}",
        f"version: {facts.version if THREE_NUMBERS.fullmatch(facts.version) else yaml(facts.version)}",
        *([f"date-released: {yaml(facts.released)}"] if facts.released else []),
        "abstract: >-",
        *textwrap.wrap(
            facts.description,
            WIDTH,
            initial_indent="  ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        ),
        "authors:",
        *(f"  - name: {yaml(creator)}" for creator in facts.creators),
        f"license: {facts.licence.name}",
        *([f"url: {yaml(facts.homepage)}"] if facts.homepage else []),
        "keywords:",
        *(f"  - {yaml(keyword)}" for keyword in facts.keywords),
    ]
    return "\n".join(lines) + "\n"


def zenodo_json(facts: Facts) -> str:
    """.zenodo.json: what Zenodo takes over when a release is archived there. Its description is HTML."""
    record: dict[str, object] = {
        "title": facts.title,
        "upload_type": "dataset",
        "description": html.escape(facts.description, quote=False),
        "creators": [{"name": creator} for creator in facts.creators],
        "version": facts.version,
        **({"publication_date": facts.released} if facts.released else {}),
        "access_right": "open",
        "license": facts.licence.name.lower(),
        "keywords": list(facts.keywords),
        "language": ZENODO_LANGUAGE,
        "locations": [{"place": f"{place.label_en} {place.label}"} for place in facts.places],
        "notes": "".join(
            f"<p>{html.escape(paragraph, quote=False)}</p>"
            for paragraph in (facts.rights, facts.title_zh, facts.description_zh, facts.rights_zh)
        ),
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def bibtex(facts: Facts) -> str:
    """An entry for BibTeX, on one line; without a year while none is known."""
    parts = [
        f"title={{{facts.title}}}",
        f"author={{{' and '.join(f'{{{creator}}}' for creator in facts.creators)}}}",
        f"version={{{facts.version}}}",
        *([f"year={{{facts.released[:4]}}}"] if facts.released else []),
        *([f"url={{{facts.homepage}}}"] if facts.homepage else []),
        "note={Data set}",
    ]
    return f"@misc{{{facts.name}, {', '.join(parts)}}}"


def yaml(text: str) -> str:
    """A text as YAML reads it back; a text in quotes is JSON, which is YAML.

    >>> print(yaml("air pollution"), yaml("no"), yaml("plans: what cities promised"), yaml("减污降碳"))
    air pollution "no" "plans: what cities promised" 减污降碳
    """
    if PLAIN.fullmatch(text) and text.lower() not in YAML_WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
