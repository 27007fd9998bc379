"""What the public is told of a dataset's versions."""

from __future__ import annotations

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.common.news import Subject, Topic, store, walk
from ckanext.gpo.common.news.kinds import News
from ckanext.gpo.quality.logic.action import submission
from ckanext.gpo.quality.news.wording import KINDS

from ..conftest import VENUES, Gate, row
from .versions import REASON, take_back, venue


def _news(gate: Gate) -> list[News]:
    walk.walk(30)
    dataset = Subject("dataset", gate.dataset(VENUES)["id"])
    return store.latest(dataset, 20)[::-1]


def test_a_publication_is_news_of_all_that_the_dataset_belongs_to(gate: Gate):
    version = gate.judge(VENUES, venue(1), venue(2))
    dataset = gate.dataset(VENUES)
    (news,) = _news(gate)

    assert news.topic is Topic.PUBLISHED
    assert news.facts["rows"] == 2
    assert news.facts["number"] == version["number"]
    assert set(news.subjects) == {
        Subject("dataset", dataset["id"]),
        Subject("domain", "culture"),
        Subject("department", dataset["owner_org"]),
    }
    assert news.subject.kind == "dataset"


def test_a_rejection_is_no_news(gate: Gate):
    gate.judge(VENUES, row(VENUES, venue_code=""))

    assert not _news(gate)


def test_a_new_version_tells_what_changed(gate: Gate):
    gate.judge(VENUES, venue(1))
    gate.judge(VENUES, venue(1), venue(2))
    _, news = _news(gate)

    assert news.facts["totals"]["added"] == 1
    assert news.facts["previous"] == 1


def test_another_schema_is_told_as_another_shape(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    gate.judge(VENUES, venue(1))
    monkeypatch.setattr(submission, "schema_hash", lambda table: "another")
    gate.judge(VENUES, venue(1), venue(2))

    assert [news.topic for news in _news(gate)] == [Topic.PUBLISHED, Topic.SHAPE]


def test_a_withdrawal_is_told_with_its_reason_though_nothing_is_public_any_more(
    gate: Gate,
):
    version = gate.judge(VENUES, venue(1))
    walk.walk(30)
    take_back(version)
    news = _news(gate)[-1]

    assert news.topic is Topic.WITHDRAWN
    assert news.facts["reason"] == REASON


def test_a_publication_that_was_withdrawn_before_anybody_was_told_is_not_told(
    gate: Gate,
):
    take_back(gate.judge(VENUES, venue(1)))

    assert [news.topic for news in _news(gate)] == [Topic.WITHDRAWN]


def test_a_dataset_that_was_hidden_by_hand_is_not_told(gate: Gate):
    gate.judge(VENUES, venue(1))
    call_action(
        "package_patch",
        {"user": call_action("get_site_user")["name"]},
        id=gate.dataset(VENUES)["id"],
        private=True,
    )

    assert not _news(gate)


@pytest.mark.parametrize("english", [False, True])
def test_every_kind_of_news_has_its_words(english: bool):
    facts = {
        "dataset": "culture-culture-venues",
        "title": "文化场馆",
        "table": VENUES,
        "number": 2,
        "previous": 1,
        "rows": 12_345,
        "totals": {"added": 1, "removed": 0, "changed": 2, "unchanged": 5},
        "columns_added": ["venue_code"],
        "columns_removed": [],
        "reason": "登记有误",
    }
    for kind in KINDS:
        message = kind.write(facts, english, lambda text: text)
        assert message.lines
        assert ("文化" in message.title) is not english
