"""Names are nouns and verbs: no preposition and no bare participle is one.

A longer name may hold such a word (`written_by`, `find_table`); alone it says nothing of the
thing that it stands for. `to` and `since` are the terms of what has steps and moments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GPO = ROOT / "ckanext-gpo" / "ckanext" / "gpo"
FOLDERS = (
    GPO,
    *(ROOT / name for name in ("harvesters", "bin", "dataset_schemas", "bench")),
)

PREPOSITIONS = """
about above after among at before behind below beside between beyond by in inside into near
of on outside over past with within without
"""
PARTICIPLES = """
asked chosen done found given gone heard held kept known left lost made meant missed said
seen sent shown sought taken told wanted written
"""
FORBIDDEN = frozenset(f"{PREPOSITIONS} {PARTICIPLES} here there".split())

CODE = sorted(
    path
    for folder in FOLDERS
    for path in folder.rglob("*.py")
    if not {"build", "versions"} & set(path.relative_to(folder).parts)
)


def _names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a module gives, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.alias(asname=str(name)):
                yield name, 0
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield name, node.lineno


def _wrong(path: Path) -> list[str]:
    """The forbidden names of a module, its own among them, each with its line."""
    tree = ast.parse(path.read_text("utf-8"))
    given = [(path.stem, 0), *_names(tree)]
    return [
        f"{name}:{line}" for name, line in given if name.strip("_").lower() in FORBIDDEN
    ]


EVERY_KIND = """
import x as over

class Held:
    left: int

def found(of, *seen, **kept):
    by = [at for at in seen]
    with of as inside:
        pass
    try:
        pass
    except E as lost:
        match of:
            case [known, *told]:
                self.gone = 1
"""


def test_the_walk_sees_every_kind_of_name():
    names = {name.lower() for name, _ in _names(ast.parse(EVERY_KIND))}

    words = "over held left found of seen kept by at inside lost known told gone"
    assert names == set(words.split())


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_names_are_nouns_and_verbs(path: Path):
    assert not _wrong(path)
