"""The workflow for tags asks for what is there: make targets, commands, files of a release."""

import re

from ruamel.yaml import YAML

from tests.release.packages import ROOT

TEXT = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
WORKFLOW = YAML(typ="safe").load(TEXT)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
STEPS = WORKFLOW["jobs"]["release"]["steps"]
SCRIPTS = "\n".join(step.get("run", "") for step in STEPS)


def test_runs_for_tags_of_versions() -> None:
    assert re.search(r"on:\n  push:\n    tags: \[\"v\*\"\]", TEXT)


def test_make_targets_and_variables_exist() -> None:
    for target, variables in re.findall(r"^make ([a-z]+)(.*)$", SCRIPTS, re.MULTILINE):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target
        for variable in re.findall(r"([A-Z]+)=", variables):
            assert f"$({variable})" in MAKEFILE, variable


def test_checks_come_before_the_release() -> None:
    order = [
        SCRIPTS.index(words) for words in (".ci/run", "make release", "pipelines verify", "gh release create")
    ]
    assert order == sorted(order)


def test_same_actions_as_the_checks_of_every_change() -> None:
    checks = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert {step["uses"] for step in STEPS if "uses" in step} <= set(re.findall(r"uses: (\S+)", checks))


def test_no_input_of_strangers_in_a_script() -> None:
    """A name of a tag comes in as a variable, never as text of the script itself."""
    assert "${{" not in SCRIPTS
