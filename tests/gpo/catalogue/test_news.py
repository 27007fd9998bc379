"""What the public is told of the catalogue: late datasets, items released and taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import jobs
from ckanext.gpo.catalogue.news.wording import KINDS
from ckanext.gpo.common import clock, ledger
from ckanext.gpo.common.news import Subject, Topic, find_profile, store, walk

from ..conftest import VENUES, Gate, Shown, row


@pytest.fixture
def years_later(monkeypatch: pytest.MonkeyPatch) -> None:
    day = clock.today() + timedelta(days=800)
    monkeypatch.setattr(clock, "today", lambda: day)


def _topics(subject: Subject) -> list[Topic]:
    walk.walk(30)
    return [news.topic for news in store.latest(subject, 20)[::-1]]


def test_a_dataset_is_late_once_for_each_due_day(gate: Gate, years_later: None):
    gate.judge(VENUES, row(VENUES))
    dataset = Subject("dataset", gate.dataset(VENUES)["id"])
    jobs.record_late()
    jobs.record_late()

    assert _topics(dataset) == [Topic.PUBLISHED, Topic.LATE]
    (event,) = [e for e in ledger.events(room="catalogue") if e.what == "late"]
    assert date.fromisoformat(event.facts["due"]) < clock.today()


def test_a_dataset_in_time_is_not_late(gate: Gate):
    gate.judge(VENUES, row(VENUES))
    jobs.record_late()

    assert not [e for e in ledger.events(room="catalogue") if e.what == "late"]


def test_an_item_is_told_when_it_is_released_and_taken_back(shown: Shown):
    walk.walk(30)
    (item,) = model.Session.query(model.Package).filter_by(type="disclosure-item")
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", dict(site), id=item.id, private=True)
    call_action("package_patch", dict(site), id=item.id, notes="改动")
    call_action("package_patch", dict(site), id=item.id, private=False)

    subject = Subject("item", item.id)
    assert _topics(subject)[-2:] == [Topic.WITHDRAWN, Topic.PUBLISHED]
    assert find_profile(subject) is not None


@pytest.mark.parametrize(
    "subject",
    [
        Subject("dataset", "no-such"),
        Subject("item", ""),
        Subject("domain", "wglj"),
        Subject("department", "culture"),
        Subject("no-such-kind", "x"),
    ],
)
def test_what_is_not_there_or_of_another_kind_is_not_found(
    shown: Shown, subject: Subject
):
    assert find_profile(subject) is None


@pytest.mark.parametrize("english", [False, True])
def test_subjects_are_named_in_the_language_of_the_reader(shown: Shown, english: bool):
    domain = find_profile(Subject("domain", "culture"), english)

    assert domain is not None
    assert domain.title.isascii() is english


def test_every_kind_of_news_has_its_words():
    facts = {"name": "culture-culture-venues", "title": "文化场馆", "due": "2026-11-20"}

    assert all(kind.write(facts, False, str).lines for kind in KINDS)
