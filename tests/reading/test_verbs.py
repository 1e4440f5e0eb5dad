"""The verb of a sentence, which says how binding it is."""

import pytest

from pipelines.reading.grammar import grammar
from pipelines.reading.verbs import verb_of
from pipelines.vocabulary import load_vocabulary

VERBS = [
    # sentence, verb, bindingness
    ("严格落实生态保护红线、环境质量底线", "落实", "require"),
    ("严格控制燃煤锅炉新增", "严格控制", "require"),
    ("加快完善碳排放权交易管理办法配套政策", "加快", "promote"),
    (
        "依法依规科学有序推动小水电治理，开展小水电绿色改造，禁止新（扩）建以发电为主的水电站项目",
        "禁止",
        "prohibit",
    ),
    ("鼓励水泥行业绿色低碳发展，不再新增独立的水泥粉磨产能", "不再", "prohibit"),
    ("保护生物多样性，严控外来物种入侵", "保护", "require"),
    ("衔接总量控制、排放与监测标准中减污降碳管理要求", "衔接", "promote"),
    ("坚持建设项目使用林地定额管理和用途管制", "坚持", "require"),
    ("以海绵城市建设为契机，推动雨污分流改造", "推动", "promote"),
    ("通过政策激励、提升标准、鼓励先进等手段，推动重点行业企业开展减污降碳试点工作", "推动", "promote"),
    ("在化工、造纸、建材等高耗能行业全面推进绿色制造，推动传统产业绿色化升级", "推进", "promote"),
    ("在推动生态文明建设示范区建设中强化减污降碳协同增效", "强化", "require"),
    ("高耗能、高排放项目审批要严格落实国家产业规划", "要", "require"),
    ("积极与上海在应对气候变化、生态环境保护修复等方面开展务实合作，共同推动对口合作", "推动", "promote"),
    ("全市垃圾焚烧发电厂完成烟气脱硝提标改造", "完成", "require"),
    ("到2025年，装配式建筑占新建建筑比例达到30%", "达到", "require"),
    ("到2025年，畜禽粪污综合利用率稳定在80%以上", "稳定", "require"),
    ("到2025年，铁路货运量占比进一步提升", "提升", "promote"),
    ("优先选取绿色化管控修复技术路线", "优先", "encourage"),
    ("探索开展重点县减污降碳协同度评价，引导各地区优化协同管理机制", "探索", "explore"),
    ("资源化利用率、设施配套率超国家和省级标准", "", ""),
]


@pytest.mark.parametrize(("sentence", "verb", "bindingness"), VERBS)
def test_verb(sentence: str, verb: str, bindingness: str) -> None:
    words = grammar(load_vocabulary())
    assert verb_of(sentence, words) == verb
    assert verb == "" or words.verbs[verb].bindingness == bindingness
