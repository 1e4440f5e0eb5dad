"""`pipelines trace ID`: from any row back to the characters of the seed, with the repairs between and the reasons."""

import csv
import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.errors import PipelineError
from pipelines.package.build import build
from pipelines.package.dataset import read_dataset
from pipelines.package.printed import Table, printed_tables
from pipelines.release.reasons import STEPS
from pipelines.release.source import passage
from pipelines.release.trace import print_trace
from tests.release.packages import ROOT, changed, package
from tests.samples import TITLE, write_seeds


def traced(root: Path, row_id: str, width: int = 160) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    assert print_trace(root, row_id, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def every(root: Path) -> dict[str, Table]:
    return printed_tables(read_dataset(root))


def test_coal_target_of_wuhan(root: Path) -> None:
    """全市煤炭占能源消费总量的比重下降至30%以内: at most, a level, by the end of 2025."""
    shown = traced(root, "wuhan-synergy/2.4/t1")
    for words in (
        "Targets 目标",
        "全市煤炭占能源消费总量的比重下降至30%以内",
        "in its context: wuhan-synergy/2.4",
        "comparator <= (At most): “以内”",
        "change level (A state to be reached): “下降至”",
        "value 30: “30%”",
        "strength firm (Firm commitment): no word says otherwise",
        "read by the rule ",
        "in the seed: wuhan-official",
    ):
        assert words in shown, words


def test_place_in_the_seed_is_where_an_editor_finds_it(root: Path, every: dict[str, Table]) -> None:
    row = every["targets"].rows[("wuhan-synergy/2.4/t1",)]
    raw = (root / "seeds/wuhan-official.txt").read_bytes().decode("utf-8")
    start = int(row["source_start"])
    line = raw[:start].count("\n") + 1
    column = start - len("".join(raw.splitlines(keepends=True)[: line - 1])) + 1
    assert raw.split("\n")[line - 1][column - 1] == raw[start]
    assert f"wuhan-official.txt:{line}:{column}\n" in traced(root, "wuhan-synergy/2.4/t1", 200).replace(
        " │", "\n"
    ).replace(" ", "")


def test_repairs_inside_are_shown(root: Path) -> None:
    """Shenyang is printed in traditional characters: 單位GDP能源消耗比2020年下降15%以上."""
    shown = traced(root, "shenyang-synergy/3.1/t1")
    assert "單位GDP能源消耗比2020年下降15%以上" in shown
    assert "repairs made inside: " in shown
    assert "Traditional character" in shown


def test_hand_repair_with_its_evidence(root: Path, every: dict[str, Table]) -> None:
    erratum = next(row for row in every["repairs"].rows.values() if row["rule"] in ("lost", "misprint"))
    shown = traced(root, erratum["repair_id"])
    assert f"rule {erratum['rule']}: " in shown
    assert erratum["reason"] in shown
    assert "repairs made inside: 1" in shown


def test_agency_with_every_place_that_names_it(root: Path, every: dict[str, Table]) -> None:
    agency = "wuhan/development-reform"
    named = sum(
        row["agency_id"] == agency
        for name in ("issuers", "responsibilities")
        for row in every[name].rows.values()
    )
    shown = traced(root, agency)
    assert f"named {named} times" in shown
    assert "武汉市发展和改革委员会" in shown
    assert "seeds/wuhan-" in shown


def test_issuer_by_both_columns_of_its_key(root: Path) -> None:
    assert "Issuers 印发机关" in traced(root, "chongqing-synergy + 1")
    assert "重庆市生态环境局" in traced(root, "chongqing-synergy+1")


def test_inherited_responsibility_shows_who_lays_it_on(root: Path, every: dict[str, Table]) -> None:
    row = next(row for row in every["responsibilities"].rows.values() if row["basis"] == "inherited")
    shown = traced(root, row["responsibility_id"])
    assert f"inherited: {row['inherited_from']} lays it on the clauses that follow" in shown
    assert f"in its context: {row['inherited_from']}" in shown


def test_steps_name_rooms_that_are_there(every: dict[str, Table]) -> None:
    rooms = {room for step in STEPS.values() for room in re.findall(r"pipelines/\w+", step)}
    assert all((ROOT / room).is_dir() for room in rooms)
    read = {name for name, table in every.items() if any(key.table == "plans" for key in table.references)}
    assert read <= set(STEPS)


def test_several_tables_with_one_id(root: Path, every: dict[str, Table]) -> None:
    """A sector and a function may share a name: both are shown."""
    shared = [key for key in every["sectors"].rows if key in every["functions"].rows]
    for (name,) in shared[:1]:
        shown = traced(root, name)
        assert "Sectors 领域" in shown
        assert "Functions 职能" in shown


def test_every_quoted_row_is_what_its_passage_gives(root: Path, every: dict[str, Table]) -> None:
    """What is shown as the quote is what the table holds, for the first rows of every table with source ranges."""
    texts = {"clauses": "text", "measures": "text", "targets": "quote"}
    files = read_dataset(root).files
    for name in ("issuers", "clauses", "measures", "targets", "deadlines", "responsibilities", "numbers"):
        for key, row in list(every[name].rows.items())[::40]:
            place = passage(files, every, name, key)
            assert place is not None
            assert place.quote == row[texts.get(name, "as_written")]


def test_a_row_of_every_table(root: Path, every: dict[str, Table]) -> None:
    for name, table in every.items():
        for key in list(table.rows)[:2]:
            assert f"{table.words['title']} {table.words['title_zh']}" in traced(root, " + ".join(key)), name


def test_narrow_terminal(root: Path) -> None:
    assert "下降至" in traced(root, "wuhan-synergy/2.4/t1", width=40).replace("\n", "")


def test_passage_is_marked_without_colours(root: Path) -> None:
    assert "⟦全市煤炭占能源消费总量的比重下降至30%以内⟧" in "".join(
        line.strip("│ ") for line in traced(root, "wuhan-synergy/2.4/t1").splitlines()
    )


def test_archive(archive: Path) -> None:
    assert "in the seed: wuhan-official" in traced(archive, "wuhan-synergy/2.4/t1")


def test_package_without_seeds(dist: Path) -> None:
    with pytest.raises(PipelineError, match="name the folder of the seeds"):
        traced(dist, "wuhan-synergy/2.4/t1")


def test_package_whose_seeds_lie_elsewhere(root: Path, dist: Path) -> None:
    console = Console(file=io.StringIO(), width=160, highlight=False)
    assert print_trace(dist, "wuhan-synergy/2.4/t1", console, seeds=root / "seeds")
    assert isinstance(console.file, io.StringIO)
    assert f"{root / 'seeds' / 'wuhan-official.txt'}:" in re.sub(r"[\s│]", "", console.file.getvalue())


@pytest.mark.parametrize(
    ("row_id", "near"),
    [
        ("wuhan-synergy/2.4/t99", "wuhan-synergy/2.4/t"),
        ("wuhan-sinergy/2.4/t1", "wuhan-synergy/2.4/t1"),
        ("wuhan/development-reforms", "wuhan/development-reform"),
    ],
)
def test_unknown_id_names_its_neighbours(root: Path, row_id: str, near: str) -> None:
    with pytest.raises(PipelineError, match="such as ") as refused:
        traced(root, row_id)
    assert near in refused.value.expected


def test_unknown_id_without_neighbours(root: Path) -> None:
    with pytest.raises(
        PipelineError, match=r"found no row '你好' in any of \d+ tables; expected the id of a row\."
    ):
        traced(root, "你好")


def test_markup_in_a_cell_is_text(tmp_path: Path) -> None:
    """What stands in a row is printed as it stands, not taken for an instruction to the terminal."""
    folder = package(tmp_path / "package", units=changed("units", 0, label_en="[bold red]per cent[/]"))
    assert "[bold red]per cent[/]" in traced(folder, "percent")


def test_where_a_text_was_fetched_is_shown(tmp_path: Path) -> None:
    text = f"{TITLE}\n为推进降碳，制定本方案。\n一、重点任务\n（一）推进协同。到2025年，绿色建筑占比达到70%。（责任单位：市生态环境局）\n"
    where = {
        "source_url": "https://example.org/plan.html",
        "publisher": "武汉市人民政府",
        "retrieved_on": "2023-06-01",
    }
    seeds = write_seeds(tmp_path / "seeds", {"wuhan": text})
    rows = list(csv.DictReader((seeds / "sources.csv").read_text(encoding="utf-8").splitlines()))
    with (seeds / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0], *where], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | where for row in rows)
    build(seeds, tmp_path / "out", strict=True)
    console = Console(file=io.StringIO(), width=160, highlight=False)
    print_trace(tmp_path / "out", "wuhan-synergy/1.1/t1", console, seeds=seeds)
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert [cell for cell in where.values() if cell not in shown] == []
