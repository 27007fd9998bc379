"""Every rule that a report can name has words: what it is, what is expected, how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from frictionless import Error, Field

import ckanext.gpo.quality
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.engine.checks import CodeError
from ckanext.gpo.quality.report import wording

TABLE = table("culture/culture_venues")
SOURCES = sorted(Path(ckanext.gpo.quality.__path__[0]).rglob("*.py"))


def _raised() -> Iterator[str]:
    for path in SOURCES:
        yield from re.findall(r'CandidateError\(\s*"([a-z-]+)"', path.read_text())


def _of_frictionless(of: type[Error] = Error) -> Iterator[str]:
    """The errors that are no mere kinds of others."""
    for kind in of.__subclasses__():
        if not kind.__subclasses__():
            yield kind.type
        yield from _of_frictionless(kind)


def _kinds_of_values() -> Iterator[str]:
    return (kind.type for kind in Field.__subclasses__())


RULES = sorted({*_raised(), *_of_frictionless(), *jobs.CUT_SHORT, CodeError.type})


def test_rules_are_found():
    assert {"candidate-changed", "check-too-slow", "sequential-value"} <= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_words(rule: str):
    fact = {"rule": rule, "field": "venue_code", "note": "probe"}
    fact |= {"limit": "integer", "reference": "culture/culture_venues"}

    words = wording.explain(fact, TABLE, str)

    assert words["title"] != rule
    assert words["expected"]
    assert words["fix"]
    assert "{" not in words["expected"] + words["fix"]


@pytest.mark.parametrize("kind", sorted(_kinds_of_values()))
def test_every_type_of_a_table_schema_has_words(kind: str):
    fact = {"rule": "type-error", "field": "venue_code", "note": "", "limit": kind}
    assert wording.explain(fact, TABLE, str)["expected"] not in ("", kind)
