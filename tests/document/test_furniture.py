"""Page numbers, page heads and tables of contents are found by repetition and counting."""

import pytest

from pipelines.document.contents import contents_ranges
from pipelines.document.lines import lines_of
from pipelines.document.running import running_lines
from pipelines.document.styles import styles_of
from pipelines.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
BODY = "\n".join(
    f"以习近平生态文明思想为指导，统筹污染治理、生态保护、应对气候变化第{line}项"
    for line in "一二三四五六七八九十" * 2
)


def running(text: str) -> list[str]:
    lines = lines_of(text)
    return [lines[index].string for index in sorted(running_lines(lines, VOCABULARY))]


def contents(*lines: str) -> list[str]:
    found = lines_of("\n".join(lines))
    ranges = contents_ranges(found, set(), styles_of(VOCABULARY))
    return [found[index].string for first, after in ranges for index in range(first, after)]


@pytest.mark.parametrize("number", ["— 2 —", "－4 －", "-6 一", "—  5  —", "· 12 ·", "第 3 页 共 20 页"])
def test_a_page_number_is_known_by_its_dashes(number: str) -> None:
    assert running(f"推进改造\n{number}\n升级。") == [number]


def test_a_page_number_in_pieces() -> None:
    assert running("推进改造\n—\n9\n3\n—\n升级。") == ["—", "9", "3", "—"]


def test_lone_numbers_that_count_the_pages() -> None:
    pages = "\n".join(
        f"{BODY}\n第{number}页的末行\n{number}\n第{number}页之后的首行" for number in range(7, 12)
    )
    assert running(pages) == ["7", "8", "9", "10", "11"]


def test_lone_numbers_that_count_nothing_are_values() -> None:
    assert running("绿色工厂（家）\n150\n绿色供应链（家）\n30\n约束性\n31\n" + BODY) == []
    assert running("\n".join(f"{number}\n变电站\n肥东县\n2024年" for number in range(1, 30))) == []


def test_a_page_head_comes_again_beside_the_page_numbers() -> None:
    pages = "\n".join(f"— {number} —\n某市规划文本\n{BODY}" for number in range(1, 5))
    assert running(pages).count("某市规划文本") == 4


def test_lines_of_a_web_page() -> None:
    assert running("扫一扫在手机上查看当前页面\n推进改造。") == ["扫一扫在手机上查看当前页面"]


CONTENTS = {
    "leaders": ["目录", "第一章 总则……1", "第二章 任务…………5", "第三章 附则……9"],
    "numbers on lines of their own": ["目 录", "第一章 总则", "1", "………", "第二章 任务", "5", "………"],
    "two lines for the heading": ["目", "录", "一、基础....1", "二、要求....3", "三、任务....5"],
    "headings alone": ["目录", "第一章 总则", "第二章 任务", "第一节 指导思想", "第三章 附则"],
}


@pytest.mark.parametrize("entries", CONTENTS.values(), ids=CONTENTS)
def test_contents_end_where_the_text_begins(entries: list[str]) -> None:
    first = next(line for line in entries[1:] if line != "录").rstrip(".…1")
    assert contents(*entries, first, "以习近平生态文明思想为指导，推进工作。") == entries


def test_contents_end_before_the_title_and_the_preface() -> None:
    entries = ["目录", "第一章 总则 1", "第二章 任务 5", "第三章 附则 9"]
    body = ["某市规划", "为统筹推进工作，制定本规划。", "第一章 总则", "推进。"]
    assert contents(*entries, *body) == entries


def test_a_page_head_stands_apart_a_page_further_on() -> None:
    pages = "\n\n".join(f"某市人民政府行政规范性文件\n\n\n\n{BODY}第{page}页" for page in "一二三四")
    assert running(pages) == ["某市人民政府行政规范性文件"] * 4
    assert running("\n\n\n".join(["预期性", "约束性"] * 40)) == []
