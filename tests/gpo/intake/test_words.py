"""Every code speaks, with the facts that it comes with."""

from __future__ import annotations

import string

import pytest

from ckanext.gpo.intake.codes import ALL_CODES, CODES, Decision
from ckanext.gpo.intake.kinds import CODES as KIND_CODES
from ckanext.gpo.intake.kinds import ERRORS
from ckanext.gpo.intake.words import all_words, words

FACTS = {
    "header-missing": {"columns", "labels"},
    "header-levels": {"levels"},
    "label-synonym": {"title"},
    "column-ambiguous": {"names"},
    "unit-converted": {"expected"},
    "unit-differs": {"unit", "expected"},
    "unit-factor-wrong": {"unit", "expected"},
    "unit-undeclared": {"unit"},
    "rows-dropped": {"rows", "published"},
    "row-too-long": {"columns"},
    "row-too-short": {"cells", "columns"},
    "cell-corrected": {"before", "after", "by"},
    "correction-differs": {"before", "after"},
    "correction-without-cell": {"before", "after"},
    "private-use": {"character"},
    "control-character": {"character"},
}


def _same(text: str) -> str:
    return text


@pytest.mark.parametrize("code", [*CODES, "header-missing"])
def test_each_code_has_words_with_its_facts(code: str):
    parts = all_words(_same)[code]
    named = {
        name
        for part in parts
        for _, name, _, _ in string.Formatter().parse(part)
        if name
    }

    assert named <= FACTS.get(code, set())
    assert all(parts[:2])


@pytest.mark.parametrize("code", CODES)
def test_what_holds_says_how_to_mend_it(code: str):
    remedy = all_words(_same)[code][2]

    assert bool(remedy) is (CODES[code].decision is not Decision.STEP)


def test_facts_are_filled_in():
    meaning = words("unit-differs", {"unit": "元", "expected": "万元"}, _same).meaning

    assert meaning == "The file says 元, the schema 万元."


def test_the_codes_of_all_stations_are_in_one_table():
    assert ALL_CODES.keys() == KIND_CODES.keys() | CODES.keys()
    assert not KIND_CODES.keys() & CODES.keys()
    assert ALL_CODES["rows-hidden"].decision is Decision.CONSENT
    assert ALL_CODES["formula-without-value"].decision is Decision.FINDING


@pytest.mark.parametrize("code", ["file-password", "sheets-hidden-ignored"])
def test_the_words_of_kinds_are_here_too(code: str):
    assert code in ERRORS | KIND_CODES.keys()
    assert words(code, {"sheets": "甲"}, _same).title
