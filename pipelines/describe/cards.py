"""What the dataset says of itself where it is copied to: a dataset card for Hugging Face, metadata for Datasette."""

import json

from pipelines.describe.citation import yaml
from pipelines.describe.facts import Facts
from pipelines.describe.render import render


def dataset_card(facts: Facts) -> str:
    """The README.md of a dataset on Hugging Face: YAML with a configuration for each table, then a page.

    https://huggingface.co/docs/hub/datasets-cards says which keys are read.
    """
    return render("dataset-card.md", facts=facts, yaml=yaml)


def datasette_json(facts: Facts) -> str:
    """The metadata of Datasette: `datasette serve FILE.sqlite --metadata datasette.json` shows what each column means.

    https://docs.datasette.io/en/stable/metadata.html says which keys are read.
    """
    tables = {
        schema.name: {
            "title": schema.title,
            "description": schema.description,
            "columns": {field.name: field.description for field in schema.fields},
        }
        for schema in facts.schemas
    }
    metadata = {
        "title": facts.title,
        "description": facts.description,
        "license": facts.licence.title,
        "license_url": facts.licence.path,
        "about": ", ".join(filter(None, (f"{facts.name} {facts.version}", facts.released))),
        **({"about_url": facts.homepage} if facts.homepage else {}),
        "databases": {facts.name: {"tables": tables}},
    }
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"
