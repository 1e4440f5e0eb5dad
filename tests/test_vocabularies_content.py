"""What the curated lookup tables promise: codes that hold together, and names, units and titles of real plans in them."""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.agency_names import kind_of, resolved_name
from pipelines.vocabulary import load_vocabulary
from pipelines.vocabulary.rows import AgencyName

FOLDER = Path(__file__).parent.parent / "schemas" / "vocabularies"

COLUMNS = {
    "functions": "function_id label label_en national_counterpart national_counterpart_en label_short label_short_en",
    "agency_names": "as_printed full_name slug function_id name_en level",
    "agency_suffixes": "suffix function_id note",
    "units": "unit_id label label_en dimension ucum factor variants",
    "sectors": "sector_id label label_en eea_pam ipcc keywords priority",
    "indicators": "indicator_id label label_en definition_en dimension unit_id better sector_id about parent sdg climate_watch national_lists",
    "topic_codes": "code vocabulary label label_en instrument_class eea_pam capmf formula definition_en",
    "places": "place_id label label_en division_code province level short",
    "genres": "genre label label_en",
    "number_marks": "mark place_id example",
    "self_references": "word levels note",
    "title_subjects": "subject subject_en",
    "titles": "ending title_en genre",
    "zones": "zone place_id note",
}
MAY_BE_EMPTY = {
    "label_short",
    "label_short_en",
    "level",
    "ucum",
    "factor",
    "variants",
    "ipcc",
    "province",
    "note",
    "unit_id",
    "better",
    "about",
    "parent",
    "sdg",
    "climate_watch",
    "national_lists",
    "instrument_class",
    "eea_pam",
    "capmf",
    "formula",
}
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


TABLES = {name: rows(name) for name in COLUMNS}
NAMES, PLACES = TABLES["agency_names"], TABLES["places"]
EXACT = {row["as_printed"]: row for row in NAMES if "*" not in row["as_printed"]}
VOCABULARY = load_vocabulary()


def resolved(name: str) -> AgencyName | None:
    """The row for a printed name."""
    return resolved_name(name, VOCABULARY).entry


@pytest.mark.parametrize("name", COLUMNS)
def test_table_has_its_columns_and_one_row_per_key_in_order(name: str) -> None:
    key, *others = COLUMNS[name].split()
    assert [*TABLES[name][0]] == [key, *others]
    keys = [row[key] for row in TABLES[name]]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", COLUMNS)
def test_table_is_plain_utf8_with_unix_line_ends_and_no_blank_or_padded_cell(name: str) -> None:
    text = (FOLDER / f"{name}.csv").read_bytes().decode("utf-8")
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert text.endswith("\n")
    for row in TABLES[name]:
        for column, cell in row.items():
            may_be_empty = column in MAY_BE_EMPTY or (name, column) == ("agency_suffixes", "function_id")
            assert cell or may_be_empty, (row, column)
            assert cell == cell.strip(), (row, column)


@pytest.mark.parametrize("name", ["functions", "units", "sectors", "topic_codes", "places"])
def test_ids_are_ascii_words_joined_by_hyphens(name: str) -> None:
    assert [row for row in TABLES[name] if not SLUG.fullmatch(next(iter(row.values())))] == []


def _is_of_city(row: dict[str, str]) -> bool:
    """Whether a row is a county or district of a city, which is found by its whole name only: 鼓楼区 lies in four."""
    return row.get("level") == "county" and row["division_code"][2:4] != "90"


def _city(row: dict[str, str]) -> str:
    return row["division_code"][:4] if _is_of_city(row) else ""


@pytest.mark.parametrize("name", ["functions", "sectors", "topic_codes", "places"])
def test_labels_tell_rows_apart_in_both_languages(name: str) -> None:
    for column in ("label", "label_en"):
        labels = [(row[column], _city(row) if column == "label" else "") for row in TABLES[name]]
        repeated = [label for label, count in Counter(labels).items() if count > 1]
        assert repeated == []


# Agencies


def test_every_function_is_that_of_a_name_or_of_a_part_of_names() -> None:
    used = {row["function_id"] for row in NAMES}
    used |= {part.function_id for parts in VOCABULARY.name_parts.values() for part in parts}
    assert used - {""} == {row["function_id"] for row in TABLES["functions"]}


def test_slugs_are_ascii_and_levels_are_known() -> None:
    assert [row for row in NAMES if not SLUG.fullmatch(row["slug"])] == []
    assert {row["level"] for row in NAMES} == {"", "central"}


def test_a_formal_name_has_one_slug_one_function_and_one_english_name() -> None:
    facts = defaultdict(set)
    for row in NAMES:
        facts[row["full_name"]].add((row["slug"], row["function_id"], row["name_en"]))
    assert {name: found for name, found in facts.items() if len(found) > 1} == {}


def test_a_slug_has_one_function() -> None:
    functions = defaultdict(set)
    for row in NAMES:
        functions[row["slug"]].add(row["function_id"])
    assert {slug: found for slug, found in functions.items() if len(found) > 1} == {}


def test_a_formal_name_is_a_row_of_itself() -> None:
    """Except where the bare name would hide the row that takes a place: 重庆海关 is *海关, not Chongqing's 海关."""
    printed = {row["as_printed"]: row["full_name"] for row in NAMES}
    for row in NAMES:
        name = row["full_name"].removeprefix("=")
        if "{" in name:
            # 中共{label}委宣传部, 国家税务总局{label}税务局: the place stands inside it.
            bare = name.removeprefix("中共{label}")
            assert printed.get(bare) == row["full_name"] or re.sub(r"{\w+}", "*", name) in printed, row
            continue
        assert printed.get(name) == row["full_name"] or f"*{name}" in printed, row


def test_a_place_in_the_formal_name_comes_from_the_printed_name() -> None:
    for row in NAMES:
        assert row["as_printed"].count("*") == row["full_name"].count("*") <= 1, row


def test_organs_of_the_state_carry_their_complete_name() -> None:
    for row in NAMES:
        if row["full_name"].startswith("="):
            assert row["level"] == "central", row
    assert EXACT["国家发展改革委"]["full_name"] == "=国家发展和改革委员会"
    assert EXACT["国管局"]["full_name"] == "=国家机关事务管理局"


def test_printed_names_carry_no_level_word_of_their_own() -> None:
    """市生态环境局 is read as 市 and 生态环境局, so a row for it would never be needed."""
    for row in NAMES:
        rest = row["as_printed"].removeprefix("市")
        if rest in EXACT and rest != row["as_printed"]:
            assert EXACT[rest]["full_name"] != row["full_name"], row


@pytest.mark.parametrize(
    ("printed", "full_name"),
    [
        # Wuhan
        ("市发改委", "发展和改革委员会"),
        ("市经信局", "经济和信息化局"),
        ("市科技局", "科学技术局"),
        ("市生态环境局", "生态环境局"),
        ("市城建局", "城乡建设局"),
        ("市交通运输局", "交通运输局"),
        ("市园林林业局", "园林和林业局"),
        ("市地方金融局", "地方金融工作局"),
        ("市自然资源规划局", "自然资源和规划局"),
        ("市城管委", "城市管理执法委员会"),
        ("市市场监管局", "市场监督管理局"),
        ("市房管局", "住房保障和房屋管理局"),
        ("市供销社", "供销合作社联合社"),
        ("市邮政管理局", "邮政管理局"),
        ("人行武汉分行营管部", "中国人民银行*分行营业管理部"),
        ("各区人民政府", "各区人民政府"),
        # Chongqing
        ("市发展改革委", "发展和改革委员会"),
        ("市经济信息委", "经济和信息化委员会"),
        ("市规划自然资源局", "规划和自然资源局"),
        ("市住房城乡建委", "住房和城乡建设委员会"),
        ("市招商投资局", "招商投资促进局"),
        ("市教委", "教育委员会"),
        ("市商务委", "商务委员会"),
        ("市农业农村委", "农业农村委员会"),
        ("市政府口岸物流办", "人民政府口岸和物流办公室"),
        ("市金融监管局", "地方金融监督管理局"),
        ("市大数据发展局", "大数据发展局"),
        ("人行重庆营管部", "中国人民银行*营业管理部"),
        ("国家金融监督管理总局重庆监管局", "国家金融监督管理总局*监管局"),
        ("重庆证监局", "中国证券监督管理委员会*监管局"),
        ("重庆海关", "*海关"),
        ("市级有关部门", "市级有关部门"),
        ("各区县政府", "各区县人民政府"),
        # Shenyang
        ("市工信局", "工业和信息化局"),
        ("市房产局", "房产局"),
        ("市城乡建设局", "城乡建设局"),
        ("市机关事务管理局", "机关事务管理局"),
        ("文旅局", "文化和旅游局"),
        ("市执法局", "城市管理综合行政执法局"),
        ("市政公用局", "市政公用局"),
        ("中国人民银行辽宁省分行营业管理部", "中国人民银行*省分行营业管理部"),
        ("各区、县、市人民政府", "各区、县、市人民政府"),
        ("各相关部门", "各相关部门"),
        # Sanming
        ("市委宣传部", "中共{label}委宣传部"),
        ("市政府办", "人民政府办公室"),
        ("市妇联", "妇女联合会"),
        ("住建局", "住房和城乡建设局"),
        ("城管局", "城市管理局"),
        ("税务局", "国家税务总局{label}税务局"),
        ("人民银行三明中心支行", "中国人民银行*中心支行"),
        ("银保监分局", "中国银行保险监督管理委员会{short}监管分局"),
        # Provinces, the nation and other cities
        ("省工信厅", "工业和信息化厅"),
        ("省住建厅", "住房和城乡建设厅"),
        ("省管局", "直属机关事务管理局"),
        ("自治区林草局", "林业和草原局"),
        ("市场监管厅", "市场监督管理厅"),
        ("南昌铁路局", "中国铁路*局集团有限公司"),
        ("国网福建省电力公司", "国网*省电力有限公司"),
        ("民航宁夏监管局", "中国民用航空*安全监督管理局"),
        ("湖南银保监局", "中国银行保险监督管理委员会*监管局"),
        ("文广体旅局", "文化广电体育和旅游局"),
        ("各设区市人民政府和平潭综合实验区管委会", "各设区市人民政府和平潭综合实验区管委会"),
        ("生态环境部", "=生态环境部"),
        ("银保监会", "=中国银行保险监督管理委员会"),
    ],
)
def test_name_in_a_responsibility_bracket_has_its_formal_name(printed: str, full_name: str) -> None:
    row = resolved(printed)
    assert row is not None
    assert row.full_name == full_name


@pytest.mark.parametrize(
    "names",
    [
        ("发改委", "发展改革委", "发展和改革委员会", "发改局", "发展改革局"),
        ("交通局", "交通运输局", "交通委", "交通运输厅"),
        ("工信局", "工业和信息化局", "经信委", "经信厅"),
        ("各区县政府", "各区、县、市人民政府", "各县（市、区）人民政府", "各县市区政府"),
        ("有关部门", "各相关部门", "市级有关部门", "各有关单位"),
    ],
)
def test_names_of_one_body_of_a_place_share_a_slug(names: tuple[str, ...]) -> None:
    assert len({EXACT[name]["slug"] for name in names}) == 1


def test_local_and_national_financial_regulators_are_two() -> None:
    local, national = resolved("市金融监管局"), resolved("国家金融监督管理总局重庆监管局")
    assert local is not None
    assert national is not None
    assert (local.function_id, national.function_id) == (
        "local-financial-regulation",
        "financial-regulation",
    )


@pytest.mark.parametrize(
    ("name", "function_id", "name_en"),
    [
        ("海洋与渔业执法监察局", "marine", "Oceans, Fisheries, Enforcement and Supervision Bureau"),
        ("文化旅游委", "culture-tourism", "Culture and Tourism Commission"),
        ("气候处", "internal-offices", "Climate Division"),
        ("环境监测中心", "ecology-environment", "Environmental Monitoring Centre"),
        ("绿色建筑协会", "other-mass-organisations", "Green Building Association"),
        ("散装水泥办公室", "industry-it", "Bulk Cement Office"),
        ("青浦区机管局", "government-offices-administration", "Government Offices Administration"),
        ("市政府国资委", "state-assets", "State-owned Assets Supervision and Administration Commission"),
        ("平潭综合实验区管委会", "development-zone-administration", ""),
    ],
)
def test_a_name_that_no_row_knows_is_what_its_parts_or_its_ending_say(
    name: str, function_id: str, name_en: str
) -> None:
    kind = kind_of(name.removeprefix("市") if "政府" in name else name, VOCABULARY)
    assert kind is not None
    assert (kind.function_id, kind.name_en) == (function_id, name_en)


@pytest.mark.parametrize(
    "name",
    [
        "工业和信息化",
        "四川― 4",
        "星际航行局",
        "建立健全政策体系的管委会",
        "持续推进",
        "―网信办",
        "局",
        "责任",
    ],
)
def test_what_is_damaged_or_no_name_is_not_made_known(name: str) -> None:
    assert kind_of(name, VOCABULARY) is None


def test_names_made_of_parts_have_the_function_that_their_rows_say() -> None:
    """The rule for names that no row knows, held against all rows: what it reads, it reads right seven times of eight."""
    unlisted = replace(VOCABULARY, agency_names=())
    read = [
        (kind.function_id == row["function_id"])
        for row in NAMES
        if (kind := kind_of(row["as_printed"], unlisted))
    ]
    assert len(read) > 1200
    assert sum(read) / len(read) > 7 / 8


def test_words_of_responsibility_and_parts_of_names_stand_once_and_in_order() -> None:
    for name, key in (
        ("duty_words", ("word", "position")),
        ("agency_words", ("word", "kind")),
        ("agency_parts", ("part", "kind")),
    ):
        keys = [tuple(row[column] for column in key) for row in rows(name)]
        assert keys == sorted(set(keys))


def test_every_example_of_a_word_of_responsibility_is_read_as_its_row_says() -> None:
    words = VOCABULARY.duties
    for row in rows("duty_words"):
        assert row["word"] in row["example"], row
        if row["position"] == "label":
            match = words.label.search(row["example"], row["example"].find(row["word"]))
            assert match is not None, row
            assert words.labelled(match["label"]) == row["role"], row
        elif row["role"]:
            assert row["role"] in words.roles(row["word"]), row


def test_every_formal_name_of_a_body_ends_like_one() -> None:
    endings = tuple(row["suffix"] for row in TABLES["agency_suffixes"])
    groups = {
        "local-government",
        "relevant-departments",
        "development-zone-administration",
        "enterprises",
        "schools",
        "party-committee",
    }
    for row in NAMES:
        if row["function_id"] not in groups and not row["full_name"].startswith("="):
            assert row["full_name"].endswith(endings), row


# Units


def test_a_printed_unit_means_one_unit() -> None:
    printed = Counter(
        form for row in TABLES["units"] for form in (row["label"], *filter(None, row["variants"].split("|")))
    )
    assert [form for form, count in printed.items() if count > 1] == []


def test_factors_are_numbers_and_multipliers_are_no_units() -> None:
    for row in TABLES["units"]:
        assert not row["factor"] or float(row["factor"]) > 0, row
        assert not row["label"].startswith(("万千", "万吨", "亿")), row


@pytest.mark.parametrize(
    ("label", "unit_id", "ucum"),
    [
        ("%", "percent", "%"),
        ("个百分点", "percentage-point", ""),
        ("亩", "mu", ""),
        ("公里", "kilometre", "km"),
        ("立方米", "cubic-metre", "m3"),
        ("平方米", "square-metre", "m2"),
        ("吨/日", "tonne-per-day", "t/d"),
        ("蒸吨/小时", "steam-tonne-per-hour", ""),
        ("吨标准煤", "tonne-standard-coal", ""),
        ("千瓦", "kilowatt", "kW"),
        ("微克/立方米", "microgram-per-cubic-metre", "ug/m3"),
        ("台", "machine", "{machine}"),
        ("个", "thing", "{thing}"),
        ("家", "establishment", "{establishment}"),
        ("天", "day", "d"),
    ],
)
def test_unit_of_real_targets(label: str, unit_id: str, ucum: str) -> None:
    found = [(row["unit_id"], row["ucum"]) for row in TABLES["units"] if row["label"] == label]
    assert found == [(unit_id, ucum)]


@pytest.mark.parametrize(
    ("unit_id", "factor"),
    [
        ("mu", 2000 / 3),
        ("tonne-standard-coal", 29.3076e9),
        ("kilowatt-hour", 3.6e6),
        ("tonne-per-day", 1000 / 86400),
    ],
)
def test_factor_to_si(unit_id: str, factor: float) -> None:
    found = [float(row["factor"]) for row in TABLES["units"] if row["unit_id"] == unit_id]
    assert found == [pytest.approx(factor, rel=1e-12)]


# Sectors


def sector(title: str) -> str:
    for row in sorted(TABLES["sectors"], key=lambda row: int(row["priority"])):
        if any(keyword in title for keyword in row["keywords"].split("|")):
            return row["sector_id"]
    return "general"


def test_a_keyword_belongs_to_one_sector_and_priorities_are_an_order() -> None:
    keywords = Counter(word for row in TABLES["sectors"] for word in row["keywords"].split("|"))
    assert [word for word, count in keywords.items() if count > 1] == []
    priorities = [int(row["priority"]) for row in TABLES["sectors"]]
    assert len(set(priorities)) == len(priorities)


def test_general_comes_last_so_that_it_is_the_fallback() -> None:
    assert max(TABLES["sectors"], key=lambda row: int(row["priority"]))["sector_id"] == "general"


def test_sectors_use_the_names_of_the_european_database_of_policies_and_measures() -> None:
    assert {row["eea_pam"] for row in TABLES["sectors"]} <= {
        "Energy supply", "Energy consumption", "Transport", "Industrial processes", "Agriculture",
        "LULUCF", "Waste management", "Other", "Cross-cutting",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "sector_id"),
    [
        ("指导思想", "general"),
        ("扎实实施碳达峰行动", "carbon-peaking"),
        ("强化生态环境分区管控", "spatial-zoning"),
        ("坚决遏制高耗能高排放项目盲目发展", "access-control"),
        ("严把生态环境准入关", "access-control"),
        ("推进清洁生产和能源资源节约高效利用", "energy"),
        ("推动能源绿色低碳转型", "energy"),
        ("加快形成绿色低碳生活方式", "consumption-lifestyle"),
        ("推动工业领域高效低碳升级", "industry"),
        ("高水平推进交通运输协同增效", "transport"),
        ("推进城乡建设绿色低碳发展", "buildings"),
        ("强化农业领域减排固碳", "agriculture"),
        ("高起点推进生态建设协同增效", "land-use-forestry"),
        ("推进林业领域协同增效", "land-use-forestry"),
        ("推动碳排放达峰与空气质量改善协同", "air"),
        ("水污染与碳排放协同治理", "water"),
        ("推进土壤污染治理协同控制", "soil"),
        ("推进固体废物污染防治协同控制", "waste"),
        ("提升大宗固废综合利用水平", "waste"),
        ("建立健全区域协同创新体系", "pilots-innovation"),
        ("推动产业园区试点减污降碳协同增效", "pilots-innovation"),
        ("鼓励企业积极参与协同创新", "pilots-innovation"),
        ("创新引领美丽三明建设", "pilots-innovation"),
        ("深化环评与碳评管理统筹", "regulation-standards"),
        ("深入推进排污许可与碳排放协同管理", "regulation-standards"),
        ("积极发挥市场交易机制作用", "market-mechanisms"),
        ("完善环境和应对气候变化信用评价机制", "market-mechanisms"),
        ("完善金融财政支持政策", "finance-economy"),
        ("强化减污降碳经济政策", "finance-economy"),
        ("完善减污降碳法规标准", "regulation-standards"),
        ("培育协同管理长效机制", "regulation-standards"),
        ("加强协同技术研发应用", "science-technology"),
        ("促进产学研用深度融合", "science-technology"),
        ("提升减污降碳基础能力", "monitoring-capacity"),
        ("加强组织领导", "governance"),
        ("加强宣贯交流", "governance"),
        ("强化对外合作", "governance"),
        ("加强考核督察", "governance"),
    ],
)
def test_title_of_a_clause_has_its_sector(title: str, sector_id: str) -> None:
    assert sector(title) == sector_id


# Places


def test_all_provinces_and_prefectures_are_there() -> None:
    assert Counter(row["level"] for row in PLACES) == {
        "national": 1, "provincial": 34, "municipal": 333, "county": len([r for r in PLACES if r["level"] == "county"]),
    }  # fmt: skip


def test_division_codes_are_six_digits_and_a_place_each() -> None:
    codes = [row["division_code"] for row in PLACES]
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_a_code_begins_like_that_of_its_province_and_ends_as_its_level_does() -> None:
    code_of = {row["place_id"]: row["division_code"] for row in PLACES}
    for row in PLACES:
        code = row["division_code"]
        if row["level"] == "national":
            assert (code, row["province"]) == ("000000", "")
        else:
            assert code[:2] == code_of[row["province"]][:2], row
            assert {
                "provincial": code[2:] == "0000",
                "municipal": code[2:4] != "00" and code[4:] == "00",
            }.get(row["level"], code[4:] != "00"), row


def test_the_short_name_opens_the_label_and_is_of_one_place() -> None:
    short = Counter(row["short"] for row in PLACES if not _is_of_city(row))
    assert [name for name, count in short.items() if count > 1] == []
    for row in PLACES:
        assert row["short"] in row["label"] or row["short"] == "海南州", row


@pytest.mark.parametrize(
    ("place_id", "label", "code", "province", "level"),
    [
        ("wuhan", "武汉市", "420100", "hubei", "municipal"),
        ("chongqing", "重庆市", "500000", "chongqing", "provincial"),
        ("shenyang", "沈阳市", "210100", "liaoning", "municipal"),
        ("sanming", "三明市", "350400", "fujian", "municipal"),
        ("wuzhou", "梧州市", "450400", "guangxi", "municipal"),
        ("changsha", "长沙市", "430100", "hunan", "municipal"),
        ("suzhou", "苏州市", "320500", "jiangsu", "municipal"),
        ("suzhou-anhui", "宿州市", "341300", "anhui", "municipal"),
        ("taizhou-jiangsu", "泰州市", "321200", "jiangsu", "municipal"),
        ("taizhou-zhejiang", "台州市", "331000", "zhejiang", "municipal"),
        ("shaanxi", "陕西省", "610000", "shaanxi", "provincial"),
        ("shanxi", "山西省", "140000", "shanxi", "provincial"),
        ("inner-mongolia", "内蒙古自治区", "150000", "inner-mongolia", "provincial"),
        ("jilin-city", "吉林市", "220200", "jilin", "municipal"),
        ("nagqu", "那曲市", "540600", "tibet", "municipal"),
        ("danzhou", "儋州市", "460400", "hainan", "municipal"),
        ("xiantao", "仙桃市", "429004", "hubei", "county"),
    ],
)
def test_place(place_id: str, label: str, code: str, province: str, level: str) -> None:
    found = [
        (r["label"], r["division_code"], r["province"], r["level"])
        for r in PLACES
        if r["place_id"] == place_id
    ]
    assert found == [(label, code, province, level)]
