"""Pages of other sites read what anybody may read, and nothing as somebody."""

from __future__ import annotations

from typing import Any

import pytest

from ckan.tests import factories

from ..conftest import VENUES, Gate, row

ORIGIN = {"Origin": "https://app.example"}
DATASET = "culture-culture-venues"

OPEN = (
    "/api/gpo/v1/domains",
    "/api/gpo/v1/nothing",
    f"/api/gpo/v1/datasets/{DATASET}/records",
    "/api/3/action/package_list",
    "/api/3/action/nothing",
    "/api/action/status_show",
    f"/dataset/{DATASET}/download/{DATASET}.csv",
    f"/dataset/{DATASET}/download/{DATASET}.parquet",
    "/feeds/dataset.atom",
    f"/dataset/{DATASET}/changes.atom",
    "/catalog.ttl",
)
CLOSED = ("/", f"/dataset/{DATASET}", "/user/login", "/api-explorer")


@pytest.fixture
def published(gate: Gate) -> None:
    gate.judge(VENUES, row(VENUES))


@pytest.mark.usefixtures("published")
class TestReading:
    @pytest.mark.parametrize("address", OPEN)
    def test_every_origin_reads_what_is_for_programs(self, app: Any, address: str):
        answer = app.test_client().get(address, headers=ORIGIN)

        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        told = answer.headers["Access-Control-Expose-Headers"].split(", ")
        assert {"ETag", "Retry-After", "RateLimit", "Content-Disposition"} <= {*told}

    @pytest.mark.parametrize("address", CLOSED)
    def test_pages_are_for_those_who_open_them(self, app: Any, address: str):
        answer = app.test_client().get(address, headers=ORIGIN)
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.usefixtures("published")
class TestPreflight:
    @pytest.mark.parametrize(
        "address", [each for each in OPEN if "nothing" not in each]
    )
    def test_reading_is_allowed_with_the_headers_of_a_client(
        self, app: Any, address: str
    ):
        answer = self._ask(app, address, "GET")

        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        allowed = answer.headers["Access-Control-Allow-Headers"].split(", ")
        assert {"Authorization", "If-None-Match", "Range"} <= {*allowed}

    def test_long_questions_may_be_posted(self, app: Any):
        address = f"/api/gpo/v1/datasets/{DATASET}/aggregate"
        answer = self._ask(app, address, "POST")
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]

    def test_nothing_else_may(self, app: Any):
        answer = self._ask(app, "/api/3/action/package_create", "POST")
        assert "Access-Control-Allow-Origin" not in answer.headers

    @staticmethod
    def _ask(app: Any, address: str, method: str) -> Any:
        headers = {
            **ORIGIN,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization",
        }
        return app.test_client().options(address, headers=headers)


@pytest.mark.usefixtures("non_clean_db")
def test_an_action_that_changes_something_is_read_by_its_own_site_only(app: Any):
    token = factories.UserWithToken()["token"]

    answer = app.test_client().post(
        "/api/3/action/dashboard_mark_activities_old",
        json={},
        headers={**ORIGIN, "Authorization": token},
    )

    assert "Access-Control-Allow-Origin" not in answer.headers
