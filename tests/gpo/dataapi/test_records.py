"""Records over the API: who may see which, of which version, and at what cost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.datastore.backend.postgres import get_write_engine
from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate, row
from ..test_statements import counted

NAME = table(VENUES).dataset_name
CODES = [f"WH32040200{number:02}" for number in range(10, 22)]
KEY = {"venue_code": CODES[0]}

Ask = Callable[..., tuple[int, Any]]

ACTIONS: list[tuple[str, dict[str, Any]]] = [
    ("gpo_dataapi_record_list", {}),
    ("gpo_dataapi_record_list", {"q": "示例"}),
    ("gpo_dataapi_record_list", {"version": 1}),
    ("gpo_dataapi_record_list", {"as_of": "2999-01-01"}),
    ("gpo_dataapi_record_show", {"key": KEY}),
    ("gpo_dataapi_record_show", {"key": KEY, "version": 1}),
    ("gpo_dataapi_record_aggregate", {}),
    ("gpo_dataapi_value_list", {"field": "street"}),
    ("gpo_dataapi_chain_show", {"key": KEY}),
    ("gpo_quality_publication_show", {}),
]


def venues(**changes: str) -> list[dict[str, str]]:
    return [
        row(VENUES, venue_code=code, venue_name=f"示例站{code}", **changes)
        for code in CODES
    ]


def as_site() -> dict[str, Any]:
    return {"user": call_action("get_site_user")["name"]}


def withdraw(version: str) -> None:
    call_action("gpo_quality_version_withdraw", as_site(), id=version, reason="错误")


@pytest.fixture
def published(gate: Gate, snapshots: Snapshots) -> Gate:
    """Two versions that are public history, one of them public now."""

    def publish() -> None:
        for area in ("100.5", "200"):
            version = gate.judge(VENUES, *venues(floor_area=area))
            assert version["state"] == "published"

    snapshots.prepare("records", publish, on="gate")
    return gate


@pytest.fixture
def ask(as_anonymous: Callable[..., Any]) -> Ask:
    """Ask as a reader without an account: status and answer."""

    def call(action: str, **parameters: Any) -> tuple[int, Any]:
        texts = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
        }
        return as_anonymous(action, **{"dataset": NAME, **texts})

    return call


def test_pages_of_records(published: Gate, ask: Ask):
    status, first = ask(
        "gpo_dataapi_record_list", limit=8, sort="venue_code", fields="venue_code"
    )
    assert status == 200
    assert (first["version"], first["total"], first["total_is_exact"]) == (2, 12, True)
    assert [r["venue_code"] for r in first["records"]] == CODES[:8]
    assert first["fields"] == [
        {
            "name": "venue_code",
            "type": "string",
            "title": "机构编号",
            "title_en": "Venue code",
        }
    ]
    _, last = ask(
        "gpo_dataapi_record_list", limit=8, sort="venue_code", after=first["next"]
    )
    assert [r["venue_code"] for r in last["records"]] == CODES[8:]
    assert last["next"] is None
    _, back = ask(
        "gpo_dataapi_record_list", limit=8, sort="venue_code", before=last["previous"]
    )
    assert [r["venue_code"] for r in back["records"]] == CODES[:8]


def test_records_of_an_earlier_version(published: Gate, ask: Ask):
    def areas(**parameters: Any) -> tuple[int, set[float], int]:
        _, answer = ask("gpo_dataapi_record_list", fields="floor_area", **parameters)
        records = answer["records"]
        return answer["version"], {r["floor_area"] for r in records}, answer["total"]

    assert areas(version=1) == (1, {100.5}, 12)
    assert areas(version=2) == areas(as_of="2999-01-01") == (2, {200}, 12)
    assert areas(version=1, filters={"floor_area": 200}) == (1, set(), 0)
    first, second = (
        datetime.fromisoformat(version["published"])
        for version in reversed(call_action("gpo_quality_version_list", dataset=NAME))
    )
    # moments are told in seconds, in one of which both may have come out
    assert areas(as_of=first.isoformat())[0] == (1 if first < second else 2)
    assert areas(as_of=second.isoformat())[0] == 2
    assert ask("gpo_dataapi_record_list", as_of="1999-01-01")[0] == 404
    assert ask("gpo_dataapi_record_list", version=3)[0] == 404


def test_pages_of_an_earlier_version(published: Gate, ask: Ask):
    question = {"version": 1, "limit": 8, "sort": "-venue_code", "q": "示例"}
    _, first = ask("gpo_dataapi_record_list", **question)
    _, last = ask("gpo_dataapi_record_list", after=first["next"], **question)
    codes = [r["venue_code"] for r in first["records"] + last["records"]]
    assert codes == CODES[::-1]
    assert last["next"] is None
    assert ask("gpo_dataapi_record_list", after="2-3", version=1)[0] in (400, 409)


@pytest.mark.parametrize("q", ["", "示例"])
@pytest.mark.parametrize(
    ("count", "total"),
    [("bounded", (12, True)), ("exact", (12, True)), ("none", (None, False))],
)
def test_counts(published: Gate, ask: Ask, q: str, count: str, total: Any):
    filters = {"floor_area": {"gt": 1}}
    _, answer = ask(
        "gpo_dataapi_record_list", limit=1, count=count, filters=filters, q=q
    )
    assert (answer["total"], answer["total_is_exact"]) == total


def test_the_newest_come_first(published: Gate, ask: Ask):
    assert ask("gpo_dataapi_record_list")[1]["sort"] == "-updated_date"


def test_filters_and_words(published: Gate, ask: Ask):
    _, answer = ask(
        "gpo_dataapi_record_list",
        filters={"venue_code": {"gte": CODES[9]}, "floor_area": 200},
        q="示例站 红梅",
    )
    assert answer["total"] == 3
    assert answer["records"][0]["floor_area"] == 200


def test_sums(published: Gate, ask: Ask):
    _, answer = ask(
        "gpo_dataapi_record_aggregate",
        group_by="street",
        measures=[{"function": "count"}, {"function": "avg", "field": "floor_area"}],
    )
    assert answer["group_by"] == [{"field": "street", "unit": None}]
    assert [m["name"] for m in answer["measures"]] == ["count", "avg(floor_area)"]
    assert answer["groups"] == [{"key": ["红梅街道"], "values": [12, 200]}]
    assert answer["is_complete"]


def test_sums_of_some_groups_and_a_second_time(
    published: Gate, ask: Ask, monkeypatch: pytest.MonkeyPatch
):
    question: dict[str, Any] = {
        "group_by": [{"field": "updated_date", "unit": "quarter"}],
        "measures": [{"function": "sum", "field": "floor_area"}],
    }
    _, most = ask(
        "gpo_dataapi_record_aggregate", having={"sum(floor_area)": 2400}, **question
    )
    _, none = ask(
        "gpo_dataapi_record_aggregate",
        having={"sum(floor_area)": {"gt": 2400}},
        **question,
    )
    ((group,), nothing) = most["groups"], none["groups"]
    assert re.fullmatch(r"[0-9]{4}-Q[1-4]", group["key"][0])
    assert (group["values"], nothing) == ([2400], [])

    monkeypatch.setattr("ckanext.gpo.dataapi.summing._read", None)
    _, again = ask(
        "gpo_dataapi_record_aggregate", having={"sum(floor_area)": 2400}, **question
    )
    assert again == most


def test_a_record_of_now_and_of_before(published: Gate, ask: Ask):
    _, now = ask("gpo_dataapi_record_show", key=KEY)
    _, before = ask("gpo_dataapi_record_show", key=KEY, version=1)

    assert (now["version"], now["current"], now["key"]) == (2, 2, KEY)
    assert (before["version"], before["current"]) == (1, 2)
    assert now["record"]["floor_area"] == 200
    assert before["record"]["floor_area"] == 100.5
    assert now["record"] == before["record"] | {"floor_area": 200}
    assert before["published"] <= now["published"]


@pytest.mark.parametrize("version", [1, 2])
def test_a_record_that_is_not_there(published: Gate, ask: Ask, version: int):
    key = {"venue_code": "nobody"}
    assert ask("gpo_dataapi_record_show", key=key, version=version)[0] == 404
    assert ask("gpo_dataapi_record_show", key=KEY, version=3)[0] == 404


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"key": {"venue_name": "x"}}, "key-unfit"),
        ({"key": {}}, None),
        ({"key": "[1]"}, "key-unfit"),
        ({"key": "{"}, None),
        ({"key": {"venue_code": ["x"]}}, "value-unreadable"),
        ({"key": KEY, "version": "-1"}, None),
    ],
)
def test_keys_that_are_none(
    published: Gate, parameters: dict[str, Any], code: str | None
):
    with pytest.raises(tk.ValidationError) as refused:
        call_action("gpo_dataapi_record_show", dataset=NAME, **parameters)
    assert refused.value.error_dict.get("code") == (code and [code])


@pytest.mark.parametrize(
    "parameters",
    [
        {"filters": "{"},
        {"filters": "[" * 50_000},
        {"filters": {"nobody": 1}},
        {"filters": {"floor_area": "viel"}},
        {"sort": "nobody"},
        {"sort": "-"},
        {"sort": "x" * 10_000},
        {"fields": "nobody"},
        {"fields": [1]},
        {"q": "字" * 10_000},
        {"q": "a\0b"},
        {"limit": 1001},
        {"limit": "many"},
        {"after": "2-999999"},
        {"after": "1-1"},
        {"before": "x"},
        {"count": "some"},
        {"version": 0},
        {"as_of": "yesterday"},
        {"as_of": "2026-13-01"},
        {"as_of": "2026-11-23", "version": 1},
    ],
)
def test_junk_is_refused(published: Gate, ask: Ask, parameters: dict[str, Any]):
    assert ask("gpo_dataapi_record_list", **parameters)[0] in (400, 409)


@pytest.mark.parametrize(("action", "parameters"), ACTIONS)
def test_what_is_not_public_is_not_there(
    published: Gate, ask: Ask, action: str, parameters: dict[str, Any]
):
    assert ask(action, **parameters)[0] == 200
    assert ask(action, **{**parameters, "dataset": "no-such-dataset"})[0] == 404

    call_action("package_patch", as_site(), id=NAME, private=True)
    assert ask(action, **parameters)[0] == 404
    for_a_stranger = {"user": factories.User()["name"], "ignore_auth": False}
    with pytest.raises(tk.ObjectNotFound):
        call_action(action, for_a_stranger, dataset=NAME, **parameters)
    call_action(action, dataset=NAME, **parameters)


@pytest.mark.parametrize(("action", "parameters"), ACTIONS)
def test_what_was_withdrawn_is_not_there_for_anyone(
    published: Gate, ask: Ask, action: str, parameters: dict[str, Any]
):
    current = call_action("gpo_quality_publication_show", dataset=NAME)
    withdraw(current["version"])

    assert ask(action, **parameters)[0] == 404
    with pytest.raises(tk.ObjectNotFound):
        call_action(action, dataset=NAME, **parameters)


def test_a_version_that_was_withdrawn_stays_away(published: Gate, ask: Ask):
    current = call_action("gpo_quality_publication_show", dataset=NAME)
    withdraw(current["version"])
    version = published.submit(VENUES, *venues(floor_area="300"), source="upload")
    published.decide()
    call_action("package_patch", as_site(), id=NAME, private=False)
    assert published.show(version)["state"] == "published"

    assert ask("gpo_dataapi_record_show", key=KEY, version=1)[0] == 200
    assert ask("gpo_dataapi_record_show", key=KEY, version=2)[0] == 404
    assert ask("gpo_dataapi_record_show", key=KEY, version=3)[0] == 200


def test_the_cost_does_not_depend_on_versions_or_rows(published: Gate, ask: Ask):
    def cost(**parameters: Any) -> int:
        with counted() as statements:
            assert ask("gpo_dataapi_record_list", **parameters)[0] == 200
        return statements.total()

    ask("gpo_dataapi_record_list")
    few = cost(limit=5)
    published.judge(VENUES, *venues(floor_area="300"))
    ask("gpo_dataapi_record_list")
    assert cost(limit=5) == few
    assert few <= 20


def test_rows_whose_swap_is_still_to_come(published: Gate, ask: Ask):
    resource = published.dataset(VENUES)["resources"][0]["id"]
    with get_write_engine().begin() as connection:
        connection.execute(sa.text(f'ALTER TABLE "{resource}" RENAME TO away'))
    try:
        assert ask("gpo_dataapi_record_list")[0] == 404
    finally:
        with get_write_engine().begin() as connection:
            connection.execute(sa.text(f'ALTER TABLE away RENAME TO "{resource}"'))


COLLECTED = [
    {"dataset": NAME, "filters": KEY},
    {"dataset": "nobody"},
    {"dataset": NAME, "filters": {"$or": [KEY, {"venue_code": CODES[1]}]}},
    {"dataset": NAME, "filters": {"nobody": "x"}},
    {"dataset": NAME},
]


def test_records_of_many_tables_at_once_are_those_of_each(published: Gate, ask: Ask):
    status, answers = ask("gpo_dataapi_record_collect", questions=COLLECTED, limit=10)

    assert status == 200
    assert [answer and answer["total"] for answer in answers] == [1, None, 2, None, 12]
    for question, answer in zip(COLLECTED, answers, strict=True):
        if answer:
            _, listed = ask("gpo_dataapi_record_list", **question, limit=10)
            assert answer.items() <= listed.items()


def test_many_tables_cost_one_statement_each(published: Gate):
    def cost(number: int) -> int:
        with counted() as statements:
            call_action("gpo_dataapi_record_collect", questions=COLLECTED[:1] * number)
        return statements.total()

    assert cost(50) - cost(1) <= 49


@pytest.mark.parametrize(
    "questions",
    ["{", {}, [1], [{}], [{"dataset": 1}], [{"dataset": NAME}] * 101]
    + [[{"dataset": NAME, "filters": {"floor_area": "viel"}}]],
)
def test_questions_that_are_none(published: Gate, ask: Ask, questions: Any):
    assert ask("gpo_dataapi_record_collect", questions=questions)[0] in (400, 409)


def test_nothing_is_collected_of_what_is_not_public(published: Gate):
    questions = {"questions": COLLECTED[:1]}
    history = {"datasets": [NAME]}

    def told(user: str) -> tuple[Any, Any]:
        reader = {"user": user, "ignore_auth": False}
        return (
            tk.get_action("gpo_dataapi_record_collect")(reader, questions),
            tk.get_action("gpo_quality_publication_histories")(reader, history),
        )

    (answer,), versions = told("")
    assert (answer["version"], answer["records"][0]["venue_code"]) == (2, CODES[0])
    assert [each["version"] for each in versions[NAME]] == [1, 2]

    call_action("package_patch", as_site(), id=NAME, private=True)
    for user in ("", as_site()["user"]):
        assert told(user) == ([None], {})
    call_action("package_patch", as_site(), id=NAME, private=False)
    assert told("")[0] == [answer]
    withdraw(call_action("gpo_quality_publication_show", dataset=NAME)["version"])
    assert answer not in told("")[0]
