"""Codes and saved searches are told what a publication means for them."""

from __future__ import annotations

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.news import Subject, store, walk
from ckanext.gpo.common.tables import table
from ckanext.gpo.follow import queries

from ..conftest import Gate, row
from .conftest import Readers, mails

ENTITIES = "food_drug/market_entities"
EXAMPLE = row(ENTITIES)["uscc"]


@pytest.fixture
def entities(readers: Readers) -> Readers:
    """The table of market entities has a dataset too."""
    for department in reference.departments():
        if department["name"] == table(ENTITIES).gpo["organization"]:
            seed.ensure_department(department)
    for domain in reference.domains():
        if domain["name"] == "food_drug":
            seed.ensure_domain(domain)
    site = {"user": call_action("get_site_user")["name"]}
    call_action("gpo_catalogue_dataset_ensure", site, table_ref=ENTITIES)
    return readers


def _publish(gate: Gate, **changes: str) -> None:
    version = gate.judge(ENTITIES, row(ENTITIES, **changes))
    assert version["state"] == "published", version["report"]["errors"]
    walk.walk(30)


def _counts(subject: Subject) -> list[dict[str, int]]:
    return [news.facts["counts"] for news in store.latest(subject, 9)[::-1]]


def test_an_enterprise_is_told_of_each_record_that_comes_changes_and_goes(
    entities: Readers,
):
    subject = Subject("enterprise", EXAMPLE)
    entities.confirm(subject)
    _publish(entities.gate)
    name = next(
        f["name"]
        for f in table(ENTITIES).fields
        if f["name"].endswith("name") and f["type"] == "string"
    )
    _publish(entities.gate, **{name: "常州改名食品有限公司"})
    _publish(entities.gate, **{name: "常州改名食品有限公司"}, uscc="91320402MA0000002T")

    added, changed, removed = _counts(subject)
    assert added == {"added": 1, "removed": 0, "changed": 0}
    assert changed == {"added": 0, "removed": 0, "changed": 1}
    assert removed == {"added": 0, "removed": 1, "changed": 0}
    assert len(mails()) == 3


def test_a_code_that_nobody_follows_costs_nothing(entities: Readers):
    _publish(entities.gate)

    assert not store.latest(Subject("enterprise", EXAMPLE), 9)


def _search(*pairs: tuple[str, str]) -> Subject:
    return Subject("search", queries.normalise(pairs))


def test_a_search_is_told_of_what_is_new_once(entities: Readers):
    entities.confirm(_search(("groups", "food_drug")))
    entities.confirm(_search(("q", "no such words")), "other@example.org")
    _publish(entities.gate)
    _publish(entities.gate, uscc="91320402MA0000002T")

    (news,) = store.latest(_search(("groups", "food_drug")), 9)
    assert news.facts["name"] == table(ENTITIES).dataset_name
    (mail,) = mails()
    assert "food_drug" not in str(mail.facts["facts"]["title"])


def test_what_was_there_before_is_not_new(entities: Readers):
    entities.confirm(_search(("groups", "culture")))
    entities.publish(1, 2)

    assert not mails()
