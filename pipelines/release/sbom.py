"""The bill of materials of the project (CycloneDX): every package of its environment, and what it carries of others."""

import csv
import json
import subprocess
import sys
from typing import Any

from pipelines.home import CODE

VENDOR = CODE / "pages" / "site" / "vendor"


def sbom() -> str:
    """The bill as JSON, made by cyclonedx-py of the environment that runs this, with the licence of each part.

    Packages copied into the project (vendor/parts.csv) stand in it with their licence, too.
    """
    command = [
        "-m",
        "cyclonedx_py",
        "environment",
        sys.executable,
        "--output-reproducible",
        "--of",
        "JSON",
        "--no-validate",
    ]
    made = subprocess.run([sys.executable, *command], capture_output=True, check=True)
    bill = json.loads(made.stdout)
    bill["components"] += vendored()
    return json.dumps(bill, ensure_ascii=False, indent=2) + "\n"


def vendored() -> list[dict[str, Any]]:
    """The packages that stand in the project as they were published, each in a folder with its licence."""
    with (VENDOR / "parts.csv").open(encoding="utf-8", newline="") as stream:
        return [
            {
                "type": "library",
                "bom-ref": f"{part['package']}@{part['version']}",
                "name": part["package"],
                "version": part["version"],
                "purl": f"pkg:npm/{part['package']}@{part['version']}",
                "licenses": [{"license": {"id": part["licence"]}}],
            }
            for part in csv.DictReader(stream)
        ]
