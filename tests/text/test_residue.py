"""What the repairs leave broken is found, with its place: it is never published as if it were the plan's text."""

import pytest

from pipelines.text.residue import Trace, residue, told
from tests.samples import PLAN, TITLE, text_of

LINE = "依法加快城市建成区重污染企业搬迁改造或关闭退出"
TRACES = {
    "lost character": ("城?市", "a ? where a character was lost", "?"),
    "replacement character": ("城\ufffd市", "a ? where a character was lost", "\ufffd"),
    "reading of another character": ("城(shì)市(shì)", "a toned Latin letter of a reading", "ì"),
    "private-use character": ("城\ue5e6市", "a control or private-use character", "\ue5e6"),
    "no character at all": ("城\ufffe市", "a control or private-use character", "\ufffe"),
    "control character of Latin-1": ("城\x93市", "a control or private-use character", "\x93"),
    "Arabic digits": ("城٢٠市", "a digit of another script", "٢٠"),
    "bold digits": ("城𝟐𝟎市", "a digit of another script", "𝟐𝟎"),
    "tag": ("城<script>市", "a tag of HTML", "<script>"),
    "closing tag": ("城</p>市", "a tag of HTML", "</p>"),
    "comment": ("城<!-- 市", "a tag of HTML", "<!--"),
    "entity": ("城&nbsp;市", "a character reference of HTML", "&nbsp；"),
    "numbered entity": ("城&#8220;市", "a character reference of HTML", "&#8220；"),
    "escaped surrogate": (r"城\ud83d市", "an escape sequence", r"\ud83d"),
    "opening quote": ("城“市", "a bracket or quotation mark without its counterpart", "“"),
    "closing quote": ("城”市", "a bracket or quotation mark without its counterpart", "”"),
    "opening bracket": ("城（市", "a bracket or quotation mark without its counterpart", "（"),
    "closing bracket": ("城）市", "a bracket or quotation mark without its counterpart", "）"),
    "crossed pairs": ("“城（市”区）", "a bracket or quotation mark without its counterpart", "”"),
}


def traces(old: str, new: str) -> list[tuple[Trace, str]]:
    plan = text_of(PLAN.replace(old, new))
    raw = plan.source.raw
    found = residue(plan.text, raw, [(plan.start, plan.end)])
    return [(trace, raw[trace.start : trace.end]) for trace in found]


@pytest.mark.parametrize(("damage", "what", "where"), TRACES.values(), ids=TRACES)
def test_damage_is_found_at_its_place(damage: str, what: str, where: str) -> None:
    found = traces("加快城市", f"加快{damage}")
    trace = next(trace for trace, seed in found if (trace.what, seed) == (what, where.replace("；", ";")))
    assert trace.in_plan
    assert where in trace.context


@pytest.mark.parametrize("mark", ["=", "+", "-", "@"])
def test_a_bullet_is_no_damage(mark: str) -> None:
    assert traces(LINE, f"{mark}{LINE}") == []


def test_a_run_of_damage_is_one_trace() -> None:
    ((trace, seed),) = traces("加快城市", "加快" + "（" * 10_000 + "城市")
    assert seed == "（" * 10_000
    assert len(trace.context) < 60


WHOLE = {
    "range": "浓度控制在35-38微克/立方米",
    "scale": "PM2.5浓度≤35μg/m3，温度<5℃，规模>3吨",
    "ampersand": "支持R&D项目",
    "path": r"采用I/M制度和B\S架构",
    "nested quotes": "坚持“减煤、‘稳气’、增绿”原则",
    "nested brackets": "建设综合站（含分布式光伏（屋顶））",
    "title": "落实《行动方案（2022—2025年）》",
    "letters of items": "有关a）～f）的信息，依据d）中的数据",
    "number of a box": "专栏一.绿色低碳发展",
    "number of a day": "六.五环境日",
    "signs of Symbol and Wingdings": "浓度\uf0a335\uf06dg/m3，降低\uf0b10.5\uf0b0，\uf0d8全市",
    "brackets of a formula in Symbol": "排放\uf03d\uf0e9煤\uf02b油\uf0f9\uf0fc",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_what_is_whole_is_no_trace(text: str) -> None:
    assert traces(LINE, f"推进{text}") == []


def test_damage_outside_the_plan_is_told_apart() -> None:
    plan = text_of(f"工作动态?\n{TITLE}解读：见附件\n{PLAN}")
    (trace,) = residue(plan.text, plan.source.raw, [(plan.start, plan.end)])
    assert not trace.in_plan
    assert (trace.start, trace.end) == (4, 5)


def test_damage_of_one_kind_is_told_once_with_all_its_places() -> None:
    found = [trace for trace, _ in traces("加快城市", "加快?城?市（区")]
    lost, bracket = (sentence for _, sentence in told(found))
    assert lost.endswith(
        f"is a ? where a character was lost in “{found[0].context}”, and 1 more at offset {found[1].start}"
    )
    assert bracket.endswith(f"is a bracket or quotation mark without its counterpart in “{found[2].context}”")
