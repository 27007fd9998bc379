"""Whether something was done in time, with the arithmetic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.common import workdays
from ckanext.gpo.common.tables import read_yaml, table, tables
from ckanext.gpo.explore.dossiers import arithmetic, reference, terms
from ckanext.gpo.explore.dossiers.reference import PUBLISHED, Term
from ckanext.gpo.explore.dossiers.terms import Publication

PERMITS = "construction/construction_permits"
COMPLETIONS = "construction/completion_acceptances"
EIA = "environment/eia_approvals"

TODAY = date(2026, 11, 27)
START = date(2026, 9, 21)
SEVEN = date(2026, 10, 8)
"""Seven working days after START: no working days are 25 to 27 September and 1 to 7 October."""

WD7 = next(term for term in reference.terms(PERMITS) if term.end == PUBLISHED)


@pytest.mark.parametrize(
    ("end", "today", "since", "state", "excess"),
    [
        (SEVEN, TODAY, None, "kept", 0),
        (START, TODAY, None, "kept", 0),
        (date(2026, 10, 9), TODAY, None, "late", 1),
        # a Saturday that is worked, and the Sunday after it
        (date(2026, 10, 10), TODAY, None, "late", 2),
        (date(2026, 10, 11), TODAY, None, "late", 2),
        (None, SEVEN, None, "running", 0),
        (None, date(2026, 10, 9), None, "overdue", 1),
        (date(2026, 10, 9), TODAY, date(2026, 10, 9), "unjudged", 0),
        (date(2026, 10, 9), TODAY, SEVEN, "late", 1),
        (None, TODAY, date.max, "unjudged", 0),
    ],
)
def test_what_became_of_a_term(
    end: date | None, today: date, since: date | None, state: str, excess: int
):
    outcome = terms.judge(WD7, START, 7, end, today, since)

    assert outcome.due == SEVEN
    assert (outcome.state, outcome.excess) == (state, excess)


days = st.dates(date(2015, 1, 1), date(2026, 6, 1))


@given(days, st.integers(0, 60), days, st.sampled_from(["working", "calendar"]))
def test_who_is_called_late_has_exceeded_the_term(
    start: date, length: int, end: date, unit: workdays.Unit
):
    outcome = terms.judge(replace(WD7, unit=unit), start, length, end, TODAY)

    assert (outcome.state == "late") == (end > outcome.due)
    assert outcome.state in ("kept", "late")
    assert (outcome.excess > 0) <= (outcome.state == "late")


def published(*days: int) -> list[Publication]:
    return [Publication(n, date(2026, 9, d)) for n, d in enumerate(days, 1)]


@pytest.mark.parametrize(
    ("publications", "versions", "expected"),
    [
        # the table came after the term: all that is known is when it came
        (published(20, 25), {1, 2}, 20),
        (published(1), {1}, 1),
        (published(1, 9), {1, 2}, 9),
        (published(1, 9, 20), {2, 3}, 9),
        (published(1, 9, 20), {3}, 20),
        (published(1, 9, 12, 20), {3, 4}, 12),
        # a row that was there, was not, and is there again was there in time
        (published(1, 9, 12, 20), {2, 4}, 9),
        # nobody looks further than some versions: then it is "at least so late"
        (published(1, 11, 12, 13, 14, 15, 16, 17), {8}, 15),
    ],
)
def test_the_first_day_on_which_a_row_was_public(
    publications: list[Publication], versions: set[int], expected: int
):
    first = terms.first_public_day(
        date(2026, 9, 10), publications, lambda number: number in versions
    )

    assert first == date(2026, 9, expected)


def test_a_version_that_was_taken_back_tells_nothing():
    first = terms.first_public_day(
        date(2026, 9, 10), published(1, 20), lambda number: None
    )

    assert first is None


@given(
    st.lists(st.integers(1, 300), min_size=1, max_size=12, unique=True).map(sorted),
    st.integers(0, 320),
    st.data(),
)
def test_nobody_is_called_later_than_the_versions_prove(
    offsets: list[int], due_offset: int, data: st.DataObject
):
    base = date(2025, 1, 1)
    publications = [
        Publication(n, base + timedelta(d)) for n, d in enumerate(offsets, 1)
    ]
    first_with = data.draw(st.integers(1, len(publications)))
    due = base + timedelta(due_offset)
    answer = terms.first_public_day(due, publications, lambda n: n >= first_with)

    truth = publications[first_with - 1].day
    assert answer is not None
    if publications[0].day <= due:
        assert answer <= max(truth, due)
        assert (answer <= due) == (truth <= due)


def test_a_contract_ends_with_the_completion_of_its_own_permit():
    permit = {"permit_number": "1", "issue_date": "2026-03-12", "contract_days": 30}
    other = {"construction_permit_number": "2", "acceptance_date": "2026-04-01"}
    own = {"construction_permit_number": "1", "acceptance_date": "2026-04-20"}

    def agreed(*completions: dict[str, str]) -> terms.Outcome:
        outcomes = arithmetic.outcomes(
            PERMITS,
            permit,
            {COMPLETIONS: completions},
            (published(1), lambda key, number: True),
            TODAY,
        )
        return next(outcome for outcome in outcomes if outcome.term.agreed)

    assert agreed(other).state == "overdue"
    assert (agreed(other, own).state, agreed(own).excess) == ("late", 9)


@pytest.mark.parametrize(
    ("report", "expected"),
    [("报告书", [60]), ("报告表", [30]), ("登记表", [])],
)
def test_a_term_is_set_for_the_rows_that_it_is_meant_for(
    report: str, expected: list[int]
):
    row = {"report_type": report, "accepted_date": "2026-01-06"}
    assert [t.days for t in reference.terms(EIA) if terms.applies(t, row)] == expected


def test_a_row_without_a_day_sets_no_term_running():
    assert not any(terms.applies(term, {}) for term in reference.terms(PERMITS))


ALL_TERMS = [term for ref in tables() for term in reference.terms(ref)]


def test_every_term_of_the_file_is_read():
    assert len(ALL_TERMS) == len(read_yaml("dossiers.yaml")["terms"])


@pytest.mark.parametrize("term", ALL_TERMS, ids=lambda t: f"{t.table_ref}:{t.title}")
def test_a_term_names_columns_that_are_there_and_its_basis(term: Term):
    columns = {field["name"] for field in table(term.table_ref).fields}
    ends = {field["name"] for field in table(term.end_table).fields} | {PUBLISHED}

    assert {term.start, *term.when} <= columns
    assert term.end in ends
    assert (term.days is None) == bool(term.days_column)
    assert {term.days_column} - {""} <= columns
    assert all((term.title, term.title_en, term.basis, term.basis_en))
