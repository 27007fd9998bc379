"""CKAN's actions, pages and commands on the engine, with nothing else enabled."""

from __future__ import annotations

import json
import resource
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

import ckan.plugins.toolkit as tk
from ckan.cli.search_index import search_index
from ckan.lib import search as search_module
from ckan.lib.helpers import url_for
from ckan.lib.search import SearchError, SearchQueryError
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.search.cli import gpo_search
from ckanext.gpo.search.index.store import Index

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "gpo_search"),
    pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True),
    pytest.mark.usefixtures("clean_db"),
]


UNASKABLE = [
    ({"q": "title:("}, SearchError),
    ({"q": "--x"}, SearchError),
    ({"q": "{!lucene}x"}, SearchError),
    ({"q": "x" * 10_000}, SearchError),
    ({"q": "x " * 4_999}, SearchError),
    ({"fq": "title:("}, SearchError),
    ({"q": "x", "sort": "name"}, SearchQueryError),
    ({"q": "x", "sort": "tags asc"}, SearchError),
    ({"q": "x", "rows": -1}, tk.ValidationError),
    ({"q": "x", "start": -1}, tk.ValidationError),
    ({"q": "x", "nonsense": 1}, SearchQueryError),
]
NONSENSE = [
    '"',
    "(",
    "a:(",
    "AND",
    "--",
    "{!x}",
    "\x00\x1f",
    "[* TO",
    "~",
    "*",
    "😀",
    "\\",
]


def search(**params):
    return call_action("package_search", **params)


def names(**params):
    return [dataset["name"] for dataset in search(**params)["results"]]


class TestActions:
    def test_a_dataset_is_found_as_long_as_it_is_there(self):
        dataset = factories.Dataset(name="licences", title="食品经营许可信息")
        assert names(q="许可") == ["licences"]

        call_action("package_patch", id=dataset["id"], title="食品监督抽检结果")
        assert names(q="许可") == []
        assert names(q="抽检") == ["licences"]

        call_action("package_delete", id=dataset["id"])
        assert names(q="抽检") == []

    def test_extras_tags_groups_and_organization(self):
        organization = factories.Organization(name="scjg")
        group = factories.Group(name="food-drug")
        factories.Dataset(
            name="licences",
            owner_org=organization["id"],
            groups=[{"name": group["name"]}],
            tags=[{"name": "食品"}],
            extras=[{"key": "update_freq", "value": "每日"}],
            resources=[{"url": "http://data.example/a.csv", "format": "CSV"}],
        )
        for fq in (
            "organization:scjg",
            "groups:food-drug",
            "tags:食品",
            'update_freq:"每日"',
            "extras_update_freq:每日",
            "res_format:CSV",
            "+dataset_type:dataset",
        ):
            assert names(fq=fq) == ["licences"], fq

        fields = ["organization", "groups", "tags", "update_freq", "res_format"]
        facets = search(**{"facet.field": fields})["search_facets"]
        found = {name: facets[name]["items"][0]["name"] for name in fields}
        assert found == {
            "organization": "scjg",
            "groups": "food-drug",
            "tags": "食品",
            "update_freq": "每日",
            "res_format": "CSV",
        }
        assert (
            facets["organization"]["items"][0]["display_name"] == organization["title"]
        )

    def test_private_datasets_are_for_members_only(self):
        member = factories.User()
        organization = factories.Organization(
            users=[{"name": member["name"], "capacity": "member"}]
        )
        factories.Dataset(name="secret", private=True, owner_org=organization["id"])

        def seen_by(user):
            context = {"user": user, "ignore_auth": False}
            found = call_action("package_search", context, include_private=True)
            return [dataset["name"] for dataset in found["results"]]

        assert seen_by(member["name"]) == ["secret"]
        assert seen_by("") == []
        assert seen_by(factories.User()["name"]) == []
        assert names() == []

    def test_autocomplete(self):
        factories.Dataset(name="food-licences", title="食品经营许可信息")
        for text in ("icen", "经营"):
            found = call_action("package_autocomplete", q=text)
            assert [match["name"] for match in found] == ["food-licences"]

    def test_what_cannot_be_asked(self, subtests):
        for params, error in UNASKABLE:
            with subtests.test(params=str(params)[:60]), pytest.raises(error):
                search(**params)


class TestPages:
    def test_search_page(self, app):
        factories.Dataset(title="食品经营许可信息", tags=[{"name": "食品"}])
        page = app.get(url_for("dataset.search", q="许可")).body
        assert "食品经营许可信息" in page
        assert (
            "食品经营许可信息" not in app.get(url_for("dataset.search", q="汽车")).body
        )

    @pytest.mark.parametrize("route", ["organization.read", "group.read"])
    def test_pages_of_groups(self, app, route):
        organization = factories.Organization(name="org")
        group = factories.Group(name="grp")
        factories.Dataset(
            title="食品经营许可信息",
            owner_org=organization["id"],
            groups=[{"name": group["name"]}],
        )
        page = app.get(url_for(route, id={"o": "org", "g": "grp"}[route[0]]))
        assert "食品经营许可信息" in page.body

    def test_no_query_is_a_server_error(self, app, subtests):
        for q in NONSENSE:
            with subtests.test(q=q):
                page = app.get(url_for("dataset.search", q=q), status=None)
                assert page.status_code < 500
                answer = app.get(
                    "/api/3/action/package_search", query_string={"q": q}, status=None
                )
                assert answer.status_code in (200, 400, 409)
                assert "success" in json.loads(answer.body)


class TestWriting:
    @pytest.fixture
    def commits(self, monkeypatch):
        """The numbers of operations in each commit; none is made for the time's sake."""
        found = []
        commit = Index._commit

        def counted(self, entries):
            found.append(len(entries))
            commit(self, entries)

        monkeypatch.setattr(Index, "_commit", counted)
        monkeypatch.setattr("ckanext.gpo.search.index.store.INTERVAL", 1e9)
        return found

    @pytest.fixture
    def patch_by_request(self, app):
        """A change by one who waits for the answer."""
        token = factories.APIToken(user=factories.Sysadmin()["name"])["token"]

        def patched(**values):
            answer = app.post(
                "/api/action/package_patch",
                json=values,
                headers={"Authorization": token},
                status=None,
            )
            return answer.status_code, answer.json

        return patched

    def test_changes_of_a_job_go_into_the_index_together(self, commits):
        """As those of a harvest or a command: all that comes from no request."""
        datasets = [factories.Dataset(title=f"表{n}") for n in range(20)]
        for dataset in datasets:
            call_action("package_patch", id=dataset["id"], notes="又一次")
        assert commits == []
        assert len(names(q="又一次", rows=100)) == 20
        assert commits == [40]

    def test_a_change_by_request_is_visible_at_once(self, commits, patch_by_request):
        dataset = factories.Dataset()
        names()
        for title in ("许可", "处罚"):
            commits.clear()
            assert patch_by_request(id=dataset["id"], title=title)[0] == 200
            assert commits == [1]
            assert names(q=title) == [dataset["name"]]
            assert commits == [1]

    def test_a_full_disk_refuses_a_change_in_words(self, patch_by_request):
        dataset = factories.Dataset(title="许可")
        assert names(q="许可") == [dataset["name"]]
        with full_disk():
            status, answer = patch_by_request(id=dataset["id"], title="处罚")
            assert names(q="许可") == [dataset["name"]]
        assert status == 500
        assert "its disk is full" in answer["error"]["message"]
        # All of it is refused: what people read is what is found.
        assert call_action("package_show", id=dataset["id"])["title"] == "许可"
        assert names(q="处罚") == []
        assert patch_by_request(id=dataset["id"], title="处罚")[0] == 200
        assert names(q="处罚") == [dataset["name"]]


@contextmanager
def full_disk():
    """No file of this process may grow beyond some bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestCommands:
    """Run inside the test's own site; CKAN's suite runs its commands from outside."""

    def run(self, group, *arguments):
        return CliRunner().invoke(group, arguments)

    def test_check_finds_what_the_index_lacks_and_has_too_many(self):
        lost = factories.Dataset()
        call_action("package_delete", id=factories.Dataset()["id"])
        assert self.run(gpo_search, "check").exit_code == 0

        self.run(search_index, "clear", lost["name"])
        orphan = {"id": "orphan", "index_id": "orphan", "site_id": "gpo_test"}
        orphan |= {"state": "active", "capacity": "public", "entity_type": "package"}
        search_module.make_connection().add([orphan], commit=True)
        result = self.run(gpo_search, "check")
        assert result.exit_code == 1
        assert f"missing {lost['id']}" in result.output
        assert f"extra {orphan['id']}" in result.output

        assert orphan["id"] in self.run(search_index, "list-orphans").output
        assert lost["id"] in self.run(search_index, "list-unindexed").output
        self.run(search_index, "rebuild", "-q")
        assert self.run(gpo_search, "check").exit_code == 0

    def test_check_names_indexes_of_other_versions(self, ckan_config, tmp_path):
        ckan_config["ckanext.gpo.search.index_path"] = str(tmp_path)
        assert self.run(gpo_search, "check").output == "0 missing, 0 stale, 0 extra\n"
        (tmp_path / "0123456789ab").mkdir()
        assert "0123456789ab is an index" in self.run(gpo_search, "check").output

    def test_show_check_clear_and_rebuild(self):
        dataset = factories.Dataset(title="食品经营许可信息")
        shown = self.run(search_index, "show", dataset["name"])
        assert "食品经营许可信息" in shown.output
        assert "0 out of 1" in self.run(search_index, "check").output
        assert self.run(search_index, "clear").exit_code == 0
        assert names() == []
        assert self.run(search_index, "rebuild").exit_code == 0
        assert names() == [dataset["name"]]
