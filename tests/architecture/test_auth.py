"""Auth functions have one shape: who may, in words and in a line or two."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from docs.generate import tree

LINES = 2
CHAINED_LINES = 5
"""Statements after the docstring; chained ones also say when CKAN's own decides."""

FUNCTIONS = [
    pytest.param(node, path, id=f"{tree.short_name(path)}:{node.name}")
    for part in (*tree.ROOMS, "common")
    for path in tree.modules(part)
    if tree.short_name(path).startswith(f"{part}/logic/auth")
    for node in tree.parsed(path).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
]


def test_auth_functions_are_found():
    assert len(FUNCTIONS) > 40


@pytest.mark.parametrize(("function", "path"), FUNCTIONS)
def test_it_says_who_may_in_words_and_in_a_line_or_two(
    function: ast.FunctionDef, path: Path
):
    is_ours = function.name.startswith("gpo_")

    assert len(ast.get_docstring(function) or "") > 10
    assert len(function.body) - 1 <= (LINES if is_ours else CHAINED_LINES)


@pytest.mark.parametrize(("function", "path"), FUNCTIONS)
def test_its_answer_is_made_by_common(function: ast.FunctionDef, path: Path):
    """`common.authorization` knows what CKAN takes for an answer."""
    assert not any(isinstance(node, ast.Dict) for node in _answers(function))
    assert function.returns is not None
    assert ast.unparse(function.returns) == "AuthResult"


def _answers(function: ast.FunctionDef) -> list[ast.expr | None]:
    return [n.value for n in ast.walk(function) if isinstance(n, ast.Return)]
