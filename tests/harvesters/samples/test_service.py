"""The JSON service: its token, its pages and what it says to a wrong request."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from gpo_samples.service import MAX_SIZE, Service

TOKEN = {"Authorization": "Bearer secret"}
PATH = "/tax/api/v1/list"


@pytest.fixture
def client() -> Client:
    rows = [{"n": number} for number in range(1_203)]
    return Client(Service("secret", {PATH: rows, "/empty": []}))


def data(response: TestResponse) -> Any:
    assert response.status_code == 200
    assert response.json is not None
    return response.json["data"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "secret"}],
)
def test_without_the_token_nothing_is_told(
    client: Client, headers: dict[str, str]
) -> None:
    for path in (PATH, "/nowhere"):
        response = client.get(path, headers=headers)
        assert response.status_code == 401
        assert response.json == {"code": 401, "msg": "令牌缺失或无效"}


def test_pages_hold_every_row_once(client: Client) -> None:
    seen = []
    for number in range(1, 7):
        page = data(client.get(f"{PATH}?pageNum={number}&pageSize=250", headers=TOKEN))
        assert (page["total"], page["pages"]) == (1_203, 5)
        seen += [row["n"] for row in page["list"]]
    assert seen == list(range(1_203))


def test_size_of_a_page_is_bounded(client: Client) -> None:
    page = data(client.get(f"{PATH}?pageSize=100000", headers=TOKEN))
    assert len(page["list"]) == page["pageSize"] == MAX_SIZE


def test_empty_table_has_no_pages(client: Client) -> None:
    page = data(client.get("/empty", headers=TOKEN))
    assert (page["total"], page["pages"], page["list"]) == (0, 0, [])


@pytest.mark.parametrize("query", ["pageNum=0", "pageNum=x", "pageSize=-1"])
def test_wrong_page_is_refused(client: Client, query: str) -> None:
    response = client.get(f"{PATH}?{query}", headers=TOKEN)
    assert response.status_code == 400
    assert response.json is not None
    assert "应为正整数" in response.json["msg"]


def test_unknown_path_is_not_found(client: Client) -> None:
    assert client.get("/nowhere", headers=TOKEN).status_code == 404


def test_health_needs_no_token(client: Client) -> None:
    assert client.get("/health").status_code == 200
