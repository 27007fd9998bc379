"""YAML files as harvest sources, and the commands around them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import ckan.plugins.toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.gpo.harvest import runs
from ckanext.gpo.harvest.cli import gpo_harvest
from ckanext.gpo.harvest.consumer import Consumer, consumer_lock

from .conftest import LIBRARIES, VENUES, Site

Invoke = Callable[..., Result]


def _show(name: str) -> dict[str, Any]:
    user = {"user": call_action("get_site_user")["name"]}
    return call_action("harvest_source_show", user, id=name)


class TestSync:
    def test_a_source_is_made_as_its_yaml_says(self, site: Site) -> None:
        site.write("alpha", schedule="DAILY", description="每日报送")
        assert site.sync() == {"alpha": "created"}
        made = _show("alpha")
        assert made["title"] == "示例来源 alpha"
        assert made["notes"] == "每日报送"
        assert made["source_type"] == "gpo_files"
        assert made["frequency"] == "DAILY"
        assert made["url"] == "gpo-source://alpha"
        assert made["organization"]["name"] == "wglj"
        assert made["private"] is True
        assert json.loads(made["config"]) == {"source": "alpha"}

    def test_again_changes_nothing_and_a_change_is_written(self, site: Site) -> None:
        site.write("alpha")
        site.sync()
        before = _show("alpha")
        assert site.sync() == {"alpha": "unchanged"}
        assert _show("alpha")["metadata_modified"] == before["metadata_modified"]
        site.write("alpha", title="改名", schedule="WEEKLY")
        assert site.sync() == {"alpha": "updated"}
        after = _show("alpha")
        assert (after["title"], after["frequency"]) == ("改名", "WEEKLY")
        assert after["id"] == before["id"]
        assert after["private"] is True
        assert site.harvest_source("alpha").frequency == "WEEKLY"
        assert site.sync() == {"alpha": "unchanged"}

    def test_one_that_cannot_be_synced_keeps_no_other(self, site: Site) -> None:
        site.write("alpha", kind="ftp")
        site.write("beta", organization="no-such-department")
        site.write("gamma")
        (site.sources / "delta.yaml").write_text("{")
        assert site.sync() == {
            "alpha": "failed",
            "beta": "failed",
            "delta": "failed",
            "gamma": "created",
        }

    def test_one_that_a_steward_made_inactive_stays_so(self, site: Site) -> None:
        site.write("alpha")
        site.sync()
        user = {"user": call_action("get_site_user")["name"]}
        call_action("harvest_source_delete", user, id="alpha")
        assert site.sync() == {"alpha": "inactive"}
        assert site.start() == []


class TestConfig:
    """What a form may say: the name of a known source, and nothing else."""

    @pytest.mark.parametrize(
        "config",
        [
            "",
            "{",
            "[]",
            '{"source": "nothing"}',
            '{"source": "../x"}',
            '{"source": "beta"}',
            '{"source": "alpha", "url": "http://evil.example"}',
            '{"connection": "test_drop"}',
        ],
    )
    def test_anything_else_is_refused(self, config: str, site: Site) -> None:
        site.write("alpha")
        site.write(
            "beta",
            kind="rest",
            tables=[
                {"table": VENUES, "path": "/x", "items_path": "", "columns": {"a": "b"}}
            ],
        )
        with (
            pytest.raises(tk.ValidationError) as raised,
            site.app.test_request_context(),
        ):
            call_action(
                "harvest_source_create",
                {"user": call_action("get_site_user")["name"]},
                name="own",
                url="http://evil.example/",
                source_type="gpo_files",
                owner_org="wglj",
                config=config,
            )
        assert raised.value.error_dict.keys() == {"config"}


class TestCommands:
    @pytest.fixture
    def invoke(self, site: Site) -> Callable[..., Result]:
        # As the `ckan` command calls it, without starting the site once more.
        parent = click.Context(click.Command("ckan"))
        parent.meta["flask_app"] = site.app

        def run(*args: str) -> Result:
            return CliRunner().invoke(gpo_harvest, args, parent=parent)

        return run

    def test_sync_says_what_was_done_and_fails_if_one_failed(
        self, site: Site, invoke: Invoke
    ) -> None:
        site.write("alpha")
        done = invoke("sync-sources")
        assert (done.exit_code, done.output) == (0, "created    alpha\n")
        site.write("beta", kind="ftp")
        done = invoke("sync-sources")
        assert done.exit_code == 1
        assert done.output.startswith(
            "unchanged  alpha\nfailed     beta [source-invalid]"
        )

    def test_run_and_wait_shows_every_table(self, site: Site, invoke: Invoke) -> None:
        """No consumer is at work, so the command works itself."""
        site.write("alpha", {VENUES: "a.csv", LIBRARIES: "gone.csv"})
        site.write("beta")
        site.deliver("a.csv")
        site.deliver("beta-venues.csv")
        site.sync()
        done = invoke("run", "--wait")
        assert done.exit_code == 0, done.output
        _, _, table = done.output.partition("source ")
        lines = [line.split() for line in table.splitlines()]
        assert lines[0][:2] == ["table", "state"]
        assert [line[:2] for line in lines[1:]] == [
            ["alpha", VENUES],
            ["alpha", LIBRARIES],
            ["beta", VENUES],
        ]
        assert lines[2][2:4] == ["errored", "[source-file-missing]"]

    def test_run_of_one_source_starts_only_its_job(
        self, site: Site, invoke: Invoke
    ) -> None:
        for name in ("alpha", "beta"):
            site.write(name)
        site.sync()
        assert invoke("run", "--source", "beta").output == "1 jobs\n"
        assert site.harvest_source("alpha").jobs == []
        [job] = site.harvest_source("beta").jobs
        assert invoke("run", "--source", "beta").output == "1 jobs\n"
        assert [each.id for each in site.harvest_source("beta").jobs] == [job.id]

    def test_run_of_an_unknown_source_is_refused(
        self, site: Site, invoke: Invoke
    ) -> None:
        done = invoke("run", "--source", "nothing")
        assert done.exit_code == 1
        assert "nothing" in done.output

    def test_run_and_wait_watches_the_consumer_at_work(
        self, site: Site, invoke: Invoke
    ) -> None:
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()
        jobs = site.start()
        lock = consumer_lock()
        assert lock.acquire()
        consumer = Consumer(site.app, lock)
        worker = threading.Thread(
            target=consumer.run, args=(lambda: runs.are_finished(jobs),)
        )
        worker.start()
        done = invoke("run", "--wait")
        worker.join()
        lock.release()
        assert done.exit_code == 0, done.output
        assert f"alpha  {VENUES}" in done.output
