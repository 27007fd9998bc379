"""From a department's file to the gate, through ckanext-harvest's queues and records."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from pathlib import Path
from typing import Any

import pytest

from ckan import model
from ckan.lib.jobs import get_queue
from ckan.tests.helpers import call_action

from ckanext.gpo.common import ledger
from ckanext.gpo.common.tables import table
from ckanext.gpo.harvest import handover
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage
from ckanext.harvest.model import HarvestJob, HarvestObject

from ..worker import work_off
from .conftest import LIBRARIES, VENUES, Site, ensure_dataset, fetched


def _versions(ref: str = VENUES) -> list[dict[str, Any]]:
    user = {"user": call_action("get_site_user")["name"]}
    name = table(ref).dataset_name
    return call_action("gpo_quality_version_list", user, dataset=name)


def _kept(version: dict[str, Any]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return storage.fetch(
            storage.candidate(version["id"]), Path(folder)
        ).read_bytes()


def _judged(count: int) -> list[dict[str, Any]]:
    """The newest versions of the venues, after the gate's worker was at work."""
    work_off(get_queue(jobs.QUEUE))
    newest = _versions()[:count]
    user = {"user": call_action("get_site_user")["name"]}
    return [
        call_action("gpo_quality_version_show", user, id=version["id"])
        for version in newest
    ]


class TestLedger:
    def test_a_run_leaves_its_begin_and_its_results(self, site: Site) -> None:
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()

        (job,) = site.start()
        site.consume([job])

        events = ledger.events(room="harvest", subject=job)
        assert [event.what for event in events] == ["created", "running", "finished"]
        assert {e.parent for e in events} == {site.harvest_source("alpha").id}
        assert sum(events[-1].facts.values()) == 1


class TestHandOver:
    def test_a_table_goes_to_the_gate_with_its_origin(self, site: Site) -> None:
        """One object per table; the file is the candidate as it is, and leaves the spool."""
        site.write("alpha")
        path = site.deliver("alpha-venues.csv")
        assert site.sync() == {"alpha": "created"}

        [item] = site.run()

        assert (item.source, item.table, item.message) == ("alpha", VENUES, "")
        assert item.state in ("added", "updated")
        version = _versions()[0]
        assert version["source"] == "alpha"
        assert version["origin"] == {"label": "alpha-venues.csv"}
        stored = Version.get(version["id"])
        assert stored
        titles = {field["name"]: field["title"] for field in table(VENUES).fields}
        assert stored.declaration == {"columns": titles, "codes": {}}
        assert _kept(version) == path.read_bytes()
        done = site.object("alpha")
        assert done.current
        assert done.package_id == model.Package.get(table(VENUES).dataset_name).id
        assert fetched(done)["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert len(done.content) < 2000
        assert site.spooled() == []

    def test_the_same_again_is_not_modified_and_a_change_is(self, site: Site) -> None:
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()
        site.run()
        before = len(_versions())

        assert [item.state for item in site.run()] == ["not modified"]
        assert len(_versions()) == before

        site.deliver("alpha-venues.csv")
        assert [item.state for item in site.run()] == ["updated"]
        assert len(_versions()) == before + 1
        objects = site.harvest_source("alpha").objects
        current = [each.id for each in objects if each.current]
        assert current == [site.object("alpha").id]

    def test_codes_are_mapped_and_odd_values_are_the_gates(self, site: Site) -> None:
        entry = {
            "table": VENUES,
            "file": "x.csv",
            "columns": {"venue_type": "机构类型"},
            "codes": {"venue_type": {1: "公共图书馆"}},
        }
        site.write("alpha", tables=[entry])
        site.deliver("x.csv", venue_type="1", floor_area="约三百")
        site.sync()
        site.run()
        [version] = _judged(1)
        [error] = version["report"]["errors"]
        assert (error["field"], error["value"]) == ("floor_area", "约三百")
        assert (error["rule"], error["row"]) == ("type-error", 3)
        codes = [step["code"] for step in version["report"]["steps"]]
        assert codes == ["rows-above", "code-mapped"]
        assert "1" in " ".join(version["report"]["reading"])


class TestFailures:
    def test_a_failing_table_and_source_keep_no_other_from_its_turn(
        self, site: Site
    ) -> None:
        site.write("alpha", {VENUES: "gone*.csv", LIBRARIES: "libraries.csv"})
        site.write("beta", connection="never_set")
        site.write("gamma", {VENUES: "gamma.csv"})
        site.deliver("libraries.csv", LIBRARIES)
        site.deliver("gamma.csv")
        site.sync()

        states = {(item.source, item.table): item for item in site.run()}

        missing = states["alpha", VENUES]
        assert missing.state == "errored"
        assert missing.message.startswith("[source-file-missing] ")
        assert "gone*.csv" in missing.message
        assert states["alpha", LIBRARIES].state in ("added", "updated", "not modified")
        unset = states["beta", VENUES].message
        assert unset.startswith("[source-connection-missing] ")
        assert "ckanext.gpo.harvest.connection.never_set" in unset
        assert states["gamma", VENUES].state in ("added", "updated")

    def test_the_message_is_in_the_sites_language(self, site: Site) -> None:
        site.write("alpha")
        site.sync()
        [item] = site.run()
        assert item.message.startswith("[source-file-missing] ")
        assert "文件" in item.message

    def test_what_was_public_stays(self, site: Site) -> None:
        """A file that cannot be read ends as a rejected version, as an upload does."""
        site.write("alpha")
        path = site.deliver("alpha-venues.csv")
        site.sync()
        site.run()
        path.write_bytes("机构编号,名称\nT1,x\n".encode("gb18030"))
        assert [item.state for item in site.run()] == ["updated"]
        second, first = _judged(2)
        assert (first["state"], second["state"]) == ("published", "rejected")
        [error] = second["report"]["errors"]
        assert error["rule"] == "header-missing"

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"kind": "ftp"}, "source-invalid"),
            ({"organization": "swj"}, "source-not-its-own"),
            (None, "source-unknown"),
        ],
    )
    def test_a_source_that_cannot_be_gathered_ends_its_job(
        self, change: dict[str, str] | None, code: str, site: Site
    ) -> None:
        site.write("alpha")
        site.sync()
        if change is None:
            (site.sources / "alpha.yaml").unlink()
        else:
            site.write("alpha", **change)
        [item] = site.run()
        assert (item.table, item.state) == ("", "ERROR")
        assert item.message.startswith(f"[{code}] ")

    def test_a_field_and_a_dataset_that_are_not_there(self, site: Site) -> None:
        other = "culture/culture_activities"
        columns = {"x_field": "编码"}
        wrong = {"table": VENUES, "file": "x.csv", "columns": columns}
        first = table(other).fields[0]["name"]
        lacking = {"table": other, "file": "x.csv", "columns": {first: "编码"}}
        unknown = {
            "table": "culture/nothing",
            "file": "x.csv",
            "columns": {"a": "编码"},
        }
        site.write("alpha", tables=[wrong, lacking, unknown])
        (site.drop / "x.csv").write_text("编码\nT1\n", "utf-8")
        if model.Package.get(table(other).dataset_name):
            call_action("dataset_purge", id=table(other).dataset_name)
        site.sync()
        codes = {item.table: item.message.partition(" ")[0] for item in site.run()}
        assert codes == {
            VENUES: "[source-invalid]",
            other: "[dataset-missing]",
            "culture/nothing": "[table-unknown]",
        }

    def test_an_unforeseen_error_is_recorded_without_its_secrets(
        self,
        site: Site,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        def explode(*_: Any) -> None:
            raise RuntimeError("postgresql://reader:geheim@10.0.0.1/business")

        monkeypatch.setattr("gpo_harvesters.files.newest", explode)
        logger = logging.getLogger("ckanext.gpo.harvest.base")
        monkeypatch.setattr(logger, "disabled", False)
        logger.addHandler(caplog.handler)
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()
        [item] = site.run()
        assert item.message.startswith("[harvest-failed] ")
        assert "RuntimeError" in item.message
        assert "geheim" not in item.message + caplog.text
        assert "explode" in caplog.text
        logger.removeHandler(caplog.handler)

    def test_a_refusing_gate_is_quoted(self, site: Site) -> None:
        site.option("quality.max_candidate_size", 0)
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()
        [item] = site.run()
        assert item.message.startswith("[gate-refused] ")
        assert site.spooled() == []

    def test_an_old_object_cannot_be_imported_again(self, site: Site) -> None:
        """ckanext-harvest offers that; its candidate was handed over long ago."""
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()
        site.run()
        done = site.object("alpha")
        context = {"user": call_action("get_site_user")["name"]}
        call_action("harvest_objects_import", context, harvest_object_id=done.id)
        [error] = site.object("alpha").errors
        assert error.message.startswith("[candidate-gone] ")

    def test_a_dataset_that_is_purged_before_the_handover(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It was there when the table was fetched."""
        site.write("alpha", {LIBRARIES: "libraries.csv"})
        site.deliver("libraries.csv", LIBRARIES)
        site.sync()
        submit = handover.submit

        def after_purge(harvest_object: HarvestObject) -> dict[str, Any]:
            call_action("dataset_purge", id=table(LIBRARIES).dataset_name)
            return submit(harvest_object)

        monkeypatch.setattr(handover, "submit", after_purge)
        try:
            [item] = site.run()
        finally:
            ensure_dataset(LIBRARIES)

        assert (item.table, item.state) == (LIBRARIES, "errored")
        assert item.message.startswith("[dataset-missing] ")
        assert not site.object("alpha", LIBRARIES).current
        assert site.spooled() == []

    def test_a_table_that_takes_too_long(self, site: Site) -> None:
        site.option("harvest.table_timeout", 0)
        site.write(
            "alpha",
            tables=[
                {"table": VENUES, "file": "x.csv", "columns": {"venue_code": "编码"}}
            ],
        )
        lines = ["编码", *(f"T{n}" for n in range(2000))]
        (site.drop / "x.csv").write_text("\n".join(lines), "utf-8")
        site.sync()
        [item] = site.run()
        assert item.message.startswith("[source-too-slow] ")
        assert site.spooled() == []


def test_stewards_see_the_failure_on_ckanext_harvests_pages(
    site: Site, sysadmin_with_token: dict[str, Any]
) -> None:
    """Source, job and report answer, with the message and without the address."""
    site.write("alpha")
    site.sync()
    site.run()
    job = HarvestJob.filter(source_id=site.harvest_source("alpha").id).first()
    headers = {"Authorization": sysadmin_with_token["token"]}
    for path in (
        "/harvest",
        "/harvest/alpha",
        "/harvest/about/alpha",
        "/harvest/admin/alpha",
        "/harvest/edit/alpha",
        "/harvest/new",
        "/harvest/alpha/job",
        f"/harvest/alpha/job/{job.id}",
    ):
        page = site.client.get(path, headers=headers)
        assert page.status_code == 200, path
        assert str(site.drop) not in page.text
    assert "source-file-missing" in page.text
    assert (
        "gpo-source://alpha"
        in site.client.get("/harvest/about/alpha", headers=headers).text
    )


def test_the_content_of_an_object_holds_no_path(site: Site) -> None:
    site.write("alpha")
    site.deliver("alpha-venues.csv")
    site.sync()
    site.run()
    assert '"/' not in site.object("alpha").content
