"""The schemas, the vocabularies and the tables in; the codebook in Markdown out: every code, its meaning, its count."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from rich.console import Console

from pipelines.describe.facts import read_tables
from pipelines.describe.publish import write_if_changed
from pipelines.errors import PipelineError
from pipelines.schema import Field, TableSchema, load_package, load_schemas
from pipelines.vocabulary import Vocabulary, load_vocabulary

PATH = "docs/codebook.md"

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]

# What the word lists sort their words into, where no column of a table has the code.
MODIFIER_KINDS: Mapping[str, tuple[str, str]] = {
    "hedge": (
        "Softens the number or the commitment; kept in `targets.hedge`",
        "弱化数值或承诺，记入 `targets.hedge`",
    ),
    "strive": (
        "Makes the commitment one to be striven for: `strength` is `strive`",
        "承诺力求实现：`strength` 为 `strive`",
    ),
    "raise": ("Says how a ratio is to move, and is no part of its name", "表示比率的变化，不属于指标名称"),
    "scope": (
        "Opens an indicator and says over what it is measured; kept in `targets.scope`",
        "指标前的范围，记入 `targets.scope`",
    ),
    "distribute": ("The number holds for each thing named before it", "数值分别适用于前列各项"),
    "pair": ("Each number belongs to the thing in its place", "各数值与前列各项依次对应"),
    "past": ("Tells what has been done: the number is no target", "表示已完成，其数字不是目标"),
    "lead": ("Opens an indicator without belonging to it", "指标之前的引导词，不属于指标"),
    "adverb": (
        "Says how something is done; stands before verbs and indicators",
        "方式状语，位于动词或指标之前",
    ),
    "opening": (
        "Stands before the verb of a sentence, and can also open a noun: no indicator loses it",
        "位于句子动词之前，也可用于名词之首，指标中保留",
    ),
    "preposition": (
        "Opens what the verb of a sentence stands behind: 以…为重点",
        "引导动词之前的成分：以…为重点",
    ),
    "aside": (
        "What comes of a deed and is none itself: 惠及居民10万户",
        "行动带来的结果，本身不是目标：惠及居民10万户",
    ),
    "deed": (
        "A verb that acts also behind who or where: 农村地区新建充电桩1000个",
        "主语或处所之后仍表示行动的动词：农村地区新建充电桩1000个",
    ),
    "adjunct_end": ("Ends such a part: 在…中, 在…行业", "结束这一成分：在…中、在…行业"),
    "compound": ("Begins with a verb and is a noun: 建设用地", "以动词开头的名词：建设用地"),
}
METRIC_KINDS: Mapping[str, tuple[str, str]] = {
    "ratio": ("A ratio, a concentration or an index", "比率、浓度或指数"),
    "amount": ("An amount that can be reached", "可达到的总量"),
    "done": ("An amount of something done: `change` is `add`", "完成的工作量：`change` 为 `add`"),
}


def print_codebook(root: Path) -> bool:
    """Writes docs/codebook.md of the project in `root` and says whether it changed; always True."""
    changed = write_if_changed(root / PATH, codebook(root))
    Console(highlight=False).print(f"{PATH:<22} {'written' if changed else 'unchanged'}")
    return True


def codebook(root: Path) -> str:
    """The codebook of the project in `root`, from schemas/ and the built data/.

    Raises PipelineError for a table that is missing, or a word list with a kind of word that has no meaning here.
    """
    schemas = load_schemas(root / "schemas")
    vocabulary = load_vocabulary(root / "schemas" / "vocabularies")
    tables = {name: _rows(table) for name, table in read_tables(root).items()}
    version = str(load_package(root / "schemas")["version"])
    lines = [
        *_head(version, schemas),
        *_column_codes(schemas, tables),
        *_sectors(tables),
        *_functions(tables),
        *_units(tables),
        *_places(schemas, tables),
        *_roles(vocabulary, schemas, tables),
        *_verbs(vocabulary, schemas, tables),
        *_relations(vocabulary, schemas, tables),
        *_modifiers(vocabulary, tables, root),
        *_metrics(vocabulary, tables, root),
    ]
    return "\n".join(lines) + "\n"


def _head(version: str, schemas: Mapping[str, TableSchema]) -> Iterator[str]:
    yield from (
        "# Codebook 代码手册",
        "",
        "Generated from `schemas/` and `data/` by `make build`; edit those, not this file.",
        "本文由 `make build` 据 `schemas/` 与 `data/` 生成，请勿直接修改。",
        "",
        f"Every code of the data with its meaning in English and Chinese, and how often it occurs in version {version}.",
        f"A count of 0 is a code that no row of this version has. 列出全部代码的中英文含义及其在 {version} 版数据中的出现次数；",
        "次数为 0 表示本版数据未用到该代码。",
        "",
        "Columns are described in the [data dictionary](data-dictionary.md). 各列说明见[数据字典](data-dictionary.md)。",
        "",
        "- [Codes of columns 列的代码](#codes-of-columns)",
    )
    for table in schemas.values():
        names = [f"[`{f.name}`](#{_anchor(f'{table.name}.{f.name}')})" for f in table.fields if f.categories]
        if names:
            yield f"  - {table.name}: {', '.join(names)}"
    for heading, heading_zh in (
        ("Sectors", "领域"),
        ("Functions", "职能"),
        ("Units", "单位"),
        ("Places", "地区"),
        ("Titles that tell a role", "判定条款性质的标题用语"),
        ("Verbs", "动词"),
        ("Relations", "关系词"),
        ("Modifiers", "修饰词"),
        ("Metrics", "度量词"),
    ):
        yield f"- [{heading} {heading_zh}](#{_anchor(heading)})"


def _column_codes(schemas: Mapping[str, TableSchema], tables: Tables) -> Iterator[str]:
    yield from ("", "## Codes of columns", "", "**列的代码**")
    for schema in schemas.values():
        for field in schema.fields:
            if not field.categories:
                continue
            counts = _count(tables[schema.name], field.name)
            empty = len(tables[schema.name]) - sum(counts.values())
            yield from (
                "",
                f"### {schema.name}.{field.name}",
                "",
                f"**{field.title} {field.title_zh}.** {field.description} {field.description_zh}",
                "",
                *_table(
                    ("Code 代码", "Meaning", "含义", "Rows 行数"),
                    [
                        *(
                            (f"`{each.value}`", each.label, each.label_zh, counts[each.value])
                            for each in field.categories
                        ),
                        *([("", "empty", "空", empty)] if empty else []),
                    ],
                ),
            )


def _sectors(tables: Tables) -> Iterator[str]:
    sector_of = {row["clause_id"]: row["sector_id"] for row in tables["clauses"]}
    clauses = _count(tables["clauses"], "sector_id")
    measures = Counter(sector_of[row["clause_id"]] for row in tables["measures"])
    targets = Counter(sector_of[row["clause_id"]] for row in tables["targets"])
    yield from ("", "## Sectors", "", "**领域**", "")
    yield from (
        "What a clause is about (`clauses.sector_id`), with the sector of the European Environment Agency's database of",
        "policies and measures and the source category of the IPCC that it maps to. Measures and targets are counted by",
        "the sector of their clause. 条款所涉领域，并对应欧洲环境署政策措施库的部门与 IPCC 源类别；措施、目标按所在条款的领域计数。",
        "",
        *_table(
            ("Code 代码", "Meaning", "含义", "EEA", "IPCC", "Clauses 条款", "Measures 措施", "Targets 目标"),
            [
                (
                    f"`{row['sector_id']}`",
                    row["label_en"],
                    row["label"],
                    row["eea_pam"],
                    row["ipcc"],
                    clauses[row["sector_id"]],
                    measures[row["sector_id"]],
                    targets[row["sector_id"]],
                )
                for row in tables["sectors"]
            ],
        ),
    )


def _functions(tables: Tables) -> Iterator[str]:
    function_of = {row["agency_id"]: row["function_id"] for row in tables["agencies"]}
    agencies = _count(tables["agencies"], "function_id")
    tasks = Counter(function_of[row["agency_id"]] for row in tables["responsibilities"])
    yield from ("", "## Functions", "", "**职能**", "")
    yield from (
        "What an agency does (`agencies.function_id`), with its national counterpart, so that agencies of different cities",
        "compare. 机关职能及其国家对应部门，便于各地机关比较。",
        "",
        *_table(
            (
                "Code 代码",
                "Meaning",
                "含义",
                "National counterpart",
                "国家对应部门",
                "Agencies 机关",
                "Responsibilities 责任",
            ),
            [
                (
                    f"`{row['function_id']}`",
                    row["label_en"],
                    row["label"],
                    row["national_counterpart_en"],
                    row["national_counterpart"],
                    agencies[row["function_id"]],
                    tasks[row["function_id"]],
                )
                for row in tables["functions"]
            ],
        ),
    )


def _units(tables: Tables) -> Iterator[str]:
    targets = _count(tables["targets"], "unit")
    yield from ("", "## Units", "", "**单位**", "")
    yield from (
        "In what a target is stated (`targets.unit`), with the UCUM code and the factor to the SI unit of the dimension.",
        "目标所用的单位，附 UCUM 代码及换算为 SI 单位的系数。",
        "",
        *_table(
            ("Code 代码", "Meaning", "含义", "Dimension 量纲", "UCUM", "Factor 系数", "Targets 目标"),
            [
                (
                    f"`{row['unit_id']}`",
                    row["label_en"],
                    row["label"],
                    row["dimension"],
                    f"`{row['ucum']}`" if row["ucum"] else "",
                    "" if row["factor"] is None else f"{row['factor']:.10g}",
                    targets[row["unit_id"]],
                )
                for row in tables["units"]
            ],
        ),
    )


def _places(schemas: Mapping[str, TableSchema], tables: Tables) -> Iterator[str]:
    level_of = {row["place_id"]: row["level"] for row in tables["places"]}
    plans, agencies = (
        Counter(level_of[row["place"]] for row in tables[name]) for name in ("plans", "agencies")
    )
    places = Counter(level_of.values())
    named = {row["place"] for name in ("plans", "agencies") for row in tables[name]}
    plans_of, agencies_of = (_count(tables[name], "place") for name in ("plans", "agencies"))
    yield from ("", "## Places", "", "**地区**", "")
    yield from (
        "China, its provinces, prefectures and cities with their codes in GB/T 2260 (`places`), by level; below them the",
        "places that a plan or an agency of this version belongs to. 全国、各省、地级及部分县级行政区，按层级汇总；",
        "其下为本版数据中有方案或机关的地区。",
        "",
        *_table(
            ("Code 代码", "Meaning", "含义", "Places 地区", "Plans 方案", "Agencies 机关"),
            [
                (
                    f"`{each.value}`",
                    each.label,
                    each.label_zh,
                    places[each.value],
                    plans[each.value],
                    agencies[each.value],
                )
                for each in _coded(schemas, "places", "level").categories
            ],
        ),
        "",
        *_table(
            ("Code 代码", "Meaning", "含义", "GB/T 2260", "Plans 方案", "Agencies 机关"),
            [
                (
                    f"`{row['place_id']}`",
                    row["label_en"],
                    row["label"],
                    row["division_code"],
                    plans_of[row["place_id"]],
                    agencies_of[row["place_id"]],
                )
                for row in tables["places"]
                if row["place_id"] in named
            ],
        ),
    )


def _roles(vocabulary: Vocabulary, schemas: Mapping[str, TableSchema], tables: Tables) -> Iterator[str]:
    label = _labels(schemas, "clauses", "role")
    titles = {
        "title": [str(row["title"]) for row in tables["clauses"] if row["title"]],
        "chapter": sorted({str(row["chapter_title"]) for row in tables["clauses"] if row["chapter_title"]}),
    }
    places = {"title": "clause 条款", "chapter": "chapter 章"}
    yield from ("", "## Titles that tell a role", "", "**判定条款性质的标题用语**", "")
    yield from (
        "A clause has the role (`clauses.role`) that words in its own title or in its chapter's tell, the first row that",
        "fits; without any it is a task. Counted are the different titles of chapters, and the titles of clauses, that hold",
        "the words. 条款性质由条款或章标题中的用语判定，均不符合者为任务；此处统计含有该用语的条款标题数及不同的章标题数。",
        "",
        *_table(
            ("Title of 标题", "Words 用语", "Code 代码", "Meaning", "含义", "Titles 标题数"),
            [
                (
                    places[role.place],
                    "、".join(role.pattern.pattern.split("|")),
                    f"`{role.role}`",
                    *label[role.role],
                    sum(1 for title in titles[role.place] if role.pattern.search(title)),
                )
                for role in vocabulary.roles
            ],
        ),
    )


def _verbs(vocabulary: Vocabulary, schemas: Mapping[str, TableSchema], tables: Tables) -> Iterator[str]:
    label = _labels(schemas, "measures", "bindingness")
    measures = _count(tables["measures"], "bindingness")
    words = {
        code: Counter(row["verb"] for row in tables["measures"] if row["bindingness"] == code)
        for code in label
    }
    yield from ("", "## Verbs", "", "**动词**", "")
    yield from (
        "How binding a measure is (`measures.bindingness`) follows from its verb. Behind each verb: how many measures it",
        "opens (`measures.verb`). Measures without a verb of the list stand last. 措施的约束程度由其动词判定；",
        "动词后为以其为动词的措施数，无表中动词者列于最后。",
        "",
        *_table(
            ("Code 代码", "Meaning", "含义", "Measures 措施", "Verbs 动词"),
            [
                (
                    f"`{code}`",
                    *label[code],
                    measures[code],
                    _words((verb.verb for verb in vocabulary.verbs if verb.bindingness == code), words[code])
                    + (f"；none 无 {words[code][None]}" if words[code][None] else ""),
                )
                for code in label
            ],
        ),
    )


def _relations(vocabulary: Vocabulary, schemas: Mapping[str, TableSchema], tables: Tables) -> Iterator[str]:
    comparators = _labels(schemas, "targets", "comparator")
    changes = _labels(schemas, "targets", "change")
    quotes = [str(row["quote"]) for row in tables["targets"] if row["kind"] == "quantified"]
    counts = _holding((relation.relation for relation in vocabulary.relations), quotes)
    groups = dict.fromkeys((relation.comparator, relation.change) for relation in vocabulary.relations)
    yield from ("", "## Relations", "", "**关系词**", "")
    yield from (
        "Words between an indicator and its number, and the comparator and change that they mean unless a word behind the",
        "number (以上, 以内) says otherwise. Behind each: the quotes of quantified targets that hold it, the longest word first.",
        "指标与数值之间的词，及其所示的比较关系与变化方式；词后为含有该词的量化目标引文数，长词优先。",
        "",
        *_table(
            ("Comparator 比较关系", "Change 变化方式", "Meaning", "含义", "Words 词语"),
            [
                (
                    f"`{comparator}`",
                    f"`{change}`",
                    f"{comparators[comparator][0]}; {_lowered(changes[change][0])}",
                    f"{comparators[comparator][1]}；{changes[change][1]}",
                    _words(
                        (
                            each.relation
                            for each in vocabulary.relations
                            if (each.comparator, each.change) == (comparator, change)
                        ),
                        counts,
                    ),
                )
                for comparator, change in groups
            ],
        ),
    )


def _modifiers(vocabulary: Vocabulary, tables: Tables, root: Path) -> Iterator[str]:
    texts = [str(row["text"]) for row in tables["clauses"]]
    counts = _printed((word for word, _ in vocabulary.modifiers), texts)
    kinds = list(dict.fromkeys(kind for _, kind in vocabulary.modifiers))
    yield from ("", "## Modifiers", "", "**修饰词**", "")
    yield from (
        "Words round a number or before a verb that change how it is read. Behind each: how often the clauses print it, in",
        "whatever sense, the longest word first. 影响数值或动词判读的词；词后为条款全文中的出现次数（不分义项），长词优先。",
        "",
        *_table(
            ("Kind 类别", "Meaning", "含义", "Words 词语"),
            [
                (
                    f"`{kind}`",
                    *_meaning(MODIFIER_KINDS, kind, "modifiers", root),
                    _words((word for word, its in vocabulary.modifiers if its == kind), counts),
                )
                for kind in kinds
            ],
        ),
    )


def _metrics(vocabulary: Vocabulary, tables: Tables, root: Path) -> Iterator[str]:
    endings = sorted((metric.ending for metric in vocabulary.metrics), key=lambda word: (-len(word), word))
    indicators = [str(row["indicator"]) for row in tables["targets"] if row["indicator"]]
    counts = Counter(
        next((ending for ending in endings if indicator.endswith(ending)), "") for indicator in indicators
    )
    kinds = list(dict.fromkeys(metric.kind for metric in vocabulary.metrics))
    yield from ("", "## Metrics", "", "**度量词**", "")
    yield from (
        "What an indicator may end with. Behind each: the targets whose indicator ends with it, the longest ending first.",
        "指标的词尾；词后为指标以其结尾的目标数，长词优先。",
        "",
        *_table(
            ("Kind 类别", "Meaning", "含义", "Endings 词尾"),
            [
                (
                    f"`{kind}`",
                    *_meaning(METRIC_KINDS, kind, "metrics", root),
                    _words((metric.ending for metric in vocabulary.metrics if metric.kind == kind), counts),
                )
                for kind in kinds
            ],
        ),
    )


def _anchor(heading: str) -> str:
    """Where a link to a heading of a Markdown page leads.

    >>> _anchor("Codes of columns"), _anchor("agencies.name_basis")
    ('codes-of-columns', 'agenciesname_basis')
    """
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _coded(schemas: Mapping[str, TableSchema], table: str, column: str) -> Field:
    return next(field for field in schemas[table].fields if field.name == column)


def _labels(schemas: Mapping[str, TableSchema], table: str, column: str) -> dict[str, tuple[str, str]]:
    return {each.value: (each.label, each.label_zh) for each in _coded(schemas, table, column).categories}


def _meaning(meanings: Mapping[str, tuple[str, str]], kind: str, name: str, root: Path) -> tuple[str, str]:
    if kind not in meanings:
        raise PipelineError(
            file=root / "schemas" / "vocabularies" / f"{name}.csv",
            place=f"kind {kind}",
            found="a kind of word that the codebook does not explain",
            expected=f"one of {', '.join(meanings)}",
            remedy="correct the kind, or give its meaning in pipelines/describe/codebook.py",
        )
    return meanings[kind]


def _rows(table: pa.Table) -> list[Row]:
    rows: list[Row] = table.to_pylist()
    return rows


def _count(rows: Iterable[Row], column: str) -> Counter[object]:
    return Counter(row[column] for row in rows if row[column] is not None)


def _holding(words: Iterable[str], texts: Iterable[str]) -> Counter[object]:
    """How many texts hold each word; where one word begins with another, the longer is what stands there.

    >>> _holding(["达到", "达"], ["利用率达到43%", "绿色防控覆盖率达55%"])
    Counter({'达到': 1, '达': 1})
    """
    pattern = _any(words)
    return Counter(word for text in texts for word in dict.fromkeys(pattern.findall(text)))


def _printed(words: Iterable[str], texts: Iterable[str]) -> Counter[object]:
    """How often the texts print each word, the longest word first."""
    pattern = _any(words)
    return Counter(word for text in texts for word in pattern.findall(text))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    )


def _words(words: Iterable[str], counts: Counter[Any]) -> str:
    """The words with their counts, the most frequent first, words of one count in the order of their list.

    >>> _words(["禁止", "严禁", "不得"], Counter({"严禁": 3, "不得": 1}))
    '严禁 3、不得 1、禁止 0'
    """
    ordered = sorted(words, key=lambda word: -counts[word])
    return "、".join(f"{word} {counts[word]}" for word in ordered)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table; numbers stand to the right."""
    cells = [tuple(row) for row in rows]
    numeric = [
        bool(cells) and all(isinstance(row[index], int) for row in cells) for index in range(len(head))
    ]
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---:' if right else '---' for right in numeric)}|"
    for row in cells:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
