"""Every rule that a report can name has words: what it is, what is expected, how to mend it."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from frictionless import Error, Field

import ckanext.gpo.quality
from ckanext.gpo import intake
from ckanext.gpo.common.tables import table
from ckanext.gpo.intake.codes import ALL_CODES
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.engine.checks import CodeError
from ckanext.gpo.quality.report import explain, former_rules

TABLE = table("culture/culture_venues")
SOURCES = sorted(Path(ckanext.gpo.quality.__path__[0]).rglob("*.py"))
LOCALES = Path(ckanext.gpo.quality.__path__[0]).parent / "i18n"
CODE = re.compile(r"[a-z]+([-_][a-z]+)*|string|error")
"""What a program calls a thing, and no person."""


def _raised() -> Iterator[str]:
    for path in SOURCES:
        yield from re.findall(r'CandidateError\(\s*"([a-z-]+)"', path.read_text())


def _of_frictionless(of: type[Error] = Error) -> Iterator[str]:
    yield of.type
    for kind in of.__subclasses__():
        yield from _of_frictionless(kind)


def _kinds_of_values() -> Iterator[str]:
    return (kind.type for kind in Field.__subclasses__())


RULES = sorted(
    {*_raised(), *_of_frictionless(), *jobs.CUT_SHORT, CodeError.type}
    | set(former_rules.all_words(str))
)
FINDINGS = sorted(ALL_CODES)


def _chinese() -> Callable[[str], str]:
    path = LOCALES / "zh_Hans_CN" / "LC_MESSAGES" / "ckanext-gpo.mo"
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream).gettext


TRANSLATORS = pytest.mark.parametrize(
    "translate", [str, _chinese()], ids=["en", "zh_Hans_CN"]
)


def test_rules_are_found():
    assert {"candidate-changed", "check-too-slow", "sequential-value"} <= set(RULES)
    assert {"error", "cell-error", "candidate-truncated"} <= set(RULES)


@TRANSLATORS
@pytest.mark.parametrize("rule", [*RULES, "rule-of-tomorrow"])
def test_every_rule_has_words(rule: str, translate: Callable[[str], str]):
    fact = {"rule": rule, "field": "venue_code", "note": "", "row": 7}
    fact |= {"limit": "integer", "reference": "culture/culture_venues", "value": "甲乙"}

    words = explain(fact, TABLE, translate)

    for part in ("title", "message", "expected", "fix"):
        assert words[part]
        assert not CODE.fullmatch(words[part]), words[part]
        assert rule not in words[part].split()
        assert "{" not in words[part]
    assert "7" in words["message"]
    assert "甲乙" in words["message"]
    assert words["example"] == "WH3204020008"
    if translate is not str:
        assert re.search("[一-鿿]", words["title"])


@TRANSLATORS
@pytest.mark.parametrize("code", FINDINGS)
def test_every_finding_has_a_title_of_its_own(
    code: str, translate: Callable[[str], str]
):
    title = intake.title(code, translate)

    assert title
    assert not CODE.fullmatch(title)


@pytest.mark.parametrize("kind", sorted(_kinds_of_values()))
def test_every_type_of_a_table_schema_has_words(kind: str):
    fact = {"rule": "type-error", "field": "venue_code", "note": "", "limit": kind}
    assert explain(fact, TABLE, str)["expected"] not in ("", kind)


def test_the_other_row_of_a_repeated_key_is_named():
    fact = {"rule": "primary-key", "note": "", "row": 9, "other_row": 4}

    assert "Row 4 holds the same" in explain(fact, TABLE, str)["fix"]
