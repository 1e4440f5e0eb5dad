"""Seeds are read only as sources.csv describes them; hand repairs are proved where they can be proved."""

import re
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.inputs import read_table
from pipelines.seeds.sources import (
    ERRATA_COLUMNS,
    SOURCE_COLUMNS,
    Erratum,
    SourceRow,
    read_errata,
    read_source,
    read_sources,
)
from pipelines.text.repair import simplified
from tests.samples import PLAN, SEEDS, write_seeds

HEADER = ",".join(SOURCE_COLUMNS)
SHA = "3c107a68458f55bb9ec401915d367be95728141d7b5894ad9654273c40bd1848"
ROW = f"wuhan-official,wuhan-synergy,wuhan-official.txt,{SHA},420100,official,true,"
SOURCES = read_sources(SEEDS)
ERRATA = [erratum for errata in read_errata(SEEDS, SOURCES).values() for erratum in errata]


def sources_of(folder: Path, *rows: str) -> tuple[SourceRow, ...]:
    (folder / "sources.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return read_sources(folder)


def test_rows_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    other = ROW.replace("wuhan", "anyang")
    assert [row.document_id for row in sources_of(tmp_path, ROW, other)] == [
        "anyang-official",
        "wuhan-official",
    ]


def test_a_row_is_typed(tmp_path: Path) -> None:
    (row,) = sources_of(tmp_path, f'{ROW}"Official text: page breaks, half-width marks"')
    assert row == SourceRow(
        "wuhan-official",
        "wuhan-synergy",
        "wuhan-official.txt",
        SHA,
        "420100",
        "official",
        True,
        "Official text: page breaks, half-width marks",
    )


def test_a_byte_order_mark_and_other_line_ends_are_taken(tmp_path: Path) -> None:
    """As a spreadsheet saves it."""
    (tmp_path / "sources.csv").write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\r\n{ROW}\r\n".encode())
    assert len(read_sources(tmp_path)) == 1


@pytest.mark.parametrize("mark", ["\u2028", "\x0b", "\x85", "\x1c"])
def test_only_line_feeds_end_the_rows_of_a_table(tmp_path: Path, mark: str) -> None:
    (row,) = sources_of(tmp_path, f"{ROW}Official{mark}text")
    assert row.note == f"Official{mark}text"


def test_the_project_s_own_seeds_are_those_that_are_described() -> None:
    described = {row.path for row in SOURCES}
    assert described == {path.name for path in SEEDS.glob("*.txt")}
    for row in SOURCES:
        assert read_source(SEEDS, row, ()).raw


def test_a_seed_is_kept_byte_for_byte(tmp_path: Path) -> None:
    text = "\ufeff" + PLAN.replace("\n", "\r\n")
    folder = write_seeds(tmp_path, {"wuhan": text})
    source = read_source(folder, read_sources(folder)[0], ())
    assert source.raw == text
    assert source.size_bytes == len(text.encode())


def test_a_folder_without_errata_has_none(tmp_path: Path) -> None:
    folder = write_seeds(tmp_path, {"wuhan": PLAN})
    assert read_errata(folder, read_sources(folder)) == {"wuhan": ()}


def test_a_cell_may_hold_a_line_break_in_quotes(tmp_path: Path) -> None:
    (tmp_path / "errata.csv").write_text(
        f'{",".join(ERRATA_COLUMNS)}\nwuhan,"经营\n,","经营，",lost,,Joined,\n', encoding="utf-8"
    )
    places = [(place, row["before"]) for place, row in read_table(tmp_path / "errata.csv", ERRATA_COLUMNS)]
    assert places == [("line 3", "经营\n,")]


def test_a_huge_cell_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"sources\.csv, line 2: found a cell of 20,0\d\d characters"):
        sources_of(tmp_path, f"{ROW}{'注' * 20_000}")


# --- The hand repairs of the Shenyang copy -----------------------------------------------------------------------
#
# The copy was read one byte late in seven places: of the bytes of a character in GBK, the second and the first
# of the next made another character. So the characters before, less their first byte, give the damaged ones.

LATE = [erratum for erratum in ERRATA if erratum.original]
READING = re.compile(r"\(?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)")


def read_one_byte_late(original: str) -> str:
    """What a reader makes of a text in GBK whose first byte is lost; pairs that are no character vanish."""
    data = original.encode("gbk")[1:]
    characters, place = [], 0
    while place < len(data):
        pair = data[place : place + (1 if data[place] < 0x80 else 2)]
        characters.append(pair.decode("gbk", "ignore"))
        place += len(pair)
    return "".join(characters)


def damaged_characters(erratum: Erratum) -> str:
    """The damaged passage without the readings that were put in later."""
    return READING.sub("", erratum.before)


def half_width(text: str) -> str:
    """The copy has half-width marks."""
    return text.translate(str.maketrans("，；？", ",;?"))


def test_there_are_seven_such_places() -> None:
    assert [erratum.original for erratum in LATE] == [
        "東",
        "氣壁掛爐",
        "熱",
        "。科學",
        "濕地恢復",
        "模化、高值化",
        "實現",
    ]


@pytest.mark.parametrize("erratum", LATE, ids=[erratum.original for erratum in LATE])
def test_the_original_read_one_byte_late_gives_the_damage(erratum: Erratum) -> None:
    late = half_width(read_one_byte_late(erratum.original))
    if erratum.original == "熱":
        assert late == "", "both bytes are lost: there is nothing to compare"
        assert "leaves nothing to compare" in erratum.evidence
        assert "太阳能、地热、生物质能" in erratum.evidence
    else:
        assert late
        assert late in half_width(damaged_characters(erratum))


@pytest.mark.parametrize("erratum", LATE, ids=[erratum.original for erratum in LATE])
def test_what_is_restored_is_the_original(erratum: Erratum) -> None:
    assert simplified(erratum.original) in simplified(erratum.after)


@pytest.mark.parametrize("wrong", ["动", "气壁挂炉", "，科学", "模化，高值化"])
def test_another_text_is_not_proved(wrong: str) -> None:
    assert not any(
        late and late in half_width(damaged_characters(erratum))
        for erratum in LATE
        if (late := half_width(read_one_byte_late(wrong)))
    )


@pytest.mark.parametrize("erratum", LATE, ids=[erratum.original for erratum in LATE])
def test_the_evidence_names_the_bytes(erratum: Erratum) -> None:
    assert erratum.original.encode("gbk").hex().upper() in erratum.evidence


@pytest.mark.parametrize("erratum", ERRATA, ids=[erratum.before[:6] for erratum in ERRATA])
def test_every_hand_repair_stands_once_in_its_seed_and_says_why(erratum: Erratum) -> None:
    row = next(row for row in SOURCES if row.document_id == erratum.document_id)
    assert read_source(SEEDS, row, ()).raw.count(erratum.before) == 1
    assert len(erratum.reason) > 10
    assert len(erratum.evidence) > 30


def test_columns_that_a_curator_may_add_need_not_be_there(tmp_path: Path) -> None:
    assert sources_of(tmp_path, ROW)[0].source_url == ""
    (tmp_path / "sources.csv").write_text(
        f"{HEADER},source_url,retrieved_on\n{ROW},https://example.org/plan,2022-06-01\n", encoding="utf-8"
    )
    row = read_sources(tmp_path)[0]
    assert (row.source_url, row.retrieved_on, row.title) == ("https://example.org/plan", "2022-06-01", "")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("issued_on", "2022-6-1"),
        ("retrieved_on", "2022-02-30"),
        ("source_url", "javascript:x"),
        ("title", "=1+1"),
    ],
)
def test_what_a_curator_adds_is_checked(tmp_path: Path, column: str, cell: str) -> None:
    (tmp_path / "sources.csv").write_text(f"{HEADER},{column}\n{ROW},{cell}\n", encoding="utf-8")
    with pytest.raises(PipelineError, match=column):
        read_sources(tmp_path)
