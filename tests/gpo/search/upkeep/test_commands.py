"""`ckan search-index rebuild`, `ckan gpo-search check` and the job that fills an index."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from ckan import model
from ckan.cli.search_index import search_index
from ckan.lib import search as search_module
from ckan.lib.jobs import get_queue
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.search.adapter import first_fill, patch
from ckanext.gpo.search.cli import gpo_search
from ckanext.gpo.search.upkeep import rebuilding

from ...worker import work_off

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "gpo_search"),
    pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True),
    pytest.mark.usefixtures("clean_db", "clean_queues"),
]


def run(*arguments: str) -> Result:
    group = {"search-index": search_index, "gpo-search": gpo_search}[arguments[0]]
    return CliRunner().invoke(group, arguments[1:])


def titles() -> set[str]:
    found = call_action("package_search", rows=100)["results"]
    return {dataset["title"] for dataset in found}


def spoil(dataset) -> None:
    """Give a dataset what no index takes, as an old version of the site may have."""
    change(dataset, extras={"views_total": "many"})


def change(dataset, **values) -> None:
    """Change the database and nothing else, as a process that dies in between does."""
    wanted = sa.update(model.Package).where(model.Package.id == dataset["id"])
    model.Session.execute(wanted.values(**values))
    model.Session.commit()
    model.Session.expire_all()


@pytest.mark.parametrize("command", ["rebuild", "rebuild-fast"])
def test_rebuild_reads_the_database(command):
    dataset = factories.Dataset(title="旧")
    change(dataset, title="新")
    search_module.make_connection().add(
        [{"index_id": "orphan", "site_id": "gpo_test", "title": "orphan"}], commit=True
    )
    result = run("search-index", command)
    assert result.exit_code == 0, result.output
    assert "Indexing dataset 1/1" in result.output
    assert titles() == {"新"}
    assert run("gpo-search", "check").exit_code == 0


def test_a_change_that_is_under_way_is_waited_for(monkeypatch):
    """CKAN indexes first and commits then: the old index may have it, and no log."""
    dataset = factories.Dataset(title="旧")
    with model.meta.engine.connect() as other:
        wanted = sa.update(model.Package).where(model.Package.id == dataset["id"])
        other.execute(wanted.values(title="新"))
        waited = []

        def end(seconds):
            waited.append(seconds)
            other.commit()

        monkeypatch.setattr(rebuilding.time, "sleep", end)
        assert run("search-index", "rebuild", "--quiet").exit_code == 0
    assert waited
    assert titles() == {"新"}


def test_a_change_without_end_does_not_keep_a_rebuild(monkeypatch):
    dataset = factories.Dataset(title="旧")
    monkeypatch.setattr(rebuilding, "PATIENCE", 0)
    with model.meta.engine.connect() as other:
        wanted = sa.update(model.Package).where(model.Package.id == dataset["id"])
        other.execute(wanted.values(title="新"))
        assert run("search-index", "rebuild", "--quiet").exit_code == 0
        other.rollback()
    assert titles() == {"旧"}


def test_a_dataset_that_cannot_be_indexed_is_told_and_the_old_index_stays():
    good, bad = factories.Dataset(title="旧"), factories.Dataset(title="坏")
    change(good, title="新")
    spoil(bad)
    result = run("search-index", "rebuild")
    assert result.exit_code == 1
    assert f"failed {bad['id']}: DocumentError: Error adding field" in result.output
    assert "nothing was changed" in result.output
    assert titles() == {"旧", "坏"}

    result = run("search-index", "rebuild", "--force")
    assert result.exit_code == 1
    assert f"failed {bad['id']}" in result.output
    assert titles() == {"新"}
    result = run("gpo-search", "check", "--repair")
    assert result.exit_code == 1
    assert f"missing {bad['id']}" in result.output
    assert f"failed {bad['id']}: " in result.output


def test_progress_is_no_line_for_each_dataset():
    for _ in range(3):
        factories.Dataset()
    assert run("search-index", "rebuild").output.count("Indexing dataset") == 1
    assert run("search-index", "rebuild", "--quiet").output == ""


def test_options_that_change_the_index_that_serves():
    one, other = (factories.Dataset(title=title) for title in ("一", "二"))
    change(one, title="壹")
    change(other, title="贰")
    assert run("search-index", "rebuild", one["name"]).exit_code == 0
    assert titles() == {"壹", "二"}
    run("search-index", "clear", one["name"])
    assert run("search-index", "rebuild", "--only-missing").exit_code == 0
    assert titles() == {"壹", "二"}
    for option in ("--commit-each", "--keep-orphans"):
        change(other, title=option)
        assert run("search-index", "rebuild", option).exit_code == 0
        assert titles() == {"壹", option}
    result = run("search-index", "rebuild", "nothing")
    assert result.exit_code == 1
    assert "Couldn't find package nothing" in result.output


def test_check_finds_what_differs_and_mends_it():
    organization = factories.Organization()
    stale, lost, gone = (
        factories.Dataset(owner_org=organization["id"]) for _ in range(3)
    )
    assert run("gpo-search", "check").exit_code == 0
    change(stale, private=True)
    run("search-index", "clear", lost["name"])
    change(gone, state="deleted")

    result = run("gpo-search", "check")
    assert result.exit_code == 1
    assert f"stale {stale['id']}" in result.output
    assert f"missing {lost['id']}" in result.output
    assert f"extra {gone['id']}" in result.output
    assert "1 missing, 1 stale, 1 extra" in result.output

    result = run("gpo-search", "check", "--repair")
    assert result.exit_code == 0, result.output
    found = call_action("package_search", {"ignore_auth": False, "user": ""})
    assert [dataset["id"] for dataset in found["results"]] == [lost["id"]]
    assert "0 missing, 0 stale, 0 extra" in run("gpo-search", "check").output


def test_check_finds_a_document_that_something_else_was_written_over():
    """Whatever agrees with the database but for its contents."""
    dataset = factories.Dataset(title="食品", notes="许可", tags=[{"name": "food"}])
    connection = search_module.make_connection(decode_dates=False)
    [there] = connection.search(f'id:"{dataset["id"]}"', fl="*").docs
    for field, value in (
        ("title", "别的"),
        ("tags", []),
        ("data_dict", json.dumps({"id": dataset["id"]})),
        ("dataset_type", "harvest"),
    ):
        connection.add([{**there, field: value}], commit=True)
        assert f"stale {dataset['id']}" in run("gpo-search", "check").output
        assert run("gpo-search", "check", "--repair").exit_code == 0
        [mended] = connection.search(f'id:"{dataset["id"]}"', fl="*").docs
        assert {**mended, "indexed_ts": ""} == {**there, "indexed_ts": ""}
    assert run("gpo-search", "check").exit_code == 0


def test_an_index_of_another_version_is_filled_by_a_job(ckan_config, tmp_path):
    dataset = factories.Dataset(title="许可")
    ckan_config["ckanext.gpo.search.index_path"] = str(tmp_path)
    first_fill._next_look.clear()
    for _ in range(3):  # whoever searches first; not each of them
        assert titles() == set()
        first_fill._next_look.clear()
    queue = get_queue("default")
    assert queue.count == 1
    assert "nobody has filled it yet" in run("gpo-search", "check").output

    work_off(queue)
    assert not queue.failed_job_registry.get_job_ids()
    assert titles() == {dataset["title"]}
    assert not patch.embedded().engine.index.unfilled
    assert run("gpo-search", "check").exit_code == 0
    assert queue.count == 0


def test_without_datasets_there_is_nothing_to_fill(ckan_config, tmp_path):
    ckan_config["ckanext.gpo.search.index_path"] = str(tmp_path)
    assert titles() == set()
    assert not patch.embedded().engine.index.unfilled
    assert get_queue("default").count == 0
    factories.Dataset(title="许可")
    assert titles() == {"许可"}
