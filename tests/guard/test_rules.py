"""Each rule on a planted fault, and on the right cells beside it; the texts are those of the plans."""

import inspect
import re
from datetime import date
from pathlib import Path

import pytest

from pipelines.guard.rules import RULES

COAL = "全市煤炭占能源消费总量的比重下降至30%以内"
FERTILISER = "三大粮食作物化肥、农药利用率均达到43%"
BRACKET = "市生态环境局、市发展改革委牵头负责，各区县人民政府分工负责"
END_2025 = date(2025, 12, 31)

# Rule, right cells, wrong cells, what it says of them.
FAULTS: list[tuple[str, tuple[object, ...], tuple[object, ...], str]] = [
    ("no_formula", ("到2025年",), ("=1+1",), "formula"),
    ("no_formula", ("- 3 -",), ("-2+3+cmd|' /C calc'!A0",), "formula"),
    ("no_formula", ("\n",), ("\t=1",), "formula"),
    ("no_formula", ("市发改委",), ("@SUM(A1)",), "formula"),
    ("simplified", ("减污降碳协同增效",), ("减污降碳協同增效",), "協 is 协"),
    ("full_width", ("污染防治，降碳（VOCs）",), ("污染防治,降碳",), "half-width ','"),
    ("undamaged", ("降低VOCs排放",), ("沈阳(yáng)市",), "reading"),
    ("undamaged", ("地热、生物质能",), ("地?、生物质能",), "broken copy"),
    ("undamaged", ("地热、生物质能",), ("地热\u200b、生物质能",), "broken copy"),
    ("balanced", ("“十四五”期间",), ("十四五”期间",), "counterpart"),
    ("balanced", ("（含渣车）",), ("（含渣车",), "counterpart"),
    ("tidy", ("市发改委",), ("市发改委 ",), "blank"),
    ("english", ("Wuhan Water Affairs Bureau",), ("Wuhan 水务局",), "Chinese"),
    ("english", ("Ürümqi",), ("%",), "no English word"),
    ("chinese", ("吨",), ("tonne",), "no Chinese"),
    ("whole_name", ("重庆海关",), ("重庆市*海关",), "'*'"),
    ("equal", (None, None), (None, 3), "expected 3"),
    ("maybe_equal", (9873, None), (9873, 9870), "expected 9870"),
    ("same_text", ("到2025年", "到2025年"), ("到2025年", "到2026年"), "character 5"),
    ("after_previous", (12, 12), (10, 12), "goes on to 12"),
    ("inside", (5, 9, 0, 9), (5, 10, 0, 9), "0 to 9"),
    ("inside", (5, 9, 0, 9), (9, 9, 0, 9), "empty"),
    ("within", ("43%", FERTILISER), ("43%", COAL), "does not hold it"),
    ("nothing_absent", ("wuhan", ()), ("wuhan", ("sanming",)), "sanming"),
    ("as_promised", ("wuhan", ()), ("wuhan", ("label: expected 武汉市",)), "武汉市"),
    (
        "title_of_place",
        ("武汉市减污降碳协同增效实施方案", "Implementation Plan of Wuhan", "Wuhan", ()),
        ("沈阳市减污降碳协同增效实施方案", "Implementation Plan of Wuhan", "Wuhan", ("沈阳市",)),
        "沈阳市",
    ),
    (
        "number_printed",
        ("武环〔2023〕55号", ("原标题：武环〔2023〕55 号 市生态环境局",), date(2023, 5, 11), False),
        ("武环〔2023〕56号", ("原标题：武环〔2023〕55 号 市生态环境局",), date(2023, 5, 11), False),
        "no copy",
    ),
    (
        "date_printed",
        (date(2023, 5, 11), ("武汉市农业农村局\n\n2023年5月11日\n",), False),
        (date(2023, 5, 12), ("武汉市农业农村局\n\n2023年5月11日\n",), False),
        "no copy",
    ),
    ("issuers_named", ("wuhan-synergy", 6, False), ("wuhan-synergy", 0, False), "no-issuers"),
    (
        "begins_with_title",
        (0, "武汉市实施方案\n\n为深入推进", "武汉市实施方案"),
        (0, "《武汉市实施方案》印发", "武汉市实施方案"),
        "《武汉市",
    ),
    ("ends_whole", (9, "纳入生态环境相关考核。"), (9, "纳入生态环境相关"), "环境相关"),
    ("same_clauses", (0, "（一）甲\n（二）乙", "（一）甲\n（二）乙"), (0, "（一）甲", "（一）甲\n（二）乙"), "二"),
    ("same_end", (9, "纳入考核体系。", "逐步纳入考核体系。"), (9, "逐步纳入考核。", "纳入督察。"), "督察"),
    ("script_of", ("Hant", 0.13), ("Hans", 0.13), "traditional"),
    ("stands_alone", ("武汉市城乡建设局", " ", "\n"), ("武汉市生态环境局", "，", "发"), "发"),
    ("unspaced", ("加快BIM技术应用",), ("加快 BIM 技术应用",), "快"),
    ("at_its_mention", (5665, True), (5644, False), "another place"),
    (
        "name_of_place",
        ("武汉市水务局", "wuhan", ("武汉市", "武汉")),
        ("汉市水务局", "wuhan", ("武汉市", "武汉")),
        "武汉市",
    ),
    (
        "short_name_printed",
        ("市商务局", ("商务局",), "sanming", ("三明市", "三明")),
        ("商务局", ("商务局",), "sanming", ("三明市", "三明")),
        "level word",
    ),
    (
        "whole_quote",
        ("协同度得到有效提升", "milestone", None, "格局基本形成；", "。"),
        ("到2025年，格局基本形", "milestone", None, "", "成"),
        "成",
    ),
    (
        "whole_quote",
        ("到2025年，格局基本形成，协同度得到有效提升", "milestone", None, "（一）", "；"),
        ("地区生产总值二氧化碳排放持续下降", "milestone", None, "主要污染物排放总量持续减少，单位", "；"),
        "before it stands",
    ),
    (
        "whole_quote",
        ("到2025年，推广“替、引；扩”措施", "milestone", None, "", "。"),
        ("到2025年，格局基本形成；协同度得到有效提升", "milestone", None, "", "。"),
        "mark ；",
    ),
    (
        "quote_opens",
        ("建设充电基础设施3万台以上", "quantified", ""),
        ("充电基础设施3万台以上", "quantified", "建设"),
        "建设",
    ),
    (
        "number_shared",
        ("x/3.4/t1", "quantified", FERTILISER, "43%", 2),
        ("x/3.4/t1", "quantified", FERTILISER, "43%", 1),
        "2 indicators",
    ),
    (
        "number_shared",
        ("x/4.4/t1", "quantified", "风电、太阳能发电总装机容量达到430万千瓦以上", "430万千瓦", 1),
        ("x/4.4/t1", "quantified", "主要农作物化肥、农药使用量比2020年减少10%以上", "10%", 1),
        "2 indicators",
    ),
    (
        "number_shared",
        ("x/3.5/t9", "quantified", "绿色防控、统防统治覆盖率分别达到55%、45%", "55%", 1),
        ("x/2.2/t2", "quantified", "秸秆综合利用率、农用残膜回收率达到90%", "90%", 1),
        "2 indicators",
    ),
    (
        "paragraph_whole",
        (None, "到2025年，格局基本形成。", "\n"),
        (None, "到2025年，格局基本形成。\n\n到2030年，能力显著提升。", "\n"),
        "two paragraphs",
    ),
    ("paragraph_whole", (2, "（二）主要目标\n到2025年，", "。"), (None, "协同度得到有效提升。", "。"), "no line break"),
    ("paragraph_apart", (None, 2, "市生态环境局负责"), (None, 2, None), "clause 2"),
    ("agency_of_place", ("wuhan/water", "wuhan"), ("wuhan/water", "shenyang"), "shenyang/"),
    (
        "name_in_vocabulary",
        ("wuhan/x", "武汉市发展和改革委员会", "市发改委", (), ("会",), ("市发改委",), ("武汉市",)),
        ("wuhan/x", "武汉市财政局", "市发改委", (), ("局",), ("市发改委",), ("武汉市",)),
        "spells out 市发改委",
    ),
    (
        "name_in_vocabulary",
        ("x/y", "重庆市教育委员会", "市教委", ("教育委员会",), (), ("市教委",), ("重庆市", "重庆")),
        ("x/y", "重庆市教育局", "市教委", ("教育委员会",), (), ("市教委",), ("重庆市", "重庆")),
        "教育委员会",
    ),
    (
        "name_in_vocabulary",
        ("x/y", "中国人民银行三明中心支行", "人行", ("中国人民银行*中心支行",), (), ("人行",), ("三明市",)),
        ("x/y", "武汉市发展改革委员会", "市发改委", ("发展和改革委员会",), (), ("市发改委",), ("武汉市",)),
        "发展和改革委员会",
    ),
    (
        "agency_in_vocabulary",
        ("wuhan/water", "water", "Wuhan Water Affairs Bureau", (("water", "Water Affairs Bureau"),)),
        ("wuhan/water", "finance", "Wuhan Water Affairs Bureau", (("water", "Water Affairs Bureau"),)),
        "function water",
    ),
    (
        "english_of_place",
        ("Wuhan Water Affairs Bureau", "wuhan", "Wuhan"),
        ("Shenyang Water Affairs Bureau", "wuhan", "Wuhan"),
        "Wuhan",
    ),
    ("agency_level", ("municipal", ("municipal",)), ("county", ("municipal",)), "municipal"),
    ("group_by_name", (True, "各区人民政府"), (False, "各区人民政府"), "group"),
    ("basis_of_name", ("curated", "武汉市水务局", ("市水务局",)), ("stated", "武汉市水务局", ("市水务局",)), "no plan"),
    (
        "agency_named",
        ("市发改委", "wuhan/development-reform", ("武汉市发展和改革委员会", "市发改委"), ("development-reform",)),
        ("市发改委", "wuhan/finance", ("武汉市财政局", "市财政局"), ("development-reform",)),
        "development-reform",
    ),
    (
        "agency_of_plan",
        ("wuhan/water", "市水务局", "wuhan", "municipal", ("武汉市",), ("wuhan", "hubei")),
        ("shenyang/water", "市水务局", "shenyang", "municipal", ("沈阳市",), ("wuhan", "hubei")),
        "shenyang",
    ),
    ("number_read", (14, "（十四）推进固体废物污染防治协同控制。"), (15, "（十四）推进固体废物污染防治协同控制。"), "14"),
    ("title_read", ("指导思想", "（一）指导思想。\n以结构调整为关键"), ("思想", "（一）指导思想。\n以结构调整"), "指导思想"),
    ("chapter_heading", ("总体要求", 1, {1: "总体要求"}), ("目标", 1, {1: "总体要求"}), "一、总体要求"),
    ("numbered_in_turn", (8, 7, False, False), (9, 7, False, False), "number 7"),
    ("chapters_in_turn", (3, 2, False), (4, 2, False), "number 2"),
    ("nothing_between", ("x/2.1", "\n\n三、优化环境治理\n\n"), ("x/2.1", "\n（二）强化管控。"), "强化管控"),
    ("role_of_clause", ("task", ("task",)), ("task", ("assurance",)), "assurance"),
    (
        "bracket_printed",
        ("市生态环境局负责", "推动企业试点。（市生态环境局负责）"),
        (None, "推动企业试点。（市生态环境局负责）"),
        "ends with a responsibility bracket",
    ),
    ("open_end_read", (True, "市科技局等按职责分工落实"), (False, "市科技局等按职责分工落实"), "等"),
    ("everybody_named", ("市发改委、市科技局按职责分工负责", ("市发改委", "市科技局")), ("市发改委、市科技局按职责分工负责", ("市发改委",)), "市科技局"),
    ("somebody_responsible", (24, "assurance", 0, True), (24, "assurance", 0, False), "no-responsibility"),
    ("all_inherited", ("x/2.2", (), ()), ("x/2.2", ("wuhan/district-governments",), ()), "not inherited"),
    ("numerals_counted", ("到2025年，建设3个园区", ((0, 6), (9, 11))), ("到2025年，建设3个园区", ((0, 6),)), "建设3个园区"),
    ("numerals_counted", ("一体谋划", ((0, 1),)), ("一体谋划", ((0, 1), (0, 2))), "two rows"),
    (
        "sentences_measured",
        ("（一）严把准入关。坚决遏制两高项目。严控新增产能。", "task", None, ((9, 17), (18, 24))),
        ("（一）严把准入关。坚决遏制两高项目。严控新增产能。", "task", None, ((9, 17),)),
        "严控新增产能",
    ),
    ("sentences_measured", ("坚持系统观念。", "principle", None, ()), ("坚持系统观念。", "principle", None, ((0, 6),)), "no measures"),
    ("commitments_kept", ("x/1.2", ()), ("x/1.2", ("碳达峰取得显著成效",)), "碳达峰取得显著成效"),
    ("whole_sentence", ("推广“替、引；扩”措施", "。", "；"), ("推广措施；扩大试点", "。", "。"), "；"),
    ("item_read", (2, 2), (1, 2), "item 2"),
    ("verb_read", ("落实", "严格落实管控政策", "落实", False), ("推动", "严格落实管控政策", "落实", False), "落实"),
    ("bindingness_of_verb", ("require", "严格", "require"), ("encourage", "严格", "require"), "require"),
    ("target_whole", ("quantified", "比重", 30.0, "30%", "<=", "level"), ("quantified", "比重", 30.0, "30%", None, "level"), "comparator"),
    ("milestone_bare", ("milestone", None, None), ("milestone", None, 30.0), "30.0"),
    ("milestone_timed", ("milestone", "x/1.2/d1", END_2025), ("milestone", None, None), "deadline"),
    ("percentage", (100.0, "percent", "level", "森林覆盖率"), (143.0, "percent", "level", "森林覆盖率"), "0 to 100"),
    ("percentage", (110.0, "percent", "level", "采暖季热电比"), (110.0, "percent", "level", "清洁能源占比"), "0 to 100"),
    ("value_read", (4000000000.0, "40亿立方米", ""), (400000.0, "40亿立方米", ""), "4000000000"),
    ("value_read", (4300000.0, "430万千瓦", ""), (430.0, "430万千瓦", ""), "4300000"),
    ("unit_read", ("mu", "10万亩", "完成植树造林10万亩", ("亩",), True), ("hectare", "10万亩", "完成植树造林10万亩", ("公顷", "ha"), True), "公顷"),
    ("unit_read", ("piece", "1", "建设1至2个城区", ("个",), False), (None, "10万亩", "完成植树造林10万亩", (), True), "unit"),
    ("comparator_read", ("<=", COAL, "30%"), (">=", COAL, "30%"), "<="),
    ("change_read", ("level", COAL, "30%", ""), ("decrease", COAL, "30%", ""), "level"),
    ("change_read", ("decrease", "全市化肥使用总量下降1%", "1%", ""), ("increase", "全市化肥使用总量下降1%", "1%", ""), "decrease"),
    ("change_read", ("level", "风电60万千瓦", "60万千瓦", "达到180万千瓦，其中"), ("level", "森林乡村20个", "20个", ""), "add"),
    ("baseline_read", (2020, "用水量较2020年下降12%", "quantified", ""), (None, "用水量较2020年下降12%", "quantified", ""), "2020"),
    (
        "baseline_read",
        (2015, "碳排放下降40%", "quantified", "与2015年相比，"),
        (2016, "碳排放下降40%", "quantified", "与2015年相比，"),
        "the words say",
    ),
    ("baseline_before", (2020, END_2025), (2025, END_2025), "2025-12-31"),
    ("indicator_printed", ("三大粮食作物农药利用率", FERTILISER, ""), ("森林覆盖率", FERTILISER, ""), "does not print"),
    ("indicator_printed", ("三大粮食作物化肥利用率", FERTILISER, ""), ("三大食作物化肥利用率", FERTILISER, ""), "does not print"),
    ("indicator_whole", ("化肥使用总量", "全市化肥使用总量下降1%", "1%", 2), ("化肥使用总", "全市化肥使用总量下降1%", "1%", 2), "量下降"),
    ("scope_read", ("全市", COAL, "quantified"), (None, COAL, "quantified"), "全市"),
    (
        "hedge_read",
        ("基本", "建筑垃圾资源化利用率基本达到70%以上", "quantified", ("基本",)),
        (None, "建筑垃圾资源化利用率基本达到70%以上", "quantified", ("基本",)),
        "基本",
    ),
    ("strength_read", ("strive", "quantified", "完成植树造林10万亩", "到2025年，力争"), ("firm", "quantified", "完成植树造林10万亩", "到2025年，力争"), "strive"),
    ("governed", ("x/3.5/d2", ("x/3.5/d2",)), ("x/3.5/d1", ("x/3.5/d2",)), "d2"),
    ("number_counted", ("x/2.4/t1", "quantified", 1), ("x/2.4/t1", "quantified", 0), "no row of numbers"),
    ("time_read", ("到2025年", None, END_2025, "by", "year"), ("到2025年", None, date(2026, 12, 31), "by", "year"), "2025-12-31"),
    (
        "time_read",
        ("“十四五”规划期间", date(2021, 1, 1), END_2025, "during", "period"),
        ("“十四五”规划期间", None, END_2025, "by", "period"),
        "2021-01-01",
    ),
    ("time_read", ("2024年6月底前", None, date(2024, 6, 30), "by", "month"), ("2024年6月底前", None, date(2024, 12, 31), "by", "year"), "2024-06-30"),
    ("governs_something", ("x/1.2/d1", 1), ("x/1.2/d1", 0), "no target"),
    ("deadline_counted", ("x/1.2/d1", 1), ("x/1.2/d1", 0), "found 0"),
    ("role_read", ("lead", "市发展改革委", BRACKET, 3), ("shared", "市发展改革委", BRACKET, 3), "lead"),
    ("role_read", ("sole", "市生态环境局", "市生态环境局负责", 1), ("shared", "市生态环境局", "市生态环境局负责", 1), "sole"),
    ("basis_whole", ("inherited", "x/2.1", 4, 3), ("inherited", "x/2.1", 4, 5), "earlier clause"),
    ("number_value", (30000.0, "3万台", "target"), (3.0, "3万台", "target"), "30000"),
    ("number_value", (None, "一", "word"), (1.0, "一", "word"), "no value"),
    ("number_linked", ("target", "x/2.4/t1", None), ("count", "x/2.4/t1", None), "only a target"),
    ("number_of_target", ("x/2.4/t1", 30.0, 30.0, True), ("x/2.4/t1", 40.0, 30.0, True), "30.0"),
    ("disposition_read", ("baseline", "2020年", "用水量较", "下降12%", "task", None), ("baseline", "2025年", "到", "，建设", "task", None), "deadline"),
    ("disposition_read", ("target", "3万台", "建设充电基础设施", "以上，", "task", None), ("threshold", "3万台", "建设充电基础设施", "以上，", "task", None), "target"),
    ("disposition_read", ("threshold", "3吨", "车辆及", "以下叉车", "task", None), ("threshold", "850万吨", "综合利用量达到", "左右，", "task", None), "target"),
    ("disposition_read", ("ordinal", "十四", "（", "）推进", "task", None), ("undecided", "20%", "上浮", "限制", "task", None), "decided"),
    ("repair_fits", ("pinyin", "(yáng)", None), ("pinyin", "(VOCs)", None), "reading"),
    ("repair_fits", ("script", "陽", "阳"), ("script", "陽", "阴"), "阳"),
    ("repair_fits", ("width", ",", "，"), ("width", "甲", "乙"), "width"),
    ("repair_fits", ("blank", " ", None), ("blank", "市", None), "blanks"),
    ("repair_fits", ("linebreak", "\n\n", None), ("linebreak", " ", None), "line break"),
    ("repair_fits", ("markup", "**", None), ("markup", "目标", None), "words"),
    ("erratum_listed", ("lost", "Lost character restored", ("Lost character restored",)), ("lost", "Lost character restored", ()), "errata.csv"),
    ("repair_reason", ("Traditional character", "script"), ("Traditional character", "pinyin"), "Reading"),
    ("issue_explained", ("No copy of the plan prints its date", "no-date", "info"), ("没有日期", "no-date", "info"), "English"),
    ("issue_explained", ("No copy of the plan prints its date", "no-date", "info"), ("No copy of the plan prints its date", "no-issuers", "info"), "issued"),
    ("issue_true", ("no-responsibility", True), ("no-responsibility", False), "otherwise"),
    ("issue_placed", (5, 9, "no-verb", (5, 9), 100), (5, 8, "no-verb", (5, 9), 100), "5 to 9"),
    ("issue_placed", (5, 9, "damage", None, 10), (5, 11, "damage", None, 10), "10 characters"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "right", "wrong", "says"),
    FAULTS,
    ids=[f"{number}-{each[0]}" for number, each in enumerate(FAULTS)],
)
def test_rule(rule: str, right: tuple[object, ...], wrong: tuple[object, ...], says: str) -> None:
    assert RULES[rule](*right) == ""
    assert says in RULES[rule](*wrong)


def test_every_rule_has_a_fault_that_it_finds() -> None:
    assert sorted(RULES) == sorted({rule for rule, *_ in FAULTS})


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_says_what_it_holds_and_shows_a_fault(rule: object) -> None:
    says = inspect.getdoc(rule) or ""
    assert re.match(r"[A-Z].*\.", says)
    assert ">>>" in says


def test_the_second_reading_shares_no_code_with_the_first() -> None:
    guard = Path(inspect.getfile(RULES["equal"])).parent.parent
    for path in [
        guard / "reading.py",
        guard / "lookups.py",
        *(guard / "frames").glob("*.py"),
        *(guard / "rules").glob("*.py"),
    ]:
        assert "pipelines.reading" not in path.read_text(encoding="utf-8"), path
        assert "pipelines.text.numerals" not in path.read_text(encoding="utf-8"), path
