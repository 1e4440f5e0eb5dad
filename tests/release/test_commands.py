"""The commands of a release hand on what they were told, and the pages come last."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.home import ROOT
from pipelines.package.dataset import read_dataset
from pipelines.pages.site import write_site
from pipelines.release.held import Standing

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--first"], {"is_first": True, "previous": None, "tag": None}),
        (["--previous", "old.zip"], {"is_first": False, "previous": Path("old.zip"), "tag": None}),
        (["--tag", "v0.1.0"], {"is_first": False, "previous": None, "tag": "v0.1.0"}),
    ],
)
@pytest.mark.parametrize("is_made", [True, False])
def test_release(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: dict[str, Any], is_made: bool
) -> None:
    done: list[Any] = []

    def print_release(*_: object, **told: object) -> bool:
        done.append(told)
        return is_made

    monkeypatch.setattr("pipelines.release.release.print_release", print_release)
    monkeypatch.setattr("pipelines.release.sbom.sbom", lambda: "{}")
    monkeypatch.setattr("pipelines.cli.site", lambda: done.append("site"))
    result = CliRunner().invoke(app, ["release", *arguments])
    assert result.exit_code == (0 if is_made else 1)
    assert done[1:] == (["site"] if is_made else [])
    made = {
        "dataset.jsonld",
        "croissant.json",
        "dcat.ttl",
        "dataset-card.md",
        "datasette.json",
        "sbom.cdx.json",
    }
    assert made == done[0].pop("beside").keys()
    assert done[0] == told


def test_every_option_says_what_it_does() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in group.commands.items()
        for option in command.params
        if not getattr(option, "help", None)
    ]
    assert silent == []


def test_make_hands_on_its_variables() -> None:
    (line,) = re.findall(r"^\t.*pipelines release.*$", MAKEFILE, re.MULTILINE)
    for variable, option in (("PREVIOUS", "--previous"), ("FIRST", "--first"), ("TAG", "--tag")):
        assert f"$(if $({variable}),{option}" in line


def test_site_describes_the_data_from_either_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The addresses count from the page that they stand in; a release of other data is said to be one."""

    def print_site(root: Path, out: Path, *, jsonld: str, **_: object) -> bool:
        write_site(read_dataset(root), out, jsonld=jsonld)
        return True

    monkeypatch.setattr("pipelines.cli.DIST", tmp_path)
    monkeypatch.setattr("pipelines.pages.site.build.print_site", print_site)
    monkeypatch.setattr("pipelines.release.held.standing", lambda *_: Standing((), "it holds other data"))
    result = CliRunner().invoke(app, ["site"])
    assert result.exit_code == 0
    assert "it holds other data; make release makes one" in " ".join(result.output.split())
    for page in ("index.html", "zh/index.html"):
        text = (tmp_path / "site" / page).read_text(encoding="utf-8")
        (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        for each in json.loads(script)["distribution"]:
            assert ((tmp_path / "site" / page).parent / each["contentUrl"]).is_file()
