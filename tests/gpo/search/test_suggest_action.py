"""`gpo_search_suggest` as it is called from a page."""

from __future__ import annotations

from ckan.tests import factories
from ckan.tests.helpers import call_action

from .conftest import with_search_alone

pytestmark = with_search_alone

ADDRESS = "/api/3/action/gpo_search_suggest"


def suggest(q, **params):
    return call_action("gpo_search_suggest", q=q, **params)


def test_shape():
    factories.Dataset(name="licences", title="食品经营许可信息")
    assert suggest("经营") == [
        {
            "kind": "dataset",
            "name": "licences",
            "title": "食品经营许可信息",
            "marks": [[2, 4]],
        }
    ]


def test_departments_domains_and_tags_as_they_are_now():
    organization = factories.Organization(name="czj", title="财政局")
    factories.Group(name="budget", title="财政预决算")
    dataset = factories.Dataset(title="专项资金", tags=[{"name": "财政专户"}])
    found = {(s["kind"], s["name"]) for s in suggest("caiz")}
    assert found == {("organization", "czj"), ("group", "budget"), ("tag", "财政专户")}

    call_action("organization_patch", id="czj", title="国资局")
    call_action("group_delete", id="budget")
    call_action("package_patch", id=dataset["id"], tags=[])
    assert suggest("caiz") == []
    assert suggest("国资")[0]["name"] == organization["name"]


def test_the_same_for_everybody():
    """What only some may see is suggested to nobody, not even to them."""
    user = factories.Sysadmin()
    organization = factories.Organization()
    for more in ({"private": True}, {"state": "draft"}, {"state": "deleted"}):
        factories.Dataset(
            title="食品抽检",
            tags=[{"name": "食品"}],
            owner_org=organization["id"],
            **more,
        )
    context = {"user": user["name"], "ignore_auth": False}
    assert call_action("gpo_search_suggest", context, q="食品") == []


def test_what_becomes_private_is_gone_at_once():
    organization = factories.Organization()
    dataset = factories.Dataset(
        title="食品抽检", tags=[{"name": "食品"}], owner_org=organization["id"]
    )
    assert {s["kind"] for s in suggest("食品")} == {"dataset", "tag"}
    call_action("package_patch", id=dataset["id"], private=True)
    assert suggest("食品") == []


def test_over_http(app):
    factories.Dataset(name="licences", title="食品经营许可信息")
    answer = app.get(ADDRESS, query_string={"q": "jingying"})
    assert [s["name"] for s in answer.json["result"]] == ["licences"]
    assert "public" in answer.headers["Cache-Control"]
    assert "max-age=60" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_nothing_else_is_kept(app):
    for address, method in (("/api/3/action/package_search", "get"), (ADDRESS, "post")):
        answer = getattr(app, method)(address)
        assert answer.status_code == 200
        assert "max-age=60" not in answer.headers["Cache-Control"]


def test_bad_input(app, subtests):
    for params, status in (
        ({}, 200),
        ({"q": ["a", "b"]}, 200),
        ({"q": {"a": 1}}, 200),
        ({"q": None}, 200),
        ({"q": "x" * 100_000}, 200),
        ({"q": "\x00\x1f[({!*~^\\"}, 200),
        ({"q": "x", "limit": 0}, 200),
        ({"q": "x", "limit": 10**9}, 200),
        ({"q": "x", "nonsense": 1}, 200),
        ({"q": "x", "limit": -1}, 409),
        ({"q": "x", "limit": "many"}, 409),
    ):
        with subtests.test(params=str(params)[:60]):
            assert app.post(ADDRESS, json=params, status=None).status_code == status


def test_limit_is_kept():
    for number in range(30):
        factories.Dataset(title=f"食品抽检{number}")
    assert len(suggest("食品", limit=1)) == 1
    assert len(suggest("食品")) == 4
    assert len(suggest("食品", limit=999)) == 10
