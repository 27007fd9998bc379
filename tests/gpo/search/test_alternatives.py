"""Other queries for one that finds nothing, as the search page asks for them."""

from __future__ import annotations

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action

from .conftest import with_search_alone

pytestmark = with_search_alone


def alternatives(q, **params):
    return call_action("gpo_search_alternatives", q=q, **params)


@pytest.fixture
def datasets(clean_db):
    czj = factories.Organization(name="czj", title="财政局")
    factories.Dataset(name="budget", title="财政预算", owner_org=czj["id"])
    factories.Dataset(name="licences", title="食品经营许可信息")
    factories.Dataset(name="venues", title="Public libraries")


@pytest.mark.usefixtures("datasets")
class TestAlternatives:
    def test_shape(self):
        assert alternatives("财证") == {
            "did_you_mean": ["财政"],
            "nearest": [
                {
                    "kind": "organization",
                    "name": "czj",
                    "title": "财政局",
                    "marks": [[0, 2]],
                },
                {
                    "kind": "dataset",
                    "name": "budget",
                    "title": "财政预算",
                    "marks": [[0, 2]],
                },
            ],
            "guessed": True,
        }

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("食品经菅许可", ["食品经营许可"]),
            ("shipin xuke", ["食品 许可"]),
            ("libraires", ["libraries"]),
            ("食品 飞船 火箭 月球", ["食品"]),
            ("飞船", []),
            ("财证 -预算", []),
        ],
    )
    def test_other_queries_find_something(self, typed, meant):
        found = alternatives(typed)["did_you_mean"]
        assert found == meant
        for q in found:
            assert call_action("package_search", q=q)["count"] > 0

    def test_filters_hold(self):
        assert alternatives("财证", fq="organization:czj")["did_you_mean"] == ["财政"]
        for params in ({"fq": "organization:swj"}, {"fq_list": ["organization:swj"]}):
            found = alternatives("财证", **params)
            assert found["did_you_mean"] == []
            assert found["guessed"] is False
            assert [n["name"] for n in found["nearest"]] == ["czj", "budget"]

    def test_what_is_found_as_typed_is_not_guessed(self):
        assert alternatives("财政")["guessed"] is False

    def test_package_search_says_that_it_has_guessed(self):
        assert call_action("package_search", q="财证")["guessed"] is True
        assert "guessed" not in call_action("package_search", q="财政")
        assert "guessed" not in call_action("package_search", q="飞船")

    def test_bad_input(self, subtests):
        for q in (
            "",
            '"',
            "AND",
            "--x",
            "title:x",
            "x" * 10_000,
            "\x00",
            "+ -",
            "OR x",
        ):
            with subtests.test(q=q[:20]):
                assert alternatives(q)["did_you_mean"] == []
        with pytest.raises(tk.ValidationError):
            alternatives("财证", fq="title:(")


def test_no_word_that_only_some_may_read(subtests):
    organization = factories.Organization()
    for more in ({"private": True}, {"state": "draft"}):
        factories.Dataset(
            title="涉密采购名单",
            notes="涉密采购名单",
            tags=[{"name": "涉密采购"}],
            owner_org=organization["id"],
            **more,
        )
    factories.Dataset(title="采购公告")
    user = factories.Sysadmin()["name"]
    for q in ("涉蜜采购", "shemi", "smcg", "涉密采购名丹", "涉 采购"):
        with subtests.test(q=q):
            context = {"user": user, "ignore_auth": False}
            found = call_action("gpo_search_alternatives", context, q=q)
            assert "涉密" not in str(found)


class TestNames:
    def names(self, **params):
        found = call_action("gpo_search_names", **params)
        return found["count"], [r["name"] for r in found["results"]]

    def test_kinds(self):
        organization = factories.Organization(
            name="czj", title="财政局", description="管钱"
        )
        factories.Group(name="budget", title="财政预决算")
        factories.Dataset(
            owner_org=organization["id"],
            groups=[{"name": "budget"}],
            tags=[{"name": "财政"}, {"name": "预算"}],
        )
        factories.Dataset(
            owner_org=organization["id"], private=True, tags=[{"name": "财政机密"}]
        )
        assert call_action("gpo_search_names", q="caiz") == {
            "count": 1,
            "results": [
                {
                    "kind": "organization",
                    "name": "czj",
                    "title": "财政局",
                    "title_en": "",
                    "description": "管钱",
                    "description_en": "",
                    "dataset_count": 1,
                }
            ],
        }
        assert self.names(q="财政", kind="group") == (1, ["budget"])
        assert self.names(q="财政", kind="tag") == (1, ["财政"])
        assert self.names(kind="tag") == (2, ["财政", "预算"])

    def test_pages(self):
        for number in range(3):
            factories.Organization(name=f"o-{number}", title=f"{number}局")
        assert self.names(q="局", start=1, rows=1) == (3, ["o-1"])
        assert self.names(q="", rows=2) == (3, ["o-0", "o-1"])

    def test_bad_input(self):
        for params in ({"kind": "user"}, {"start": -1}, {"rows": "x"}):
            with pytest.raises(tk.ValidationError):
                call_action("gpo_search_names", **params)
        assert self.names(q="\x00('*") == (0, [])
