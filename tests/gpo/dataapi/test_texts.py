"""Lists of records found by texts are those that are found without, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ckan.plugins.toolkit as tk
from ckan.lib import files
from ckan.tests.helpers import call_action

from ckanext.gpo.common import row_texts
from ckanext.gpo.common.row_texts import RowTexts
from ckanext.gpo.common.tables import table
from ckanext.gpo.dataapi import listing, query
from ckanext.gpo.dataapi.questions import Publication
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate, row

NAME = table(VENUES).dataset_name
TEXTS = ("红梅街道文化站", "红梅", "梅红", "少年宫Library", "LIBRARY", "100%", "a_b")


def venues(**changes: str) -> list[dict[str, str]]:
    return [
        row(
            VENUES,
            venue_code=f"WH320402{number:04}",
            venue_name=TEXTS[number % len(TEXTS)],
            address=TEXTS[number % 5],
            floor_area=str(number % 3),
            updated_date=f"2026-01-{1 + number % 28:02}",
            **changes,
        )
        for number in range(40)
    ]


@pytest.fixture
def published(gate: Gate, snapshots: Snapshots) -> Gate:
    def publish() -> None:
        assert gate.judge(VENUES, *venues())["state"] == "published"

    snapshots.prepare("texts", publish, on="gate")
    return gate


def texts_of(version: Version) -> Path:
    """Where its texts lie, or would."""
    location = (version.files or {})["parquet"]["location"]
    place = files.get_storage(storage.STORAGE).full_path(files.Location(location))
    return row_texts.texts_path(Path(place))


def live(gate: Gate) -> Version:
    version = Version.get_published(gate.dataset(VENUES)["id"])
    assert version
    return version


@contextmanager
def no_texts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def absent(_path: Path) -> RowTexts:
        raise FileNotFoundError

    with monkeypatch.context() as patched:
        patched.setattr(row_texts, "read", absent)
        yield


PARTS = st.one_of(
    st.sampled_from([*TEXTS, "红", "示例", "library", "站", "不存在", "_"]),
    st.text("红梅站 libLIB%_", max_size=3),
)
CONTAINS = st.builds(
    lambda name, part: {name: {"contains": part}},
    st.sampled_from(["venue_name", "address"]),
    PARTS,
)
FILTERS = st.lists(
    st.one_of(CONTAINS, st.just({"floor_area": {"gte": 1}})), max_size=2
).map(lambda members: {"$and": members})


@pytest.mark.parametrize("counted", [3, query.COUNTED])
def test_the_same_answers(
    published: Gate, monkeypatch: pytest.MonkeyPatch, counted: int
):
    monkeypatch.setattr(query, "COUNTED", counted)
    served = 0
    find = RowTexts.find

    def spy(*args: Any, **options: Any) -> Any:
        nonlocal served
        served += 1
        return find(*args, **options)

    monkeypatch.setattr(RowTexts, "find", spy)

    @given(
        filters=FILTERS,
        q=PARTS,
        count=st.sampled_from(["bounded", "exact", "none"]),
        sort=st.sampled_from(["", "venue_name", "-updated_date", "floor_area"]),
        limit=st.sampled_from([0, 1, 5, 100]),
    )
    def check(**asked: Any) -> None:
        places: dict[str, Any] = {}
        for _page in range(2):
            parameters = {"dataset": NAME, **asked, **places}
            answer = call_action("gpo_dataapi_record_list", **parameters)
            with no_texts(monkeypatch):
                expected = call_action("gpo_dataapi_record_list", **parameters)
            assert answer == expected
            if not answer["next"]:
                break
            places = {"after": answer["next"]}

    check()
    assert served


@pytest.mark.parametrize(
    "asked", [{"q": "红梅"}, {"filters": {"address": {"contains": "红梅"}}}]
)
def test_a_version_that_takes_the_place_meanwhile(
    published: Gate, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any]
):
    expected = call_action("gpo_dataapi_record_list", dataset=NAME, **asked)

    asks: list[str] = []

    def is_public(publication: Publication) -> bool:
        asks.append(publication.dataset)
        return False

    monkeypatch.setattr(listing, "is_public", is_public)
    assert call_action("gpo_dataapi_record_list", dataset=NAME, **asked) == expected
    assert asks == [NAME]


def test_a_common_part_that_takes_long_is_looked_for_elsewhere(
    published: Gate, monkeypatch: pytest.MonkeyPatch
):
    expected = call_action("gpo_dataapi_record_list", dataset=NAME, q="红")

    @contextmanager
    def hurry(_run: query.Run, seconds: float) -> Iterator[None]:
        assert seconds == listing.COMMON_SECONDS
        raise query.Unserved
        yield

    monkeypatch.setattr(query, "COUNTED", 3)
    monkeypatch.setattr(query.Run, "hurry", hurry)
    answer = call_action("gpo_dataapi_record_list", dataset=NAME, q="红")
    assert answer["records"] == expected["records"]


def test_texts_go_when_a_newer_version_is_public(published: Gate):
    first = live(published)
    before = texts_of(first)
    assert row_texts.read(before).count == 40
    published.judge(VENUES, *venues(special_services="新设无障碍通道"))
    second = live(published)
    assert second.number == first.number + 1
    assert not before.exists()
    assert texts_of(second).exists()
    answer = call_action("gpo_dataapi_record_list", dataset=NAME, q="新设无障碍")
    assert (answer["version"], answer["total"]) == (second.number, 40)
    earlier = call_action(
        "gpo_dataapi_record_list", dataset=NAME, q="新设无障碍", version=first.number
    )
    assert earlier["total"] == 0


def test_texts_go_with_the_files_of_a_purged_dataset(published: Gate):
    path = texts_of(live(published))
    assert path.exists()
    site = {"user": call_action("get_site_user")["name"]}
    dataset = published.dataset(VENUES)
    call_action("package_delete", site, id=dataset["id"])
    call_action("dataset_purge", site, id=dataset["id"])
    assert not path.exists()


def test_words_of_an_unpublished_table_are_not_looked_for(published: Gate):
    site = {"user": call_action("get_site_user")["name"]}
    version = live(published)
    call_action("gpo_quality_version_withdraw", site, id=version.id, reason="错误")
    with pytest.raises(tk.ObjectNotFound):
        call_action("gpo_dataapi_record_list", {"user": ""}, dataset=NAME, q="红梅")
