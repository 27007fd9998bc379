"""The examples in the reader's own descriptions are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from ckanext.gpo import intake

MODULES = [
    module.name
    for module in pkgutil.walk_packages(intake.__path__, f"{intake.__name__}.")
    if ".kinds" not in module.name
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    attempted = [
        doctest.testmod(importlib.import_module(name)).attempted for name in MODULES
    ]
    assert sum(attempted) > 20
