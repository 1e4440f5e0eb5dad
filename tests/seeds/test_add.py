"""`add`: documents come in with their originals, and what they say of themselves is written down to be looked over."""

import csv
import hashlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.package.build import build
from pipelines.package.look import look
from pipelines.release.trace import print_trace
from pipelines.seeds.add import Added, Found, add
from pipelines.seeds.formats.original import map_of
from pipelines.seeds.originals import changed_originals
from pipelines.seeds.sources import read_sources
from pipelines.vocabulary import load_vocabulary
from tests.samples import PLAN, TITLE
from tests.seeds.originals import pdf, word

LETTER = [f"武汉市人民政府关于印发{TITLE}的通知", "武政〔2023〕55号", "各区人民政府：", "现印发给你们。"]
SIGNED = ["武汉市人民政府", "2023年5月11日"]
LINES = [*LETTER, *SIGNED, *(line for line in PLAN.split("\n") if line)]


def added(folder: Path, seeds: Path, **files: bytes) -> list[Added]:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return list(add([folder], seeds, lambda text: look(text, load_vocabulary())))


def rows(seeds: Path) -> list[dict[str, str]]:
    with (seeds / "sources.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_pdf_comes_in_with_its_original_and_its_row(tmp_path: Path) -> None:
    seeds, data = tmp_path / "seeds", pdf([LINES[:8], LINES[8:]])
    (one,) = added(tmp_path / "new", seeds, wuhan_pdf=data)
    assert (one.document_id, TITLE in one.words, "2 pages" in one.words) == ("wuhan", True, True)
    (row,) = rows(seeds)
    assert (seeds / row["original"]).read_bytes() == data
    assert row["original_sha256"] == hashlib.sha256(data).hexdigest()
    assert row["tool"].startswith("pypdfium2 ")
    assert (row["title"], row["division_code"]) == (TITLE, "420100")
    assert (row["document_number"], row["issued_on"]) == ("武政〔2023〕55号", "2023-05-11")
    assert (seeds / row["path"]).read_text(encoding="utf-8") == "\n".join(LINES) + "\n"
    assert list(changed_originals(seeds, read_sources(seeds))) == []


def test_what_was_added_is_built_and_is_not_curated(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    added(tmp_path / "new", seeds, a_pdf=pdf([LINES]), b_docx=word(LINES), c_txt="\n".join(LINES).encode())
    summary = build(seeds, tmp_path, strict=False)
    assert (summary.rows["plans"], summary.left_out) == (3, ())
    with (tmp_path / "data/plans.csv").open(encoding="utf-8", newline="") as stream:
        assert {(row["title"], row["curated"], row["place_basis"]) for row in csv.DictReader(stream)} == {
            (TITLE, "", "title")
        }


def test_trace_says_page_and_box(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seeds = tmp_path / "seeds"
    added(tmp_path / "new", seeds, wuhan_pdf=pdf([LINES[:8], LINES[8:]]))
    build(seeds, tmp_path, strict=False)
    print_trace(tmp_path, "wuhan-plan/2.1", seeds=seeds)
    shown = "".join(capsys.readouterr().out.replace("│", "").split())
    assert "originals/wuhan.pdf,page2" in shown


def test_the_same_bytes_are_added_once_and_ids_stay_apart(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    added(tmp_path / "one", seeds, wuhan_pdf=pdf([LINES]))
    again = added(tmp_path / "two", seeds, other_pdf=pdf([LINES]), wuhan_docx=word(LINES))
    assert [(each.path.name, each.document_id) for each in again] == [
        ("other.pdf", "wuhan"),
        ("wuhan.docx", "wuhan-2"),
    ]
    assert [row["document_id"] for row in rows(seeds)] == ["wuhan", "wuhan-2"]


def test_a_name_without_latin_letters_gives_an_id_of_place_and_genre(tmp_path: Path) -> None:
    file = tmp_path / "武汉方案.pdf"
    file.write_bytes(pdf([LINES]))
    (one,) = add([file], tmp_path / "seeds", lambda text: look(text, load_vocabulary()))
    assert one.document_id == f"wuhan-plan-{hashlib.sha256(file.read_bytes()).hexdigest()[:6]}"


def test_a_file_that_is_refused_stops_no_other(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    first, second = added(tmp_path / "new", seeds, a_pdf=pdf([["1"]]), b_pdf=pdf([LINES]))
    assert (first.document_id, second.document_id) == ("", "b")
    assert "ocrmypdf" in first.words
    assert len(rows(seeds)) == 1


def test_columns_of_an_older_list_stay(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    added(tmp_path / "one", seeds, wuhan_txt="\n".join(LINES).encode())
    text = (seeds / "sources.csv").read_text(encoding="utf-8")
    lines = [line.split(",")[:8] for line in text.splitlines()]
    (seeds / "sources.csv").write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    added(tmp_path / "two", seeds, other_txt=("\n".join(LINES) + "\n").encode())
    assert [row["document_id"] for row in rows(seeds)] == ["wuhan", "other"]


CHANGES = {
    # what happens to the original or what was read from it, and what is said of it
    "its original is gone": (lambda seeds, row: (seeds / row["original"]).unlink(), "not there"),
    "its original is another": (
        lambda seeds, row: (seeds / row["original"]).write_bytes(pdf([LINES[1:]])),
        "its sha256",
    ),
    "its text is another": (
        lambda seeds, row: (seeds / row["path"]).write_text("武汉", encoding="utf-8"),
        "another text",
    ),
    "its map is another": (
        lambda seeds, row: (seeds / map_of(row["original"])).write_text("start", encoding="utf-8"),
        "its lines",
    ),
}


@pytest.mark.parametrize(("change", "said"), CHANGES.values(), ids=CHANGES)
def test_a_seed_is_held_against_its_original(tmp_path: Path, change: object, said: str) -> None:
    seeds = tmp_path / "seeds"
    added(tmp_path / "new", seeds, wuhan_pdf=pdf([LINES]))
    assert callable(change)
    change(seeds, rows(seeds)[0])
    (fault,) = changed_originals(seeds, read_sources(seeds))
    assert said in fault


def test_an_original_of_another_version_of_its_tool_is_passed(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    added(tmp_path / "new", seeds, wuhan_pdf=pdf([LINES]))
    (seeds / "wuhan.txt").write_text("武汉", encoding="utf-8")
    text = (seeds / "sources.csv").read_text(encoding="utf-8")
    (seeds / "sources.csv").write_text(text.replace("pypdfium2 ", "pypdfium2 1."), encoding="utf-8")
    assert list(changed_originals(seeds, read_sources(seeds))) == []


def test_no_cell_begins_as_a_formula(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    list(add([file], tmp_path / "seeds", lambda _: Found(title="=1+1")))
    assert rows(tmp_path / "seeds")[0]["title"] == ""


def test_the_command_says_what_it_found_and_what_it_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(LINES), encoding="utf-8")
    (tmp_path / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    result = CliRunner().invoke(
        app, ["add", str(tmp_path / "a.txt"), str(tmp_path / "b.doc"), "--seeds", str(tmp_path / "seeds")]
    )
    assert result.exit_code == 1
    assert f"a: {TITLE}: 武汉市" in result.output
    assert "save it as .docx" in result.output


def test_a_path_that_is_not_there_is_refused_and_the_others_are_added(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(LINES), encoding="utf-8")
    result = CliRunner().invoke(
        app, ["add", str(tmp_path / "nope.pdf"), str(tmp_path / "a.txt"), "--seeds", str(tmp_path / "seeds")]
    )
    assert result.exit_code == 1
    assert "no such file" in result.output
    assert "correct the path" in result.output
    assert [row["document_id"] for row in rows(tmp_path / "seeds")] == ["a"]


def test_where_all_are_refused_there_is_nothing_to_look_over(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["add", str(tmp_path / "nope.pdf"), "--seeds", str(tmp_path / "seeds")])
    assert result.exit_code == 1
    assert "look over" not in result.output
