"""What decides about the order of results stands in `scoring.ranking`, and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ckanext.gpo.search.scoring import ranking

RANKING = Path(ranking.__file__)
ROOM = RANKING.parents[1]
OTHERS = sorted(path for path in ROOM.rglob("*.py") if path != RANKING)

WEIGHTED = re.compile(r"\w+\^\d")
SORTED = re.compile(r"\w+ (?:asc|desc)(?:, ?\w+ (?:asc|desc))*")


def weights(tree: ast.AST) -> Iterator[ast.expr]:
    """What scores are multiplied with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "boost",
            "Query.boost_query",
        ):
            yield node.args[1]


def texts(tree: ast.AST) -> Iterator[str]:
    """The texts of a module without its docstrings."""
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in told:
            yield node.value


def test_a_weight_is_a_constant_of_ranking_or_comes_with_the_request():
    found = []
    for path in OTHERS:
        for weight in weights(ast.parse(path.read_text("utf-8"))):
            found.append(weight)
            assert not isinstance(weight, ast.Constant), path
            if isinstance(weight, ast.Attribute):
                assert ast.unparse(weight.value) == "ranking", path
            else:
                assert isinstance(weight, ast.Name), path
                assert weight.id == "weight", path
    assert any(isinstance(weight, ast.Attribute) for weight in found)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_other_module_weighs_fields_or_sorts(path: Path):
    for text in texts(ast.parse(path.read_text("utf-8"))):
        assert not WEIGHTED.search(text)
        assert not SORTED.fullmatch(text)


def test_ranking_says_what_it_decides():
    assert WEIGHTED.search(ranking.FIELDS)
    assert all(map(SORTED.fullmatch, [*ranking.SORTS.values(), ranking.DEFAULT_SORT]))
    assert list(ranking.Tier)[0] is ranking.Tier.FULL
