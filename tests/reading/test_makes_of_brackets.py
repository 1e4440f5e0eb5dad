"""Brackets of many makes, each in its paragraph: who is found in it, in which role, and whom later clauses inherit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document.brackets import brackets
from pipelines.reading.responsibilities import agencies_in, assignment_in, order_of, responsibility
from pipelines.text.provenance import Text
from pipelines.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
MAKES = [
    (
        "推进改造。牵头单位：市发展改革委；责任单位：市财政局、市住建局，各区（市）县政府（管委会）；完成时限：2022年12月底前。",
        "市发展改革委:lead 市财政局:shared 市住建局:shared 各区（市）县政府:shared",
    ),
    (
        "责任单位：市生态环境局、市公安局、市交通运输局按职责分工负责",
        "市生态环境局:shared 市公安局:shared 市交通运输局:shared",
    ),
    ("牵头单位：市生态环境局", "市生态环境局:lead"),
    (
        "牵头部门：省发展改革委配合部门：省工业和信息化厅、省生态环境厅",
        "省发展改革委:lead 省工业和信息化厅:support 省生态环境厅:support",
    ),
    (
        "建设充电桩。（由市发展改革委牵头，市住建局、市交通运输局配合）",
        "市发展改革委:lead 市住建局:support 市交通运输局:support",
    ),
    ("建设充电桩（由市发展改革委负责）。", "市发展改革委:sole"),
    (
        "开展整治。（市生态环境局牵头，市经信局、市公安局等部门配合，各县（市、区）人民政府落实）",
        "市生态环境局:lead 市经信局:support 市公安局:support 各县（市、区）人民政府:shared",
    ),
    ("开展整治。（市生态环境局牵头、市经信局配合）", "市生态环境局:lead 市经信局:support"),
    ("开展整治。【市生态环境局、市经信局分别负责】", "市生态环境局:shared 市经信局:shared"),
    (
        "开展整治。〔省生态环境厅牵头，省发改委、工信厅参与〕",
        "省生态环境厅:lead 省发改委:support 工信厅:support",
    ),
    (
        "开展整治。（责任单位：市发改委，列第一位的为牵头单位，下同；市经信局）",
        "市发改委:lead 市经信局:shared",
    ),
    (
        "开展整治。（市发展改革委、市工业和信息化局、市生态环境局，排在第一位的为牵头单位，下同）",
        "市发展改革委:lead 市工业和信息化局:shared 市生态环境局:shared",
    ),
    ("开展整治。（责任领导：张三；责任单位：市水务局）", "市水务局:sole"),
    ("开展整治。（责任单位：市水务局；责任人：李四，王五；完成时限：长期坚持）", "市水务局:sole"),
    ("开展整治。（市水务局负责，2022年6月底前完成）", "市水务局:sole"),
    (
        "开展整治。（完成时限：2022年6月底前；责任单位：市水务局、市住建局）",
        "市水务局:shared 市住建局:shared",
    ),
    (
        "开展整治。（市住建局牵头，会同市城管局、市水务局实施）",
        "市住建局:lead 市城管局:support 市水务局:support",
    ),
    ("开展整治。（市住建局会同市城管局、市水务局负责）", "市住建局:lead 市城管局:support 市水务局:support"),
    (
        "开展整治。（各市、县（市、区）人民政府，省直有关部门按职责分工负责）",
        "各市、县（市、区）人民政府:shared 省直有关部门:shared",
    ),
    (
        "开展整治。（各镇人民政府、街道办事处，区农业农村局）",
        "各镇人民政府:shared 街道办事处:shared 区农业农村局:shared",
    ),
    ("开展整治。（各镇（街道）、区直有关部门）", "各镇（街道）:shared 区直有关部门:shared"),
    ("开展整治。（责任单位：气候处、大气处，环科院）", "气候处:shared 大气处:shared 环科院:shared"),
    ("开展整治。（责任单位：国网重庆市电力公司、市能源局）", "国网重庆市电力公司:shared 市能源局:shared"),
    (
        "开展整治。（国家发展改革委、工业和信息化部、生态环境部、国家能源局等按职责分工负责，地方各级人民政府落实）",
        "国家发展改革委:shared 工业和信息化部:shared 生态环境部:shared 国家能源局:shared 地方各级人民政府:shared",
    ),
    (
        "开展整治。（省工信厅、发改委、生态环境厅按职责分工负责）",
        "省工信厅:shared 发改委:shared 生态环境厅:shared",
    ),
    (
        "开展整治。（牵头单位：县生态环境分局，配合单位：县住建局、县水利局、各乡镇人民政府）",
        "县生态环境分局:lead 县住建局:support 县水利局:support 各乡镇人民政府:support",
    ),
    ("开展整治。（主办：市城管委；协办：市住建局）", "市城管委:lead 市住建局:support"),
    (
        "开展整治。（牵头单位：市发展改革委，参加单位：市经济信息委、市生态环境局）",
        "市发展改革委:lead 市经济信息委:support 市生态环境局:support",
    ),
    (
        "编制清单。（市生态环境局负责）推进改造。（市经信局牵头，市财政局配合）推广应用。",
        "市生态环境局:sole 市经信局:lead 市财政局:support",
    ),
    ("市生态环境局要会同有关部门（单位）抓好落实。", ""),
    ("各有关部门按职责分工，密切配合。", ""),
    ("由市发展改革委牵头，会同市财政局建立联席会议制度。", ""),
    ("建立健全机制（以下简称“机制”）。", ""),
    ("健全体系（党委领导、政府负责、部门配合）。", ""),
    (
        "开展整治。（省生态环境厅、省发展改革委按职责分工负责；以下各项任务均需各市政府落实，不再列出）",
        "省生态环境厅:shared 省发展改革委:shared 各市政府:shared | 各市政府:shared",
    ),
    (
        "（十）加强宣传。（市委宣传部、市生态环境局、团市委、市妇联等）",
        "市委宣传部:shared 市生态环境局:shared 团市委:shared 市妇联:shared",
    ),
    (
        "1.优化结构。责任单位：市发展改革委、市经济和信息化局，各县（市、区）人民政府，济宁高新区、太白湖新区、济宁经济技术开发区管委会。",
        "市发展改革委:shared 市经济和信息化局:shared 各县（市、区）人民政府:shared 济宁高新区:shared 太白湖新区:shared 济宁经济技术开发区管委会:shared",
    ),
    ("责任单位：市发展改革委（市能源局）、市住房城乡建设局", "市发展改革委:shared 市住房城乡建设局:shared"),
    (
        "推进。（牵头单位：市发展和改革委员会、市住房和城乡建设局，责任单位：市工业和信息化局）",
        "市发展和改革委员会:lead 市住房和城乡建设局:lead 市工业和信息化局:shared",
    ),
    (
        "推进。（市商务局、市发展改革委、市供销社，各区县政府分工负责；市财政局、市税务局配合）",
        "市商务局:shared 市发展改革委:shared 市供销社:shared 各区县政府:shared 市财政局:support 市税务局:support",
    ),
    (
        "推进。（市交通委、市公安局交管局、市城管执法局按照各自职责分工落实）",
        "市交通委:shared 市公安局交管局:shared 市城管执法局:shared",
    ),
    ("推进。（实施主体：各区政府；推进单位：市住房城乡建设委）", "各区政府:shared 市住房城乡建设委:shared"),
    ("推进。（配合单位：市财政局）", "市财政局:support"),
    (
        "推进。（责任单位：市生态环境局牵头，市水利局、市住房和城乡建设局按职责分工负责）",
        "市生态环境局:lead 市水利局:shared 市住房和城乡建设局:shared",
    ),
    ("推进。（市级牵头单位：市发展改革委；责任主体：各县市区政府）", "市发展改革委:lead 各县市区政府:shared"),
    ("推进。[责任单位：市水利局]", "市水利局:sole"),
    (
        "推进。（市政府办公室、市行政审批制度改革工作领导小组办公室牵头，市级各有关部门及各县市区政府按职责分工负责）",
        "市政府办公室:lead 市行政审批制度改革工作领导小组办公室:lead 市级各有关部门:shared 各县市区政府:shared",
    ),
    (
        "给予资助。责任单位：市委组织部、市科技局。2.对实际投资2亿元以上的项目给予奖励。责任单位：市发改委、市财政局。",
        "市委组织部:shared 市科技局:shared 市发改委:shared 市财政局:shared",
    ),
    (
        "（责任单位：市高院、市公安局、市规划资源局、上海银保监局等；各区政府）",
        "市高院:shared 市公安局:shared 市规划资源局:shared 上海银保监局:shared 各区政府:shared",
    ),
    (
        "推进。（责任部门：市住房城乡建设管理委、市交通委（市道运局）、市交警总队）",
        "市住房城乡建设管理委:shared 市交通委:shared 市交警总队:shared",
    ),
    ("推进。（市发展改革委牵头负责，市直相关部门按职责分工配合）", "市发展改革委:lead 市直相关部门:support"),
    (
        "推进。（责任单位：市自然资源和规划局、市农业农村局、市林业和园林局和各县区政府）",
        "市自然资源和规划局:shared 市农业农村局:shared 市林业和园林局:shared 各县区政府:shared",
    ),
    ("推进。（各区政府、市住房城乡建设局负总责）", "各区政府:shared 市住房城乡建设局:shared"),
    ("推进。（市工业和信息化局主抓，市财政局协抓）", "市工业和信息化局:lead 市财政局:support"),
    (
        "推进。（科技部、工业和信息化部、国家能源局等按职责分工负责，中国石油、中国石化、国家电网参与）",
        "科技部:shared 工业和信息化部:shared 国家能源局:shared 中国石油:support 中国石化:support 国家电网:support",
    ),
    (
        "推进。（省能源局、省发展改革委、省自然资源厅、省水利厅、省生态环境厅，有关市、县人民政府按职责分工负责）",
        "省能源局:shared 省发展改革委:shared 省自然资源厅:shared 省水利厅:shared 省生态环境厅:shared 有关市、县人民政府:shared",
    ),
    (
        "推进。（各盟行政公署、市人民政府，自治区发展改革委、能源局）",
        "各盟行政公署:shared 市人民政府:shared 自治区发展改革委:shared 能源局:shared",
    ),
    (
        "〔市生态环境局牵头，市发展和改革局、工业和信息化局、自然资源局参与，各县、区人民政府（管委会）负责落实。以下各项工作均需各县、区人民政府（管委会）落实，不再列出。〕",
        "市生态环境局:lead 市发展和改革局:support 工业和信息化局:support 自然资源局:support 各县、区人民政府:shared | 各县、区人民政府:shared",
    ),
    (
        "推进。（市生态环境局、发展和改革局牵头督导，市公安局、自然资源局、住房和城乡建设局配合）",
        "市生态环境局:lead 发展和改革局:lead 市公安局:support 自然资源局:support 住房和城乡建设局:support",
    ),
    (
        "推进。（省科技厅、工业和信息化厅按职责分工负责，各地级以上市人民政府结合实际落实）",
        "省科技厅:shared 工业和信息化厅:shared 各地级以上市人民政府:shared",
    ),
    (
        "推进。（中央组织部、最高人民法院、最高人民检察院、教育部、共青团中央等按职责分工负责）",
        "中央组织部:shared 最高人民法院:shared 最高人民检察院:shared 教育部:shared 共青团中央:shared",
    ),
    (
        "推进。（工信部、公安部、应急管理部、国家消防救援局）",
        "工信部:shared 公安部:shared 应急管理部:shared 国家消防救援局:shared",
    ),
    ("推进。（市场监管部门、行业主管部门负责）", "市场监管部门:shared 行业主管部门:shared"),
    (
        "推进。（市发展改革委统筹，市工业和信息化局、市生态环境局等按职责分工推进）",
        "市发展改革委:shared 市工业和信息化局:shared 市生态环境局:shared",
    ),
    (
        "推进。（市重点项目推进中心、市投资促进局、市协同办负责）",
        "市重点项目推进中心:shared 市投资促进局:shared 市协同办:shared",
    ),
    (
        "推进。（责任单位：市金融监管局、市市场监管局、国家金融监督管理总局三明监管分局）",
        "市金融监管局:shared 市市场监管局:shared 国家金融监督管理总局三明监管分局:shared",
    ),
    (
        "推进。（牵头单位为市财政局，配合单位为市经信局、市科技局）",
        "市财政局:lead 市经信局:support 市科技局:support",
    ),
    (
        "推进。\n责任单位（列第一位的为牵头单位）：市财政局、市经信局",
        "市财政局:lead 市经信局:shared",
    ),
    ("推进。\n责任单位：\n市财政局、\n市经信局", "市财政局:shared 市经信局:shared"),
    ("推进。（完成时限：2022年6月底；市财政局、市经信局负责）", "市财政局:shared 市经信局:shared"),
    ("责任单位：市工信局市财政局各县区政府", "市工信局:shared 市财政局:shared 各县区政府:shared"),
    ("责任单位：市委市政府督查室、市政府办公室", "市委市政府督查室:shared 市政府办公室:shared"),
]


def read(paragraph: str) -> str:
    text, order = Text.of(paragraph), order_of(paragraph, VOCABULARY.duties)
    found = [
        responsibility(text[each.start : each.end], None, VOCABULARY, order)
        for each in brackets(paragraph, 0, len(paragraph), VOCABULARY)
    ]
    named = [f"{one.text.string}:{one.role}" for said in found for one in said.named]
    inherited = [f"{one.text.string}:{one.role}" for said in found for one in said.inherited]
    return " ".join([*named, "|", *inherited] if inherited else named)


@pytest.mark.parametrize(("paragraph", "expected"), MAKES, ids=[paragraph for paragraph, _ in MAKES])
def test_who_is_responsible(paragraph: str, expected: str) -> None:
    assert read(paragraph) == expected


WORDS = [
    ("市水务局负责", ["负责"]),
    ("市发展改革委、市财政局等按职责分工负责", ["按职责分工负责"] * 2),
    ("市发展改革委、市财政局等按照各自职责分工抓好落实", ["按照各自职责分工"] * 2),
    ("市发展改革委牵头负责，市财政局配合", ["牵头", "配合"]),
    ("责任单位：市财政局", ["责任单位"]),
    ("责 任 单 位：市财政局", ["责 任 单 位"]),
    ("责任单位：市生态环境局牵头，市水利局等按职责分工负责", ["牵头", "按职责分工负责"]),
    ("责任单位：市政府办，市发改委、工信局等按职责分工负责", ["按职责分工负责"] * 3),
    ("责任单位：市财政局；市水利局负责", ["责任单位", "负责"]),
    ("牵头单位：市发展改革委，市科技局；配合单位：市财政局", ["牵头单位", "牵头单位", "配合单位"]),
    ("市住建局会同市城管局负责", ["会同", "会同"]),
    ("市发改委（牵头）、市经信局", ["牵头", ""]),
    ("市财政局、市科技局", ["", ""]),
    ("省财政厅牵头，省科技厅，人民银行武汉分行配合", ["牵头", "配合", "配合"]),
]


@pytest.mark.parametrize(("bracket", "words"), WORDS, ids=[bracket for bracket, _ in WORDS])
def test_the_words_that_gave_a_role_are_kept_and_the_vocabulary_maps_them_to_it(
    bracket: str, words: list[str]
) -> None:
    named = responsibility(Text.of(bracket), None, VOCABULARY).named
    assert [one.role_as_written for one in named] == words
    for one in named:
        assert one.role_as_written in bracket
        if one.role_as_written:
            assert one.role in VOCABULARY.duties.roles(one.role_as_written)
        else:
            assert one.role in ("shared", "sole")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "园区循环化发展工程由国家发展改革委会同工业和信息化部等部门组织实施",
            "国家发展改革委:lead 工业和信息化部:support",
        ),
        (
            "再制造产业高质量发展行动由国家发展改革委、工业和信息化部会同有关部门组织实施",
            "国家发展改革委:lead 工业和信息化部:lead 有关部门:support",
        ),
        (
            "确需开展补充调查的，由自然资源部门牵头、林业部门配合组织实施",
            "自然资源部门:lead 林业部门:support",
        ),
        # what an agency does in general
        ("市发展改革委发挥办公室统筹协调作用，会同有关部门强化统筹协调和督促指导", ""),
        ("省发展改革委要加强统筹协调，会同相关部门统筹推进本方案组织实施", ""),
        # no work is divided
        ("领导小组日常工作由省地方金融监管局负责", ""),
        ("本办法由毕节市林业局会同市生态环境局、市自然资源和规划局负责解释", ""),
        # no agency carries it out
        ("重大行政决策事项范围，由市生态环境主管部门会同有关部门拟订，由市人民政府批准后公布实施", ""),
        ("由所在师市落实水质改善方案的编制和实施", ""),
        ("各责任单位要加强协作，形成合力", ""),
    ],
)
def test_a_running_sentence_says_who_is_responsible_if_it_divides_the_work(
    sentence: str, expected: str
) -> None:
    who = assignment_in(Text.of(sentence), VOCABULARY)
    named = responsibility(who, None, VOCABULARY).named if who else ()
    assert " ".join(f"{one.text.string}:{one.role}" for one in named) == expected


def test_a_legend_says_what_order_means_for_the_brackets_that_follow() -> None:
    order = order_of(
        "（责任单位：重庆市能源局、市经济信息委；四川省能源局；两省市列首位的为牵头单位，下同）",
        VOCABULARY.duties,
    )
    assert order is not None
    assert VOCABULARY.duties.roles(order.as_written) == {"lead"}
    bracket = "责任单位：重庆市交通局、市公安局；四川省交通运输厅、公安厅；中国铁路成都局集团公司"
    named = responsibility(Text.of(bracket), None, VOCABULARY, order).named
    assert [(one.text.string, one.role) for one in named] == [
        ("重庆市交通局", "lead"),
        ("市公安局", "shared"),
        ("四川省交通运输厅", "lead"),
        ("公安厅", "shared"),
        ("中国铁路成都局集团公司", "shared"),
    ]
    alone = responsibility(Text.of("责任单位：重庆市能源局"), None, VOCABULARY, order).named
    assert [one.role for one in alone] == ["sole"]


@pytest.mark.parametrize(
    "legend",
    [
        "两省市列首位的为牵头单位",
        "排在第一位的为牵头单位",
        "列第一位的为牵头单位",
        "排名第一的部门为牵头部门",
        "排第一位的单位为牵头单位",
    ],
)
def test_legends(legend: str) -> None:
    assert VOCABULARY.duties.order.search(f"{legend}，下同") is not None


def test_cells_of_a_task_table() -> None:
    cell = Text.of("市发展改革委、市财政局\n各区人民政府")
    assert [(one.text.string, one.role) for one in agencies_in(cell, VOCABULARY, "配合单位").named] == [
        ("市发展改革委", "support"),
        ("市财政局", "support"),
        ("各区人民政府", "support"),
    ]
    assert [one.role for one in agencies_in(Text.of("市水务局"), VOCABULARY, "责任单位（部门）").named] == [
        "sole"
    ]
    assert [one.role for one in agencies_in(Text.of("市水务局"), VOCABULARY, "牵头单位").named] == ["lead"]


TOKENS = [
    "市财政局",
    "省科技厅",
    "各区人民政府",
    "县",
    "、",
    "，",
    "；",
    "。",
    "（",
    "）",
    "〔",
    "〕",
    "责任单位：",
    "牵头单位：",
    "配合单位：",
    "完成时限：",
    "2022年",
    "牵头",
    "配合",
    "负责",
    "按职责分工负责",
    "会同",
    "由",
    "等",
    "以下均需",
    "不再列出",
    "下同",
    "列第一位的为牵头单位",
    "和",
    "落实",
    "组织",
]


@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=20).map("".join))
def test_whatever_a_bracket_says_each_role_is_one_that_its_words_can_stand_for(bracket: str) -> None:
    said = responsibility(Text.of(bracket), None, VOCABULARY, order_of(bracket, VOCABULARY.duties))
    for one in (*said.named, *said.inherited):
        assert one.text.string.strip() == one.text.string != ""
        allowed = VOCABULARY.duties.roles(one.role_as_written) if one.role_as_written else {"shared", "sole"}
        assert one.role in allowed
