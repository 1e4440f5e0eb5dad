"""An agency, or who answers for a clause, in; what vocabulary and bracket say against it out."""

import re
from collections.abc import Sequence

from pipelines.guard import reading
from pipelines.guard.rules.words import is_abbreviated, shown

LEVEL_WORD = re.compile(r"^(?:自治区|国家|市|省|州|盟|区|县)")
# What the last character of a short name stands for, where it is not itself: 市教委, 市政府办
SPELLED_END = {"委": "委员会", "办": "办公室", "市": "政府", "县": "政府", "区": "政府", "旗": "政府"}
# Names that need no level word: groups, offices of the party, committees of zones.
ROOTED = re.compile(
    r"^(?:各|有关|相关|其他|中国|国家|人民银行|人行)|[省市区]委|管委会|设区市|^\w{1,5}[市县区旗](?:(?:人民)?政府)?$"
)


def agency_of_place(agency_id: str | None, place: str | None) -> str:
    """The id of an agency begins with its place.

    >>> agency_of_place("wuhan/water", "shenyang")
    'expected an id that begins with shenyang/'
    """
    return "" if (agency_id or "").startswith(f"{place}/") else f"expected an id that begins with {place}/"


def name_in_vocabulary(
    _agency_id: str | None,
    name: str | None,
    short_name: str | None,
    full_names: Sequence[str],
    endings: Sequence[str],
    printed: Sequence[str],
    heads: Sequence[str],
) -> str:
    """The full name of an agency is printed, or is what the vocabulary makes of a name that is printed, behind its place.

    Where the vocabulary does not know the printed name, its characters stand in the full one, and end it.

    >>> education = ("市教委",), ("重庆市", "重庆")
    >>> name_in_vocabulary("chongqing/education", "重庆市教育委员会", "市教委", ("教育委员会",), (), *education)
    ''
    >>> name_in_vocabulary("chongqing/education", "重庆市教育局", "市教委", ("教育委员会",), (), *education)
    'expected 教育委员会, which 市教委 shortens'
    >>> name_in_vocabulary("wuhan/x", "武汉市财政局", "市发改委", (), (), ("市发改委",), ("武汉市", "武汉"))
    'expected a name that spells out 市发改委'
    """
    if name is None or short_name is None:
        return "it has no name"
    if endings and not name.endswith(tuple(endings)):
        return f"no name of an agency ends with {name[-1]}"
    if name in printed or any(_spells(full, name, heads) for full in full_names):
        return ""
    if full_names:
        return f"expected {' or '.join(full_names)}, which {short_name} shortens"
    if is_abbreviated(short_name, name) and name.endswith(SPELLED_END.get(short_name[-1], short_name[-1])):
        return ""
    return f"expected a name that spells out {short_name}"


def agency_in_vocabulary(
    _agency_id: str | None, function_id: str | None, name_en: str | None, known: Sequence[tuple[str, str]]
) -> str:
    """An agency has the function and the English name that the vocabulary gives to names of its kind.

    >>> agency_in_vocabulary("wuhan/water", "finance", "Wuhan Water Affairs Bureau", [("water", "Water Affairs Bureau")])
    'expected the function water'
    """
    if not known:
        return ""
    functions = sorted({function for function, _ in known})
    if function_id not in functions:
        return f"expected the function {' or '.join(functions)}"
    fits = any(function == function_id and (name_en or "").endswith(name) for function, name in known)
    return (
        ""
        if fits
        else f"expected an English name that ends with {' or '.join(sorted({n for _, n in known}))}"
    )


def agency_level(level: str | None, wanted: Sequence[str]) -> str:
    """An agency is of its place's level, of the one below where it stands for governments below, or central.

    >>> agency_level("county", ("municipal",))
    'expected municipal'
    """
    return "" if level in wanted else f"expected {' or '.join(wanted)}"


def group_by_name(is_group: bool | None, short_name: str | None) -> str:
    """A name stands for many agencies where it begins with 各 or names departments without naming one.

    >>> group_by_name(False, "各区人民政府"), group_by_name(True, "市水务局")
    ('the name stands for a group', 'the name stands for one agency')
    """
    name = short_name or ""
    group = bool(
        re.search(
            r"^(?:各|有关|相关|其他|设区市|县（)|^[省市区州]?[级直].*(?:部门|单位)|(?:部门|单位)$|有关|相关",
            name,
        )
    )
    if is_group == group:
        return ""
    return "the name stands for a group" if group else "the name stands for one agency"


def basis_of_name(name_basis: str | None, name: str | None, printed: Sequence[str]) -> str:
    """A name is `stated` where a copy of a plan of its place prints it in full, else `curated`.

    >>> basis_of_name("curated", "武汉市水务局", ("武汉市水务局",)), basis_of_name("stated", "武汉市水务局", ())
    ('the plan prints the name in full', 'no plan prints the name in full')
    """
    stated = name in printed
    if (name_basis == "stated") == stated:
        return ""
    return "the plan prints the name in full" if stated else "no plan prints the name in full"


def name_of_place(name: str | None, place: str | None, labels: Sequence[str]) -> str:
    """The full name of an agency names its place or the province of it; that of a central one need not.

    >>> name_of_place("汉市水务局", "wuhan", ("武汉市", "武汉", "湖北省", "湖北"))
    'it names none of 武汉市、武汉、湖北省、湖北'
    """
    if place == "china" or any(label in (name or "") for label in labels):
        return ""
    return f"it names none of {'、'.join(labels)}"


def short_name_printed(
    short_name: str | None, printed: Sequence[str], place: str | None, labels: Sequence[str]
) -> str:
    """The short name is printed in a plan, with its level word restored where a list prints it but once.

    >>> short_name_printed("市商务局", ("商务局",), "sanming", ("三明市", "三明"))
    ''
    >>> short_name_printed("商务局", ("市商务局",), "sanming", ("三明市", "三明")), short_name_printed("商务局", ("商务局",), "sanming", ("三明市", "三明"))
    ('no plan prints it', 'its level word is missing')
    """
    name = short_name or ""
    carried = LEVEL_WORD.sub("", name)
    # 鹿城区 of 鹿城区、平阳县人民政府: the government that the last of a list prints.
    governed = re.sub(r"(?:人民)?政府$", "", name)
    if name not in printed and (carried == name or carried not in printed) and governed not in printed:
        return "no plan prints it"
    rooted = LEVEL_WORD.match(name) or ROOTED.search(name) or any(label in name for label in labels)
    return "" if place == "china" or rooted else "its level word is missing"


def at_its_mention(_place: int | None, there: bool | None) -> str:
    """A responsibility points to where the bracket names it: an inherited one to what the bracket lays on all later clauses.

    >>> at_its_mention(5644, False), at_its_mention(5665, True)
    ('the bracket names it at another place for this', '')
    """
    return "the bracket names it at another place for this" if there is False else ""


def agency_named(
    as_written: str | None, agency_id: str | None, names: Sequence[str], slugs: Sequence[str]
) -> str:
    """The printed name belongs to the agency: by the vocabulary, or as a shortening of the agency's own name.

    >>> agency_named("市发改委", "wuhan/finance", ("武汉市财政局", "市财政局"), ("development-reform",))
    'the printed name is that of development-reform'
    """
    if as_written is None or agency_id is None:
        return "nobody is named"
    slug = agency_id.partition("/")[2]
    if slug in slugs:
        return ""
    if slugs:
        return f"the printed name is that of {' or '.join(slugs)}"
    if any(
        name and (name == as_written or name.endswith(as_written) or is_abbreviated(as_written, name))
        for name in names
    ):
        return ""
    return f"the printed name does not shorten {shown(names[0] if names else None)}"


def agency_of_plan(
    _agency_id: str | None,
    as_written: str | None,
    place: str | None,
    level: str | None,
    labels: Sequence[str],
    places: Sequence[str],
) -> str:
    """An agency belongs to the plan's place, to its province or a place in it, or to the central government.

    An office of the central government in another place answers only where its place is printed.

    >>> agency_of_plan("shenyang/water", "市水务局", "shenyang", "municipal", ("沈阳市", "沈阳"), ("wuhan", "hubei"))
    'it belongs to shenyang, the plan to wuhan'
    >>> agency_of_plan("nanchang/railway-group", "南昌局集团公司", "nanchang", "central", ("南昌市", "南昌"), ("fujian",))
    ''
    """
    if place in places or place == "china":
        return ""
    if level == "central" and any(label in (as_written or "") for label in labels):
        return ""
    return f"it belongs to {shown(place)}, the plan to {places[0] if places else 'no place'}"


def english_of_place(name_en: str | None, place: str | None, place_en: str | None) -> str:
    """The English name of an agency tells its place, unless it is one of the central government.

    >>> english_of_place("Shenyang Finance Bureau", "wuhan", "Wuhan"), english_of_place("Ministry of Finance", "china", "China")
    ('it does not name Wuhan', '')
    """
    return (
        ""
        if place == "china" or (place_en and place_en in (name_en or ""))
        else f"it does not name {shown(place_en)}"
    )


def _spells(full: str, name: str, heads: Sequence[str]) -> bool:
    """Whether a name is one of the vocabulary's behind its place or none, its gap filled: 中国人民银行*中心支行.

    >>> _spells("中共{label}委宣传部", "中共三明市委宣传部", ("三明市", "三明"))
    True
    """
    place = "|".join(map(re.escape, heads)) or "(?!)"
    spelled = re.sub(r"\\{(?:label|short)\\}", f"(?:{place})", re.escape(full)).replace(r"\*", r"\w*")
    return re.fullmatch(rf"(?:{place})?{spelled}", name) is not None


def role_read(role: str | None, as_written: str | None, bracket: str | None, agencies: int) -> str:
    """The role is what the bracket says: 牵头 leads, 配合 supports, one agency 负责 is sole, else it is shared.

    >>> role_read("lead", "市水务局", "市生态环境局、市水务局按职责分工负责", 2)
    'the bracket says shared'
    """
    said = set[str]()
    for line in (bracket or "").split("\n"):
        said |= reading.role(line, as_written or "", agencies)
    return "" if role in said else f"the bracket says {' or '.join(sorted(said)) or 'nothing of this name'}"


def basis_whole(
    basis: str | None, inherited_from: str | None, clause_order: int | None, source_order: int | None
) -> str:
    """An inherited responsibility names the earlier clause that it comes from; a stated one names none.

    >>> basis_whole("inherited", None, 4, None), basis_whole("inherited", "wuhan-synergy/2.1", 4, 3)
    ('an inherited responsibility names its clause', '')
    """
    if basis == "stated":
        return "" if inherited_from is None else "a stated responsibility comes from no other clause"
    if inherited_from is None:
        return "an inherited responsibility names its clause"
    if clause_order is None or source_order is None or source_order >= clause_order:
        return "expected an earlier clause of the plan"
    return ""
