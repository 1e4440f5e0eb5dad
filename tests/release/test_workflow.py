"""The workflow for tags asks for what is there, and its scripts, run as they stand there, publish a whole release."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rdflib import Graph
from rdflib.namespace import DCAT
from ruamel.yaml import YAML

from pipelines.describe.facts import read_facts
from pipelines.describe.jsonld import jsonld, put_into_page
from pipelines.describe.publish import metadata_files
from pipelines.package.dataset import read_dataset
from pipelines.package.files import read_sums
from pipelines.pages.site import write_site
from pipelines.release.release import make_release
from tests.release.packages import ROOT, VERSION

TEXT = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
WORKFLOW = YAML(typ="safe").load(TEXT)
JOBS = WORKFLOW["jobs"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
STEPS = [step for job in JOBS.values() for step in job["steps"]]
SCRIPTS = "\n".join(step.get("run", "") for step in STEPS)
PAGES = {"actions/upload-pages-artifact@v4", "actions/deploy-pages@v4"}
JSONLD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def step_named(words: str) -> dict[str, Any]:
    (found,) = [step for step in STEPS if words in step.get("name", "")]
    return dict(found)


def run(step: dict[str, Any], folder: Path, **variables: str) -> str:
    """The script of a step, run by the shell that runs it there."""
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=folder / step.get("working-directory", "."),
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def recorder(folder: Path, *commands: str) -> str:
    """A PATH where these commands only write down their arguments, one in a line, into <command>.log."""
    tools = folder / "tools"
    tools.mkdir()
    for command in commands:
        (tools / command).write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/{command}.log\n', encoding="utf-8"
        )
        (tools / command).chmod(0o755)
    return f"{tools}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout after `make release`."""
    folder = tmp_path_factory.mktemp("tag")
    for name in ("seeds", "docs"):
        shutil.copytree(root / name, folder / name)
    for name in ("LICENSE", "LICENSE-DATA", "CITATION.cff"):
        shutil.copyfile(root / name, folder / name)
    facts = read_facts(root)
    files = metadata_files(facts)
    beside = {name.removeprefix("dist/"): text for name, text in files.items() if name.startswith("dist/")}
    make_release(root, folder / "dist", VERSION, beside=beside)
    write_site(read_dataset(root), folder / "dist/site", jsonld=jsonld(facts))
    put_into_page(folder / "dist/site/zh/index.html", jsonld(facts, base="../"))
    return folder


@pytest.fixture(scope="module")
def pages(built: Path) -> Path:
    """What is read by address."""
    run(step_named("Put together"), built)
    return built / "build/pages"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture(scope="module")
def address(pages: Path) -> Iterator[str]:
    """The pages where a project has them: below a folder of their own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pages.parent))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/pages"
        server.shutdown()
        thread.join()


def test_runs_for_tags_of_versions() -> None:
    assert re.search(r"on:\n  push:\n    tags: \[\"v\*\"\]", TEXT)


def test_make_targets_and_variables_exist() -> None:
    found = re.findall(r"^ *make ([a-z]+)(.*)$", SCRIPTS, re.MULTILINE)
    assert len(found) == 2
    for target, variables in found:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target
        for variable in re.findall(r"([A-Z]+)=", variables):
            assert f"$({variable})" in MAKEFILE, variable


def test_order() -> None:
    """Checks, release, proof, draft with its files; then the pages; only then is the release seen."""
    wanted = (
        *("gh release view", ".ci/run", "make release", "pipelines verify", "cp -R dist/site", "sha256sum"),
        *("gh release create", "curl", "gh release edit"),
    )
    order = [SCRIPTS.index(words) for words in wanted]
    assert order == sorted(order)
    assert "--draft --verify-tag" in SCRIPTS
    assert SCRIPTS.count("--draft=false") == 1
    assert (JOBS["pages"]["needs"], JOBS["publish"]["needs"]) == ("release", "pages")
    (shown,) = [step for step in JOBS["publish"]["steps"] if "--draft=false" in step["run"]]
    assert shown is JOBS["publish"]["steps"][-1]


def test_each_job_may_do_what_it_does_and_no_more() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "release": {"contents": "write"},
        "pages": {"pages": "write", "id-token": "write"},
        "publish": {"contents": "write"},
    }
    assert JOBS["pages"]["environment"]["name"] == "github-pages"


def test_same_actions_as_the_checks_of_every_change() -> None:
    checks = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    used = {step["uses"] for step in STEPS if "uses" in step}
    assert used - set(re.findall(r"uses: (\S+)", checks)) == PAGES
    (upload,) = [step for step in STEPS if step.get("uses", "").startswith("actions/upload-pages")]
    assert upload["with"]["path"] == "build/pages"


def test_no_input_of_strangers_in_a_script() -> None:
    """A name of a tag comes in as a variable, never as text of the script itself."""
    assert "${{" not in SCRIPTS


@pytest.mark.parametrize(
    ("archives", "expected"),
    [
        ([], ["release", "TAG=v1.2.3", "FIRST=1"]),
        (["china-synergy-plans-1.2.2.zip"], ["release", "TAG=v1.2.3", "PREVIOUS=build/previous/china-synergy-plans-1.2.2.zip"]),
    ],
    ids=["first", "next"],
)  # fmt: skip
def test_release_before_is_named_or_said_not_to_be(
    tmp_path: Path, archives: list[str], expected: list[str]
) -> None:
    (tmp_path / "build/previous").mkdir(parents=True)
    for name in archives:
        (tmp_path / "build/previous" / name).write_bytes(b"")
    run(step_named("Make the release"), tmp_path, TAG="v1.2.3", PATH=recorder(tmp_path, "make"))
    assert (tmp_path / "make.log").read_text(encoding="utf-8").splitlines() == expected


def test_what_is_attached_is_what_the_sums_name(built: Path, tmp_path: Path) -> None:
    """All files of a release but data/, which has no place among files without folders; checked as downloaded."""
    step = step_named("Attach the files")
    run(step, built, TAG="v1.2.3", PATH=recorder(tmp_path, "gh"))
    called = (tmp_path / "gh.log").read_text(encoding="utf-8").splitlines()
    attached = called[called.index("release-notes.md") + 1 :]
    lying = {path.name for path in (built / "dist").iterdir() if path.is_file()}
    assert set(attached) == lying
    assert {"release-notes.md", "SHA256SUMS", f"china-synergy-plans-{VERSION}.zip", "croissant.json"} <= lying
    down = tmp_path / "down"
    down.mkdir()
    for name in attached:
        shutil.copyfile(built / "dist" / name, down / name)
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=down, check=True)


def test_sums_hold_of_what_is_read_by_address(built: Path, pages: Path) -> None:
    sums = read_sums((pages / "SHA256SUMS").read_text(encoding="utf-8"))
    assert sums == read_sums((built / "dist/SHA256SUMS").read_text(encoding="utf-8"))
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=pages, check=True)


def test_page_and_seeds_are_read_by_address(pages: Path) -> None:
    for name in (
        "index.html",
        "zh/index.html",
        "explore.html",
        "seeds/sources.csv",
        "docs/using.md",
        "LICENSE-DATA",
    ):
        assert (pages / name).is_file(), name
    for seed in (ROOT / "seeds").glob("*.txt"):
        assert (pages / "seeds" / seed.name).read_bytes() == seed.read_bytes()


def addresses(pages: Path) -> Iterator[tuple[str, str, str]]:
    """Every address of a file that a description names: the place of the description, the address, the checksum."""
    dataset = json.loads((pages / "dataset.jsonld").read_text(encoding="utf-8"))
    croissant = json.loads((pages / "croissant.json").read_text(encoding="utf-8"))
    for each in (*dataset["distribution"], *croissant["distribution"]):
        yield "", each["contentUrl"], each["sha256"]
    for page in ("index.html", "zh/index.html"):
        (script,) = JSONLD.findall((pages / page).read_text(encoding="utf-8"))
        for each in json.loads(script)["distribution"]:
            yield page.rpartition("/")[0], each["contentUrl"], each["sha256"]
    for each in json.loads((pages / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        yield "", each["path"], each["hash"].removeprefix("sha256:")


def test_every_address_in_a_description_leads_to_its_file(pages: Path) -> None:
    found = list(addresses(pages))
    resources = json.loads((pages / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert len(found) == 5 * len(resources)
    for place, path, value in found:
        target = (pages / place / path).resolve()
        assert target.is_relative_to(pages.resolve())
        assert hashlib.sha256(target.read_bytes()).hexdigest() == value, (place, path)


def test_every_address_of_dcat_leads_to_its_file(pages: Path) -> None:
    graph = Graph().parse(pages / "dcat.ttl", format="turtle", publicID=f"{pages.as_uri()}/")
    downloads = [str(each) for each in graph.objects(None, DCAT.downloadURL)]
    assert downloads
    for each in downloads:
        assert Path(each.removeprefix("file://")).is_file(), each


def test_descriptor_validates_by_address(address: str) -> None:
    frictionless = Path(sys.executable).parent / "frictionless"
    done = subprocess.run(
        [frictionless, "validate", f"{address}/datapackage.json"],
        env={**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "VALID" in done.stdout
    assert "INVALID" not in done.stdout


def test_tables_are_read_by_address(address: str, root: Path) -> None:
    read = pd.read_parquet(f"{address}/data/targets.parquet")
    pd.testing.assert_frame_equal(read, pd.read_parquet(root / "data/targets.parquet"))


@pytest.mark.parametrize("place", ["elsewhere", "stale"])
def test_last_check_reads_what_was_published(address: str, pages: Path, place: str, tmp_path: Path) -> None:
    """The step that shows the release fails where the address does not serve it."""
    step = step_named("Read a table by its address")
    variables = {"TAG": "v1.2.3", "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    run(step, tmp_path, ADDRESS=f"{address}/", PATH=recorder(tmp_path, "gh"), **variables)
    assert f"To be read by address: <{address}>" in (tmp_path / "notes.md").read_text(encoding="utf-8")
    called = (tmp_path / "gh.log").read_text(encoding="utf-8").split()
    assert called == ["release", "edit", "v1.2.3", "--draft=false", "--notes-file", "notes.md"]
    (tmp_path / "gh.log").unlink()
    stale = pages.parent / "stale"
    (stale / "data").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(pages / "datapackage.json", stale / "datapackage.json")
    (stale / "data/targets.csv").write_bytes((pages / "data/targets.csv").read_bytes() + b"x")
    script = {"run": step["run"].replace("--retry 5", "--retry 0")}
    other = f"{address.removesuffix('/pages')}/{place}"
    with pytest.raises(AssertionError):
        run(
            script,
            tmp_path,
            ADDRESS=other,
            PATH=f"{tmp_path / 'tools'}{os.pathsep}{os.environ['PATH']}",
            **variables,
        )
    assert not (tmp_path / "gh.log").exists()
