"""Who calls too often is refused, and everybody is told how much is left."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

ACTION = "/api/3/action/status_show"
NO_SUCH_FILE = "/dataset/x/download/x.csv"
CALLER, OTHER = "203.0.113.5", "203.0.113.6"

pytestmark = [
    pytest.mark.ckan_config("ckanext.gpo.dataapi.address_limit", "2 per minute"),
    pytest.mark.ckan_config("ckanext.gpo.dataapi.account_limit", "4 per minute"),
]


@pytest.fixture(autouse=True)
def nothing_counted(non_clean_db: None) -> None:
    connect_to_redis().flushdb()


def get(app: Any, path: str = ACTION, address: str = CALLER, **kwargs: Any) -> Any:
    return app.get(path, environ_overrides={"REMOTE_ADDR": address}, **kwargs)


def test_answers_say_what_is_left(app: Any):
    first, second = get(app), get(app)

    assert first.headers["RateLimit-Policy"] == '"address";q=2;w=60'
    assert first.headers["RateLimit"].startswith('"address";r=1;t=')
    assert second.headers["RateLimit"].startswith('"address";r=0;t=')


def test_one_call_too_many_is_refused_until_others_are_over(app: Any):
    for _ in range(2):
        assert get(app).status_code == 200
    refused = get(app)

    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 120
    assert refused.headers["RateLimit"].startswith('"address";r=0;t=')
    assert refused.json["error"]["code"] == "too-many-requests"
    assert get(app, address=OTHER).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        ACTION,
        "/api/action/status_show",
        "/api/gpo/v1/datasets",
        "/api/gpo/v1/nothing",
        "/api/gpo/v1/catalogue.json",
        NO_SUCH_FILE,
        "/datastore/dump/x",
        "/catalogue.xlsx",
        "/en/catalogue.json",
        "/domain/culture.json",
        "/catalog.ttl",
        "/dataset/x.ttl",
        "/data.json",
        "/sitemap.xml",
        "/federation/api/3/action/package_search",
        "/feeds/dataset.atom",
        "/feeds/custom.atom",
        "/feeds/apps.atom",
        "/follow/domain/culture.atom",
        "/dataset/x/changes.atom",
        "/dataset/x/template.xlsx",
    ],
)
def test_the_api_and_files_are_limited_together(app: Any, path: str):
    get(app)
    get(app)

    assert get(app, path).status_code == 429


@pytest.mark.parametrize("path", ["/dataset/", "/dataset/x", "/"])
def test_rdf_in_the_place_of_a_page_is_limited_too(app: Any, path: str):
    get(app)
    get(app)

    turtle = {"Accept": "text/turtle"}
    assert get(app, path, headers=turtle).status_code == 429
    assert get(app, path, headers={"Accept": "text/html"}).status_code != 429


def test_a_question_about_what_may_be_asked_is_not_counted(app: Any):
    for _ in range(4):
        answer = app.client.options(
            "/api/gpo/v1/datasets", environ_overrides={"REMOTE_ADDR": CALLER}
        )

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/about", "/api/2/util/tag/autocomplete"])
def test_pages_are_not(app: Any, path: str):
    for _ in range(4):
        answer = get(app, path)

    assert answer.status_code != 429
    assert "RateLimit" not in answer.headers


def test_a_key_raises_the_limit_for_all_keys_of_an_account(app: Any):
    user = factories.UserWithToken()
    keys = [user["token"], factories.APIToken(user=user["name"])["token"]]
    get(app)
    get(app)
    statuses = [
        get(app, headers={"Authorization": keys[n % 2]}).status_code for n in range(5)
    ]

    assert statuses == [200] * 4 + [429]


def test_a_wrong_key_raises_nothing(app: Any):
    answer = get(app, headers={"Authorization": "no-key"})

    assert answer.headers["RateLimit-Policy"].startswith('"address"')


def test_neighbours_of_one_ipv6_network_share_a_limit(app: Any):
    get(app, address="2001:db8:1:2::1")
    get(app, address="2001:db8:1:2::2")

    assert get(app, address="2001:db8:1:2::3").status_code == 429
    assert get(app, address="2001:db8:1:3::1").status_code == 200


def test_the_machine_itself_may_call_as_it_likes(app: Any):
    answers = [app.get(ACTION) for _ in range(4)]

    assert {answer.status_code for answer in answers} == {200}


def test_no_address_is_readable_in_redis(app: Any):
    get(app)

    names = connect_to_redis().keys("*limits*")
    assert names
    assert not [name for name in names if CALLER.encode() in name]


def test_while_redis_is_away_everybody_may_call_and_the_log_says_so_once(
    app: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setitem(tk.config, "ckan.redis.url", "redis://127.0.0.1:1/0")
    answers = [get(app) for _ in range(4)]

    assert {answer.status_code for answer in answers} == {200}
    assert caplog.text.count("are not limited") == 1


def test_a_reader_of_files_gets_a_page(app: Any):
    get(app)
    get(app)
    refused = get(app, NO_SUCH_FILE)

    assert refused.status_code == 429
    assert "Retry-After" in refused.headers
    assert "text/html" in refused.headers["Content-Type"]
