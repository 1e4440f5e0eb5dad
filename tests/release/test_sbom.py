"""What a release is made with is said with its licences."""

import json
import re
from pathlib import Path

from pipelines.release.sbom import VENDOR, sbom, vendored

ROOT = Path(__file__).parents[2]


def test_bill_names_what_the_project_needs_with_licences() -> None:
    bill = json.loads(sbom())
    assert bill["bomFormat"] == "CycloneDX"
    named = {part["name"].lower().replace("_", "-"): part for part in bill["components"]}
    wanted = set(
        re.findall(
            r"^([a-z][a-z0-9-]*)", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    assert wanted - named.keys() == set()
    told = [name for name in wanted if named[name].get("licenses")]
    assert len(told) > 0.9 * len(wanted)  # what a package does not say of itself, the bill cannot
    assert "tabulator-tables" in named


def test_each_vendored_part_has_its_licence_beside_it() -> None:
    folders = {path.name for path in VENDOR.iterdir() if path.is_dir()}
    assert len(folders) == len(vendored())
    assert [name for name in folders if not (VENDOR / name / "LICENSE").is_file()] == []
