"""Words that decide a code are rows of schemas/vocabularies: no module holds a list of Chinese words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HAN = r"[\u4e00-\u9fff]"
# Two alternatives or more, each of two characters or more: 目标|任务. Single characters (达|到) are the skeleton of a pattern.
CHAIN = re.compile(rf"{HAN}{{2,}}\)?\??\|(?:\(\?:)?{HAN}{{2,}}")


def chains(path: Path) -> Iterator[str]:
    """The chains of Chinese words in the code of a module, docstrings apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield from (match[0] for match in CHAIN.finditer(node.value))
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            words = [
                each.value
                for each in node.elts
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
            if sum(bool(re.fullmatch(rf"{HAN}{{2,}}", word)) for word in words) > 1:
                yield "、".join(words)


def held() -> dict[str, list[str]]:
    """The chains of each module under pipelines/."""
    modules = sorted((ROOT / "pipelines").rglob("*.py"))
    found = {str(path.relative_to(ROOT / "pipelines")): [*chains(path)] for path in modules}
    return {name: words for name, words in found.items() if words}


def test_no_list_of_words_stands_in_code() -> None:
    assert held() == {}


@pytest.mark.parametrize(
    ("code", "is_chain"),
    [
        ('r"目标|任务"', True),
        ('("下降", "提高")', True),
        ('r"[达到]|至"', False),
        ('r"以上"', False),
        ('"""下降|提高"""', False),
    ],
)
def test_what_a_chain_is(code: str, is_chain: bool, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(code if code.startswith('"""') else f"WORDS = {code}\n", encoding="utf-8")
    assert bool([*chains(module)]) == is_chain
