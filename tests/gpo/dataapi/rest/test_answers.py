"""Answers of the REST API: those of the actions, with links and names that stay."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table

from ...conftest import ACTIVITIES, VENUES, Gate
from .conftest import BASE, CODES, NAME, Get, venues

RECORDS = f"datasets/{NAME}/records"


def local(address: str) -> str:
    """A link of an answer, below the base."""
    parts = urlsplit(address)
    path = parts.path.removeprefix(f"{BASE}/")
    return f"{path}?{parts.query}" if parts.query else path


@pytest.mark.parametrize(
    ("path", "action", "arguments"),
    [
        ("domains", "gpo_catalogue_domain_list", {}),
        ("domains/culture", "gpo_catalogue_domain_show", {"id": "culture"}),
        ("chains", "gpo_catalogue_chain_list", {}),
        (f"datasets/{NAME}", "package_show", {"id": NAME}),
        (f"datasets/{NAME}/schema", "gpo_dataapi_schema_show", {"dataset": NAME}),
        (f"datasets/{NAME}/versions", "gpo_quality_version_list", {"dataset": NAME}),
        (
            f"datasets/{NAME}/versions/2",
            "gpo_quality_version_show",
            {"dataset": NAME, "number": 2},
        ),
        (f"datasets/{NAME}/changes", "gpo_quality_changes", {"dataset": NAME}),
        (
            f"{RECORDS}/{CODES[0]}",
            "gpo_dataapi_record_show",
            {"dataset": NAME, "key": {"venue_code": CODES[0]}},
        ),
    ],
)
def test_data_is_the_answer_of_the_action(
    get: Get, as_anonymous: Any, path: str, action: str, arguments: dict[str, Any]
):
    answer = get(path)

    assert answer.status_code == 200, answer.text
    _, expected = as_anonymous(
        action,
        **{
            name: value if isinstance(value, (str, int)) else json.dumps(value)
            for name, value in arguments.items()
        },
    )
    assert expected
    assert answer.json["data"] == expected


@pytest.mark.parametrize(
    ("path", "members"),
    [
        ("items?domain=culture", "results"),
        (f"datasets/{NAME}/diff?from=2&to=3", "records"),
        ("changes", "results"),
        ("search?q=文化", "results"),
        ("datasets?department=wglj", "results"),
    ],
)
def test_a_list_tells_its_members_and_how_many(get: Get, path: str, members: str):
    answer = get(path)

    assert answer.status_code == 200, answer.text
    assert answer.json["data"]
    assert answer.json["meta"]["count"] >= len(answer.json["data"])
    assert members not in answer.json["meta"]


class TestRecords:
    def test_conditions_stand_in_the_address(self, get: Get):
        answer = get(
            f"{RECORDS}?venue_code.gte={CODES[4]}&venue_code.lt={CODES[7]}"
            "&sort=venue_code"
        )

        assert [r["venue_code"] for r in answer.json["data"]] == CODES[4:7]

    def test_only_the_selected_fields_are_told(self, get: Get):
        answer = get(f"{RECORDS}?select=venue_code,floor_area&limit=1")

        assert list(answer.json["data"][0]) == ["venue_code", "floor_area"]
        names = [field["name"] for field in answer.json["meta"]["fields"]]
        assert names == ["venue_code", "floor_area"]

    def test_links_lead_through_all_pages_and_back(self, get: Get):
        address: str | None = f"{RECORDS}?limit=5&sort=-venue_code"
        pages = []
        while address:
            answer = get(local(address)).json
            pages.append([record["venue_code"] for record in answer["data"]])
            address, back = answer["links"]["next"], answer["links"]["previous"]
        before = get(local(back)).json

        assert sum(pages, []) == CODES[::-1]
        assert [record["venue_code"] for record in before["data"]] == pages[-2]

    @pytest.mark.parametrize(
        "question",
        ["", "&sort=-venue_code", "&q=示例站", "&venue_code.gte=A&count=exact"],
        ids=["file", "sorted", "words", "filtered"],
    )
    def test_pages_stay_those_of_the_version_begun_with(
        self, get: Get, published: Gate, question: str
    ):
        everything = get(f"{RECORDS}?limit=100{question}").json["data"]
        answer = get(f"{RECORDS}?limit=5{question}").json
        begun, records = answer["meta"]["version"], answer["data"]
        published.judge(VENUES, *venues(floor_area="300")[3:])
        first = records
        while address := answer["links"]["next"]:
            answer = get(local(address)).json
            assert answer["meta"]["version"] == begun
            records = records + answer["data"]
        back = get(local(answer["links"]["previous"])).json
        back = get(local(back["links"]["previous"])).json

        assert records == everything
        assert back["data"] == first
        assert len(get(f"{RECORDS}?limit=100{question}").json["data"]) == 9

    def test_a_day_is_left_for_the_version_that_it_names(self, get: Get):
        answer = get(f"{RECORDS}?limit=5&as_of=2100-01-01").json
        following = answer["links"]["next"]

        assert "as_of" not in following
        assert f"version={answer['meta']['version']}" in following
        assert get(local(following)).json["data"]

    def test_pages_of_what_is_taken_back_are_gone(self, get: Get, published: Gate):
        following = get(f"{RECORDS}?limit=5").json["links"]["next"]
        version = call_action("gpo_quality_publication_show", dataset=NAME)["version"]
        site = {"user": call_action("get_site_user")["name"]}
        call_action("gpo_quality_version_withdraw", site, id=version, reason="错误")

        assert get(local(following)).status_code == 410

    def test_an_earlier_version_is_read_by_its_number(self, get: Get):
        areas = {
            number: get(f"{RECORDS}/{CODES[0]}?version={number}").json["data"]
            for number in (2, 3)
        }

        assert {n: a["record"]["floor_area"] for n, a in areas.items()} == {
            2: 100.5,
            3: 200,
        }

    def test_groups_are_written_in_the_address(self, get: Get):
        answer = get(
            f"datasets/{NAME}/aggregate?group_by=street&measures=count,sum(floor_area)"
        )

        data = answer.json["data"]
        assert [m["name"] for m in data["measures"]] == ["count", "sum(floor_area)"]
        assert data["groups"][0]["values"] == [12, 2400]

    def test_groups_are_filtered_by_what_is_told_of_them(self, get: Get):
        path = f"datasets/{NAME}/aggregate?group_by=street&measures=count"
        groups = {
            most: get(f'{path}&having={{"count": {{"gt": {most}}}}}').json["data"]
            for most in (11, 12)
        }
        assert [len(answer["groups"]) for answer in groups.values()] == [1, 0]

    def test_values_of_a_field_are_counted(self, get: Get):
        answer = get(f"datasets/{NAME}/values/venue_code?venue_code.in={CODES[3]}").json

        assert answer["data"] == [{"value": CODES[3], "count": 1}]
        assert answer["meta"]["is_complete"] is True

    def test_a_chain_leads_to_the_records_of_other_tables(self, get: Get):
        answer = get(f"datasets/{NAME}/chain/{CODES[0]}?depth=1").json["data"]

        assert [node["dataset"] for node in answer["nodes"]] == [
            NAME,
            table(ACTIVITIES).dataset_name,
        ]
        assert answer["links"][0]["fields"] == ["venue_code"]

    def test_a_whole_table_is_read_as_it_was(self, get: Get):
        answer = get(f"{RECORDS}?version=2&limit=1").json

        assert answer["meta"]["version"] == 2
        assert answer["data"][0]["floor_area"] == 100.5

    def test_long_questions_are_sent_as_json(self, app: Any, published: Gate):
        question = {
            "group_by": ["street"],
            "measures": [{"function": "count"}],
            "filters": {"venue_code": CODES[:3]},
        }

        answer = app.test_client().post(
            f"{BASE}/datasets/{NAME}/aggregate", json=question
        )

        assert answer.status_code == 200, answer.text
        assert answer.json["data"]["groups"][0]["values"] == [3]


class TestPages:
    def test_offset_links_end_with_the_last_page(self, get: Get):
        first = get("domains/culture?limit=1")
        assert first.json["links"]["self"].endswith("domains/culture?limit=1")

        address: str | None = "datasets?limit=1"
        names = []
        while address:
            answer = get(local(address)).json
            names += [dataset["name"] for dataset in answer["data"]]
            address = answer["links"]["next"]
        assert len(names) == answer["meta"]["count"] == 2


class TestFreshness:
    def test_a_version_that_is_known_is_not_sent_again(self, get: Get):
        answer = get(RECORDS)
        again = get(RECORDS, headers={"If-None-Match": answer.headers["ETag"]})

        assert answer.headers["Last-Modified"]
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == answer.headers["ETag"]

    def test_a_page_of_the_present_version_is_not_sent_again(self, get: Get):
        following = local(get(f"{RECORDS}?limit=5").json["links"]["next"])
        known = get(following).headers["ETag"]

        assert get(following, headers={"If-None-Match": known}).status_code == 304

    def test_a_new_version_is_sent(self, get: Get, published: Gate):
        known = get(RECORDS).headers["ETag"]
        published.judge(VENUES, *venues(floor_area="300"))
        answer = get(RECORDS, headers={"If-None-Match": known})

        assert answer.status_code == 200
        assert answer.json["data"][0]["floor_area"] == 300

    def test_each_language_has_answers_of_its_own(self, get: Get):
        tags = {
            get(RECORDS, headers={"Accept-Language": tag}).headers["ETag"]
            for tag in ("zh", "en")
        }
        assert len(tags) == 2

    def test_what_is_taken_back_is_not_confirmed(self, get: Get, published: Gate):
        answer = get(RECORDS)
        version = call_action("gpo_quality_publication_show", dataset=NAME)["version"]
        call_action(
            "gpo_quality_version_withdraw",
            {"user": call_action("get_site_user")["name"]},
            id=version,
            reason="错误",
        )

        again = get(RECORDS, headers={"If-None-Match": answer.headers["ETag"]})

        assert again.status_code == 410
        assert again.json["code"] == "dataset-withdrawn"
        assert "错误" in again.json["detail"]

    def test_caches_keep_what_everybody_may_read(self, get: Get):
        token = factories.UserWithToken()["token"]

        anonymous = get(RECORDS).cache_control
        own = get(RECORDS, headers={"Authorization": token}).cache_control

        assert anonymous.public
        assert own.private
        assert not own.public
