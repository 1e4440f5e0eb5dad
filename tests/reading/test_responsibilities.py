"""Responsibility brackets of real plans: who is named, in which role, whom later clauses inherit."""

import pytest

from pipelines.reading.agencies import Agency, Home, Restored, agencies_of, restored
from pipelines.reading.responsibilities import Responsibility, responsibility
from pipelines.text.provenance import Text
from pipelines.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def read(bracket: str) -> Responsibility:
    return responsibility(Text.of(bracket), None, VOCABULARY)


def named(bracket: str) -> list[tuple[str, str]]:
    return [(name.text.string, name.role) for name in read(bracket).named]


def home(division_code: str, *stated: str) -> Home:
    place = VOCABULARY.place_coded(division_code)
    assert place is not None
    return Home(place, frozenset(stated), VOCABULARY)


def agency(division_code: str, name: str, *stated: str) -> Agency:
    return agencies(division_code, name, stated=stated)[0]


def agencies(division_code: str, *names: str, stated: tuple[str, ...] = ()) -> list[Agency]:
    printed = [Restored(name) for name in names]
    found = agencies_of(printed, home(division_code, *stated))
    return [found[name] for name in printed]


ROLES = [
    ("市生态环境局负责", [("市生态环境局", "sole")]),
    ("生态环境部牵头负责", [("生态环境部", "lead")]),
    ("市级有关部门、各区县政府按职责分工负责", [("市级有关部门", "shared"), ("各区县政府", "shared")]),
    (
        "市生态环境局、市发展改革委牵头负责，各区县人民政府分工负责",
        [("市生态环境局", "lead"), ("市发展改革委", "lead"), ("各区县人民政府", "shared")],
    ),
    (
        "省交通运输厅、发改委牵头，省工信厅、公安厅等按职责分工负责",
        [("省交通运输厅", "lead"), ("发改委", "lead"), ("省工信厅", "shared"), ("公安厅", "shared")],
    ),
    (
        "责任单位：市委宣传部，市政府办，市发改委、生态环境局，市妇联等按职责分工负责",
        [
            ("市委宣传部", "shared"),
            ("市政府办", "shared"),
            ("市发改委", "shared"),
            ("生态环境局", "shared"),
            ("市妇联", "shared"),
        ],
    ),
    (
        "牵头单位：市发展改革委；配合单位：市财政局、市水务局",
        [("市发展改革委", "lead"), ("市财政局", "support"), ("市水务局", "support")],
    ),
    ("市农业农村局负责，市供销社配合", [("市农业农村局", "sole"), ("市供销社", "support")]),
    ("各园区管委会贯彻落实", [("各园区管委会", "shared")]),
    (
        "各县区人民政府、高新区管委会组织落实",
        [("各县区人民政府", "shared"), ("高新区管委会", "shared")],
    ),
    ("市农牧局牵头，市水务局等部门和单位配合落实", [("市农牧局", "lead"), ("市水务局", "support")]),
    ("市住房城乡建设局", [("市住房城乡建设局", "sole")]),
    ("市住房城乡建设局等", [("市住房城乡建设局", "shared")]),
    ("市农业农村局负责，市供销社等配合", [("市农业农村局", "sole"), ("市供销社", "support")]),
]


@pytest.mark.parametrize(("bracket", "expected"), ROLES)
def test_roles(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert named(bracket) == expected


def test_inherited_and_its_nested_bracket() -> None:
    found = read(
        "市发改委、人行武汉分行营管部等按职责分工落实，以下均需各区人民政府（含开发区、长江新区、风景区管委会）落实，不再列出"
    )
    assert [(name.text.string, name.role) for name in found.inherited] == [("各区人民政府", "shared")]
    assert [name.text.string for name in found.named] == ["市发改委", "人行武汉分行营管部", "各区人民政府"]
    assert found.is_open_ended


def test_group_whose_name_holds_commas_is_named_once() -> None:
    bracket = "市生态环境局、市自然资源局按职责分工负责，各区、县、市人民政府配合，以下均需各区、县、市人民政府配合，不再列出"
    assert named(bracket)[-1] == ("各区、县、市人民政府", "support")
    assert [name.role for name in read(bracket).inherited] == ["support"]


def test_two_agencies_joined_by_and() -> None:
    assert [name for name, _ in named("设区市人民政府和平潭综合实验区管委会负责")] == [
        "设区市人民政府",
        "平潭综合实验区管委会",
    ]
    assert [name for name, _ in named("市发展和改革委员会、市工业和信息化局负责")] == [
        "市发展和改革委员会",
        "市工业和信息化局",
    ]


def test_carried_city_prefix() -> None:
    names = ["市生态环境局", "自然资源局", "市场监管局", "人民银行三明中心支行", "发改委"]
    assert [name.string for name in restored(names, home("350400"))] == [
        "市生态环境局",
        "市自然资源局",
        "市市场监管局",
        "人民银行三明中心支行",
        "市发改委",
    ]


def test_a_list_that_turns_to_another_place_carries_its_name() -> None:
    names = ["重庆市能源局", "市经济信息委", "四川省能源局", "省发展改革委", "生态环境厅"]
    full = restored(names, home("500000"))
    assert [name.string for name in full[2:]] == ["四川省能源局", "省发展改革委", "省生态环境厅"]
    found = agencies_of(full, home("500000"))
    assert [found[name].agency_id for name in full] == [
        "chongqing/energy",
        "chongqing/industry-it",
        "sichuan/energy",
        "sichuan/development-reform",
        "sichuan/ecology-environment",
    ]


@pytest.mark.parametrize(
    ("division_code", "printed", "name", "level"),
    [
        ("350400", "省生态环境厅", "福建省生态环境厅", "provincial"),
        ("340212", "区发改委", "繁昌区发展和改革委员会", "county"),
        ("340212", "繁昌区发改委", "繁昌区发展和改革委员会", "county"),
        ("340212", "市生态环境局", "芜湖市生态环境局", "municipal"),
        ("340212", "市场监管局", "繁昌区市场监督管理局", "county"),
        ("500112", "市生态环境局", "重庆市生态环境局", "provincial"),
        ("350481", "市生态环境局", "永安市生态环境局", "county"),
    ],
)
def test_a_level_word_tells_the_place(division_code: str, printed: str, name: str, level: str) -> None:
    found = agency(division_code, printed)
    assert (found.name, found.level) == (name, level)


def test_two_short_forms_are_one_agency() -> None:
    first, second = agencies("420100", "市发展改革委", "市发改委")
    assert first == second
    assert (first.name, first.short_name) == ("武汉市发展和改革委员会", "市发改委")
    assert first.name_basis == "curated"


def test_what_the_text_prints_in_full_is_stated() -> None:
    printed = ("重庆市交通局", "重庆市住房和城乡建设委员会")
    transport = agency("500000", "市交通局", *printed)
    assert (transport.name, transport.name_basis) == ("重庆市交通局", "stated")
    assert agency("500000", "市住房城乡建委", *printed).name == "重庆市住房和城乡建设委员会"


def test_city_whose_department_begins_with_another_city_character() -> None:
    assert agency("210100", "市政公用局").name == "沈阳市市政公用局"


def test_branch_of_a_central_body() -> None:
    bank = agency("500000", "人行重庆营管部")
    assert (bank.name, bank.level) == ("中国人民银行重庆营业管理部", "central")


def test_name_nobody_knows_is_kept_and_marked() -> None:
    unknown = agency("420100", "市星际航行局")
    assert (unknown.name, unknown.function_id, unknown.is_known) == ("武汉市星际航行局", "", False)


FORMAL_NAMES = [
    ("市委宣传部", "中共三明市委宣传部"),
    ("中共三明市委宣传部", "中共三明市委宣传部"),
    ("税务局", "国家税务总局三明市税务局"),
    ("国家税务总局三明市税务局", "国家税务总局三明市税务局"),
    ("银保监分局", "中国银行保险监督管理委员会三明监管分局"),
    ("三明银保监分局", "中国银行保险监督管理委员会三明监管分局"),
    ("团市委", "共青团三明市委员会"),
]


@pytest.mark.parametrize(("printed", "name"), FORMAL_NAMES)
def test_the_place_can_stand_inside_a_formal_name(printed: str, name: str) -> None:
    assert agency("350400", printed).name == name


def test_governments_of_a_list_share_what_the_last_of_them_prints() -> None:
    names = [each.text.string for each in read("市水利局，三元区、永安市、大田县人民政府负责").named]
    assert names == ["市水利局", "三元区", "永安市", "大田县人民政府"]
    full = [name.string for name in restored(names, home("350400"))]
    assert full == ["市水利局", "三元区人民政府", "永安市人民政府", "大田县人民政府"]
    governments = agencies("350400", *full[1:])
    assert {(one.function_id, one.level) for one in governments} == {("local-government", "county")}


@pytest.mark.parametrize(
    "bracket", ["市生态环境局会同负责", "会同", "（牵头）", "、", "责任单位：", "牵头：", "市级牵头单位："]
)
def test_a_bracket_that_breaks_off_is_no_error(bracket: str) -> None:
    assert all(name.text.string for name in read(bracket).named)


def test_a_department_of_two_levels_is_two_agencies() -> None:
    names = [name for name, _ in named("市、区机管局，市、区人民政府按职责分工负责")]
    assert names == ["市", "区机管局", "市、区人民政府"]
    own, districts, _ = full = restored(names, home("310000"))
    found = agencies_of(full, home("310000"))
    assert (found[own].name, found[own].is_group) == ("上海市机关事务管理局", False)
    assert (found[districts].name, found[districts].is_group) == ("上海市各区机管局", True)
    assert found[districts].level == "county"
    assert [name.string for name in restored(["省", "市财政局"], home("330200"))] == ["省财政局", "市财政局"]


def test_a_note_inside_a_name_is_no_part_of_it() -> None:
    ((name, _),) = named("各市（含定州、辛集市，下同）相关主管部门负责")
    assert [one.string for one in restored([name], home("130000"))] == ["各市相关主管部门"]
