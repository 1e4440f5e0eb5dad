"""What each passage of a document is; every character that is not white space lies in exactly one leaf."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.document.blocks import Block, leaves
from pipelines.errors import PipelineError
from pipelines.package.build import document_plans
from pipelines.seeds.sources import SourceRow, read_errata, read_source, read_sources
from pipelines.vocabulary import load_vocabulary
from tests.samples import PLAN, SEEDS, TITLE, text_of

PAGE = "\n— {} —\n"
LINES = [
    "第一章 总则",
    "第一节 指导思想",
    "第一条 为了保护环境，制定本条例。",
    "一、总体要求",
    "二、重点任务",
    "（一）节能。推进节能。",
    "（二）降碳",
    "1.完善制度。健全标准。",
    "（1）应当披露的内容。企业名称。",
    "①煤炭",
    "1.1 适用范围",
    "专栏1 重点工程",
    "专栏2",
    "——多元化技术：百兆瓦级。",
    "- 推进改造。",
    "目录",
    "第一章 总则……………1",
    "前言",
    "到2025年，持续改善。",
    "推进工业、建筑、交通等领域",
    "（市生态环境局、市发改委按职责分工负责）",
    "责任单位：市经信局",
    "指标 2020年 2025年",
    "单位GDP能耗降低（%） — 13.5 约束性",
    "注：以2020年为基数。",
    "附件2",
    "抄送：市委办公厅。",
    "2022年3月28日印发",
    "— 3 —",
    "12",
    "**加粗**",
    "\ufeff",
    "<p>标签</p>",
]


def blocks(*lines: str) -> tuple[Block, ...]:
    return text_of("\n".join([TITLE, *lines]) + "\n").document.blocks


def outline(*lines: str) -> list[tuple[int, str, str, str]]:
    """Level, kind, label and title of all that is a heading."""
    found = (block for block in blocks(*lines) if block.kind in ("heading", "box", "annex"))
    return [(block.level, block.kind, block.label, block.title) for block in found]


def assert_partition(raw: str, found: tuple[Block, ...]) -> None:
    times = [0] * len(raw)
    for leaf in leaves(found):
        for place in range(leaf.start, leaf.end):
            times[place] += 1
    odd = [(place, raw[place]) for place in range(len(raw)) if not raw[place].isspace() and times[place] != 1]
    assert odd == []
    by_position = {block.position: block for block in found}
    for block in found:
        if block.parent is not None:
            above = by_position[block.parent]
            assert above.position < block.position
            assert above.start <= block.start < block.end <= above.end


@pytest.mark.parametrize("row", read_sources(SEEDS), ids=lambda row: row.document_id)
def test_the_leaves_make_up_a_seed(row: SourceRow) -> None:
    errata = read_errata(SEEDS, read_sources(SEEDS))
    source = read_source(SEEDS, row, errata[row.document_id])
    assert_partition(source.raw, document_plans(source, load_vocabulary(), SEEDS)[0].document.blocks)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["\n", "\n\n", PAGE.format(7)]))
def test_the_leaves_make_up_any_document(lines: list[str], between: str) -> None:
    raw = between.join([TITLE, *lines, "全面落实。"])
    try:
        found = text_of(raw).document.blocks
    except PipelineError:
        return
    assert_partition(raw, found)


OUTLINES = {
    "chapters, clauses and items": (
        ["一、重点任务", "（一）节能降碳", "1.工业领域。推广设备。", "2.建筑领域。推进改造。", "（二）扩绿。造林。", "二、保障措施"],
        ["1 一、 重点任务", "2 （一） 节能降碳", "3 1. 工业领域", "3 2. 建筑领域", "2 （二） 扩绿", "1 二、 保障措施"],
    ),
    "第一章 above 第一节 above 一、": (
        ["第一章 总体要求", "第一节 指导思想", "一、坚持系统观念", "推进。", "第二节 主要目标", "第二章 任务", "推进。"],
        ["1 第一章 总体要求", "2 第一节 指导思想", "3 一、 坚持系统观念", "2 第二节 主要目标", "1 第二章 任务"],
    ),
    "chapters above 一、 numbered through": (
        ["第一章 形势", "一、变革", "推进。", "二、阶段", "推进。", "第二章 方针", "三、思想", "推进。"],
        ["1 第一章 形势", "2 一、 变革", "2 二、 阶段", "1 第二章 方针", "2 三、 思想"],
    ),
    "items that stand right under a chapter": (
        ["一、规划引领", "1.落实理念。推进。", "二、要素保障", "2.加快调整。推进。"],
        ["1 一、 规划引领", "2 1. 落实理念", "1 二、 要素保障", "2 2. 加快调整"],
    ),
    "articles": (
        ["第一章 总则", "第一条 为了保护环境，制定本条例。", "第二章 附则", "第二条 本条例自公布之日起施行。"],
        ["1 第一章 总则", "2 第一条 为了保护环境，制定本条例", "1 第二章 附则", "2 第二条 本条例自公布之日起施行"],
    ),
    "what an article opens with a colon is its list": (
        [
            "第一条 本细则中下列用语的含义：",
            "（一）温室气体：指二氧化碳。",
            "（二）碳排放：是指排放。",
            "第二条 本细则自印发之日起施行。",
        ],
        ["1 第一条 本细则中下列用语的含义", "1 第二条 本细则自印发之日起施行"],
    ),
    "what an article opens with a colon has headings of its own": (
        [
            "第七条 试点申报应符合下列条件：",
            "（一）主体清晰。申报主体为各县（市、区）人民政府。",
            "（二）权属清晰。试点区域内林权清晰。",
        ],
        ["1 第七条 试点申报应符合下列条件", "2 （一） 主体清晰", "2 （二） 权属清晰"],
    ),
    "the last of a list is like the others": (
        ["第一条 符合下列条件的：", "（一）属于行业;", "（二）年度排放量达到26万吨。", "第二条（解释）", "由厅负责。"],
        ["1 第一条 符合下列条件的", "1 第二条 解释"],
    ),
    "items that all begin with a short sentence": (
        [
            "（二）基本原则",
            "1．因地制宜，突出重点。以碳达峰为核心，构建体系。",
            "2．政府引导，市场推动。充分发挥政府作用。",
            "3．以人为本，全面发展。坚持系统观念。",
        ],
        ["1 （二） 基本原则", "2 1． 因地制宜，突出重点", "2 2． 政府引导，市场推动", "2 3． 以人为本，全面发展"],
    ),
    "a heading behind a sentence, and behind the number of a page": (
        [
            "（一）提升农业。促进农业发展提质增效。  （二）提升服务业低碳发展水平。加快转型，促进融合。",
            "9 二、保障措施",
            "加强组织领导。",
        ],
        ["1 （一） 提升农业", "1 （二） 提升服务业低碳发展水平", "1 二、 保障措施"],
    ),
    "the mark of the plan that a letter carries": (
        ["附件", "一、发展形势", "能源发展加快。"],
        ["1 一、 发展形势"],
    ),
    "an article with its title in brackets": (
        ["第一条（扶持对象）", "纳入考核的用能单位。"],
        ["1 第一条 扶持对象"],
    ),
    "numbers with points": (
        ["1.1 适用范围", "本指南适用于发电设施。", "1.2 术语", "下列术语适用。", "1.2.1 排放源", "指设施。"],
        ["1 1.1 适用范围", "1 1.2 术语", "2 1.2.1 排放源"],
    ),
    "a heading on its own line above a text, and a list": (
        ["一、任务", "1.优化管理体制。", "健全机构。", "2.提供下列材料：", "1.申报书；", "2.证明。"],
        ["1 一、 任务", "2 1. 优化管理体制"],
    ),
    "a box beside an item": (
        ["一、任务", "（一）行动", "1.设计。推行绿色设计。", "专栏1 重点工程", "汽车制造。开展设计。", "（二）转型。推进。"],
        ["1 一、 任务", "2 （一） 行动", "3 1. 设计", "3 专栏1 重点工程", "2 （二） 转型"],
    ),
    "a box that is called by the line below": (
        ["一、任务", "（一）攻关", "专栏1", "技术攻关重点方向", "——多元化技术：电池。", "（二）融合。推进。"],
        ["1 一、 任务", "2 （一） 攻关", "3 专栏1 技术攻关重点方向", "2 （二） 融合"],
    ),
    "what looks like a chapter and is the rest of a sentence": (
        ["一、建筑", "推广获得", "一、二星级评价标识的项目。"],
        ["1 一、 建筑"],
    ),
    "a number in the short sentence of one item among headings": (
        ["一、任务", "（一）降碳", "1.开展PM2.5和O3协同控制。推进改造。", "2.深化改革。推进改造。", "3.优化结构。推进改造。"],
        ["1 一、 任务", "2 （一） 降碳", "3 1. 开展PM2.5和O3协同控制", "3 2. 深化改革", "3 3. 优化结构"],
    ),
    "an annex, in which the numbers begin anew": (
        ["一、任务", "推进。", "附件2", "分工方案", "一、工业", "推进。"],
        ["1 一、 任务", "1 附件2 分工方案", "2 一、 工业"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "found"), OUTLINES.values(), ids=OUTLINES)
def test_headings_and_what_they_stand_under(lines: list[str], found: list[str]) -> None:
    assert [f"{level} {label} {title}" for level, _, label, title in outline(*lines)] == found


def test_a_page_number_inside_a_paragraph_is_a_block_of_its_own() -> None:
    text = PLAN.replace("加大污染严重地区", "加大污— 2 —".replace("— 2 —", "\n— 2 —\n") + "染严重地区")
    plan = text_of(text)
    assert "加大污染严重地区结构调整" in plan.text.string
    inside = [block for block in plan.document.blocks if block.kind == "running"]
    assert [plan.source.raw[block.start : block.end] for block in inside] == ["— 2 —"]
    parents = {block.position: block for block in plan.document.blocks}
    assert inside[0].parent is not None
    assert parents[inside[0].parent].kind in ("heading", "paragraph")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("责任单位：市生态环境局、市财政局", "duty"),
        ("注：以2020年为基数。", "note"),
        ("——推进改造。", "item"),
        ("推进改造。", "paragraph"),
    ],
)
def test_kinds_of_passages(line: str, kind: str) -> None:
    (found,) = [
        block for block in blocks("一、任务", "（一）节能", "节能。", line, "降碳。") if _is(block, line)
    ]
    assert found.kind == kind


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (["（新华社北京2021年10月21日电）"], ["foot"]),
        (["联系电话：（025）85287269", "地址：青年路560号"], ["foot"]),
        (["温州市财政局 温州市住房和城乡建设局"], ["foot"]),
        (
            ["附件：1.低碳发展实践区创建名单", "2.低碳社区创建名单", "上海市生态环境局", "2022年1月27日"],
            ["foot"],
        ),
        (["附件1", "承诺函", "我单位承诺推进改造。", "单位（签章）"], ["annex", "foot"]),
    ],
)
def test_what_stands_behind_a_plan(lines: list[str], kinds: list[str]) -> None:
    found = blocks("一、任务", "（一）节能", "推进节能。", *lines)
    assert [block.kind for block in found if block.parent is None][-len(kinds) :] == kinds
    assert "unknown" not in {block.kind for block in found}


def test_a_heading_is_not_the_last_of_a_plan() -> None:
    lines = [
        "（二）加强指导监督",
        "市生态环境局负责对上海碳普惠体系建设与运营工作开展指导监督",
        "上海市生态环境局",
    ]
    found = blocks("一、任务", "（一）节能", "推进节能。", *lines)
    assert [block.kind for block in found][-4:] == ["heading", "paragraph", "paragraph", "foot"]


def test_a_title_breaks_inside_its_brackets() -> None:
    lines = "市政办发〔\n2022〕91号\n白银市人民政府办公室\n关于印发《白银市“十四五”生态环境保护\n规划（\n2021\n-2025）》的通知\n"
    plan = text_of(
        f"{lines}各县、区人民政府：\n现印发给你们，请认真执行。\n一、任务\n（一）节能\n推进节能。\n"
    )
    assert plan.title.string.endswith("关于印发《白银市“十四五”生态环境保护规划（2021-2025）》的通知")
    assert plan.title.string.startswith("白银市人民政府办公室")


def _is(block: Block, line: str) -> bool:
    raw = f"{TITLE}\n一、任务\n（一）节能\n节能。\n{line}\n降碳。\n"
    return re.sub(r"\s", "", raw[block.start : block.end]) == line
