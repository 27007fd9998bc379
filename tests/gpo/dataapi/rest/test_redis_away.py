"""While Redis is away every address answers; nothing is counted, limited or kept."""

from __future__ import annotations

from typing import Any

import pytest

from ckan.lib import redis as ckan_redis

from ckanext.gpo.dataapi import usage

from ...conftest import Gate
from .conftest import BASE, CODES, NAME

AWAY = "redis://127.0.0.1:1/0"

ADDRESSES = [
    "/",
    "/dataset/",
    f"/dataset/{NAME}",
    f"/dataset/{NAME}/api",
    f"/dataset/{NAME}/rows",
    f"/dataset/{NAME}/record?venue_code={CODES[0]}",
    f"/dataset/{NAME}/view.gif",
    f"/dataset/{NAME}/download/{NAME}.csv",
    f"/dataset/{NAME}/changes.atom",
    "/api-guide",
    "/api-explorer",
    "/api-errors",
    "/catalogue",
    "/catalogue.json",
    "/domain/culture",
    "/data.json",
    "/catalog.ttl",
    "/feeds/dataset.atom",
    "/sitemap.xml",
    "/api/3/action/package_search",
    f"/api/3/action/gpo_dataapi_record_list?dataset={NAME}",
    f"{BASE}/openapi.json",
    f"{BASE}/datasets?q=文化",
    f"{BASE}/datasets/{NAME}",
    f"{BASE}/datasets/{NAME}/records",
    f"{BASE}/datasets/{NAME}/records?q=示例站",
    f"{BASE}/datasets/{NAME}/records/{CODES[0]}?version=2",
    f"{BASE}/datasets/{NAME}/aggregate?group_by=street",
    f"{BASE}/datasets/{NAME}/values/street",
    f"{BASE}/datasets/{NAME}/chain/{CODES[0]}",
    f"{BASE}/datasets/{NAME}/diff?from=2&to=3",
    f"{BASE}/datasets/{NAME}/diff.csv?from=2&to=3",
    f"{BASE}/datasets/{NAME}/export.ndjson?limit=2",
    f"{BASE}/search?q=文化",
]


@pytest.fixture
def away(published: Gate, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ckan_config["ckan.redis.url"] = AWAY
    # CKAN connects once in a process
    monkeypatch.setattr(ckan_redis, "_connection_pool", None)


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_address_answers(app: Any, away: None, path: str):
    stranger = {"REMOTE_ADDR": "203.0.113.9"}  # whose calls are counted else
    answer = app.client.get(path, environ_overrides=stranger)

    assert answer.status_code == 200, answer.text
    assert answer.data
    assert "RateLimit" not in answer.headers


def test_what_was_done_meanwhile_is_not_counted(
    app: Any, published: Gate, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    usage.flush()
    before = usage.totals([NAME])[NAME].downloads
    with monkeypatch.context() as context:
        context.setitem(ckan_config, "ckan.redis.url", AWAY)
        assert app.client.get(f"/dataset/{NAME}/download/{NAME}.csv").data
    assert app.client.get(f"/dataset/{NAME}/download/{NAME}.csv").data
    usage.flush()

    assert usage.totals([NAME])[NAME].downloads == before + 1
