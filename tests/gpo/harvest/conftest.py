"""A site with a department, its datasets and a folder of sources of the test's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
import yaml

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import helpers
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table
from ckanext.gpo.harvest import runs, stopping, sync
from ckanext.gpo.harvest.consumer import Consumer, consumer_lock
from ckanext.gpo.harvest.runs import Item
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestObject, HarvestSource

VENUES = "culture/culture_venues"
LIBRARIES = "culture/public_library_statistics"


class Site:
    """What a test does with sources, and what it sees of it."""

    def __init__(
        self, client: CKANTestApp, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.client = client
        self.app = client.flask_app
        self.monkeypatch = monkeypatch
        self.sources = root / "sources"
        self.drop = root / "drop"

    def write(
        self, name: str, files: dict[str, str] | None = None, **changes: Any
    ) -> str:
        """A YAML of the kind `files`: table ref → file pattern."""
        files = files or {VENUES: f"{name}-venues*.csv"}
        source = {
            "name": name,
            "title": f"示例来源 {name}",
            "title_en": f"Sample source {name}",
            "kind": "files",
            "connection": "test_drop",
            "organization": "wglj",
            "schedule": "MANUAL",
            "tables": [
                {
                    "table": ref,
                    "file": pattern,
                    "columns": {f["name"]: f["title"] for f in table(ref).fields},
                }
                for ref, pattern in files.items()
            ],
            **changes,
        }
        text = yaml.safe_dump(source, allow_unicode=True)
        (self.sources / f"{name}.yaml").write_text(text, "utf-8")
        return name

    def deliver(self, file: str, ref: str = VENUES, **values: str) -> Path:
        """A department's file with one new row of the table."""
        example = {f["name"]: str(f.get("example", "")) for f in table(ref).fields}
        row = {**example, "venue_name": f"示例馆{uuid4().hex[:8]}", **values}
        lines = [
            ",".join(f["title"] for f in table(ref).fields),
            ",".join(f'"{row[f["name"]]}"' for f in table(ref).fields),
        ]
        path = self.drop / file
        path.write_text("示例数据\n" + "\n".join(lines) + "\n", "utf-8")
        return path

    def option(self, name: str, value: Any) -> None:
        self.monkeypatch.setitem(tk.config, f"ckanext.gpo.{name}", value)

    def spooled(self) -> list[Path]:
        """What lies in the spool beside the sign of life."""
        files = (self.sources.parent / "spool").iterdir()
        return [path for path in files if not path.name.startswith("pulse-")]

    def sync(self) -> dict[str, str]:
        with self.app.test_request_context():
            return {done.name: done.outcome for done in sync.sync_sources()}

    def start(self, name: str | None = None) -> list[str]:
        with self.app.test_request_context():
            return runs.start(name)

    def consume(self, job_ids: list[str]) -> list[Item]:
        """Work until the jobs have ended; what became of their tables."""
        lock = consumer_lock()
        assert lock.acquire()
        try:
            Consumer(self.app, lock).run(until=lambda: runs.are_finished(job_ids))
        finally:
            lock.release()
        return list(runs.items(job_ids))

    def run(self, name: str | None = None) -> list[Item]:
        return self.consume(self.start(name))

    def object(self, name: str, ref: str = VENUES) -> HarvestObject:
        """The latest harvest object of a table."""
        return (
            model.Session.query(HarvestObject)
            .filter_by(guid=f"{name}:{ref}")
            .order_by(HarvestObject.gathered.desc())
            .first()
        )

    def harvest_source(self, name: str) -> HarvestSource:
        return HarvestSource.get(model.Package.get(name).id)


@pytest.fixture(scope="module")
def platform(reset_db_once: None) -> Iterator[CKANTestApp]:
    """The whole site, started once for all tests of a module, with its datasets.

    Starting it for each of them would take most of the time.
    """
    client = helpers._get_test_app()
    _ensure_datasets()
    yield client
    p.unload_all()


@pytest.fixture
def site(
    platform: CKANTestApp,
    clean_queues: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Site]:
    root = tmp_path / "harvesters"
    for folder in (root / "sources", root / "drop", root / "spool"):
        folder.mkdir(parents=True)
    schema = resources.files("gpo_harvesters").joinpath("source.schema.json")
    (root / "source.schema.json").write_text(schema.read_text("utf-8"), "utf-8")
    site = Site(platform, root, monkeypatch)
    site.option("harvest.sources", str(root))
    site.option("harvest.connection.test_drop", str(site.drop))
    site.option("harvest.spool_path", str(root / "spool"))
    _forget_harvests()
    stopping.clear()
    yield site
    stopping.clear()
    model.Session.rollback()
    _forget_harvests()


def _ensure_datasets() -> None:
    departments = {d["name"]: d for d in reference.departments()}
    domains = {d["name"]: d for d in reference.domains()}
    for name in ("wglj", "swj"):
        seed.ensure_department(departments[name])
    seed.ensure_domain(domains["culture"])
    for ref in (VENUES, LIBRARIES):
        ensure_dataset(ref)


def ensure_dataset(ref: str) -> None:
    user = {"user": call_action("get_site_user")["name"]}
    call_action("gpo_catalogue_dataset_ensure", user, table_ref=ref)


def _forget_harvests() -> None:
    queue.purge_queues()
    model.Session.execute(
        sa.text("TRUNCATE harvest_source, harvest_job, harvest_object CASCADE")
    )
    model.Session.commit()
    for (package_id,) in model.Session.query(model.Package.id).filter_by(
        type="harvest"
    ):
        call_action("dataset_purge", id=package_id)


def fetched(of: HarvestObject) -> dict[str, Any]:
    """What is recorded with a harvest object."""
    return json.loads(of.content)
