"""The examples in descriptions of modules, functions and classes are true."""

from __future__ import annotations

import doctest
import importlib

import pytest

from docs.generate import tree

MODULES = [
    f"ckanext.gpo.{'.'.join(path.relative_to(tree.GPO).with_suffix('').parts)}"
    for path in sorted(tree.GPO.rglob("*.py"))
    if ">>> " in path.read_text("utf-8")
]


def test_there_are_modules_with_examples():
    assert len(MODULES) > 30


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str):
    outcome = doctest.testmod(importlib.import_module(name))
    assert outcome.attempted
    assert not outcome.failed
