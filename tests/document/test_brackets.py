"""Where a paragraph says who is responsible, and what looks like it and is none."""

import pytest

from pipelines.document.brackets import bracket_in_heading, brackets, is_duty_line, is_responsibility
from pipelines.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def found(paragraph: str) -> list[str]:
    return [paragraph[one.start : one.end] for one in brackets(paragraph, 0, len(paragraph), VOCABULARY)]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("市发改委、市经信局按职责分工落实", True),
        ("市住房城乡建设局、市发展改革委、市自然资源规划局等", True),
        ("以下简称“三线一单”", False),
        ("含运渣车", False),
        ("土建改造部分", False),
        ("市发改委（牵头）、市经信局", True),
        ("市生态环境局、市财政局，排在第一位的为牵头单位，下同", True),
        ("完成时限：2022年6月底；责任单位：市水务局", True),
        ("完成时限：2022年6月底", False),
        ("责任人：张三", False),
        ("包括机关、事业单位按职责分工负责的部分", False),
        ("安徽省合肥联合发电有限公司", False),
        ("2021年12月11日生态环境部令第24号公布自2022年2月8日起施行", False),
        ("本文件可通过电子邮件或传真等方式传达企业", False),
    ],
)
def test_responsibility_bracket_or_ordinary_one(inner: str, expected: bool) -> None:
    assert is_responsibility(inner, True, VOCABULARY) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("责任单位：市生态环境局、市公安局", True),
        ("责 任 单 位：市生态环境局", True),
        ("市级牵头单位: 市发展改革委", True),
        ("完成时限：2022年底；责任单位：市水务局", True),
        ("完成时限：2022年底", False),
        ("各责任单位要加强沟通", False),
        ("责任单位要切实发挥作用", False),
    ],
)
def test_lines_of_those_responsible(line: str, expected: bool) -> None:
    assert is_duty_line(line, VOCABULARY) is expected


def test_a_labelled_bracket_inside_a_sentence() -> None:
    paragraph = (
        "推进散煤治理（责任部门：大气环境处，完成期限：持续推进）。加强监管（责任部门：气候处）配合省厅。"
    )
    assert found(paragraph) == ["责任部门：大气环境处，完成期限：持续推进", "责任部门：气候处"]


def test_labels_without_a_bracket_end_with_their_sentences() -> None:
    assert found("给予资助。责任单位：市科技局。2.给予奖励。牵头单位：市发改委。配合单位：市财政局。") == [
        "责任单位：市科技局",
        "牵头单位：市发改委。配合单位：市财政局",
    ]


def test_a_list_behind_a_label_goes_on_over_lines() -> None:
    assert found("推进改造。\n责任单位：\n市财政局、\n市经信局\n二、保障措施") == [
        "责任单位：\n市财政局、\n市经信局"
    ]


def test_a_sentence_that_says_whose_duty_it_is_has_no_label() -> None:
    assert found("牵头单位为市财政局的项目，要加强调度。") == []
    assert found("推进改造。（牵头单位为市财政局，配合单位为市经信局）") == [
        "牵头单位为市财政局，配合单位为市经信局"
    ]


def test_a_bracket_that_never_closes_hides_none_behind_it() -> None:
    assert found("建设（一期工程。（市财政局负责）推进改造。（市经信局负责）") == [
        "市财政局负责",
        "市经信局负责",
    ]


def test_a_bracket_that_a_page_cut_off_is_read_by_its_label() -> None:
    assert found("推进改造。（责任单位：市财政局、市经信局") == ["责任单位：市财政局、市经信局"]


def test_where_the_text_goes_on() -> None:
    paragraph = "编制清单。（市生态环境局负责）。推进改造。"
    (one,) = brackets(paragraph, 0, len(paragraph), VOCABULARY)
    assert (paragraph[: one.opening], paragraph[one.closing :]) == ("编制清单。", "推进改造。")


def test_a_bracket_in_a_heading() -> None:
    heading = "优化产业布局（市发展改革局负责）"
    one = bracket_in_heading(heading, VOCABULARY)
    assert one is not None
    assert (heading[: one.opening], heading[one.start : one.end]) == ("优化产业布局", "市发展改革局负责")
    assert bracket_in_heading("推广新能源车辆（含运渣车）", VOCABULARY) is None


def test_many_brackets_are_looked_through_once() -> None:
    assert found("（" * 10_000 + "责任单位：" * 5_000) != []
    assert len(found("（市财政局负责）" * 5_000)) == 5_000
