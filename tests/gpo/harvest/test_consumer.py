"""The consumer: order, survival, no lost item, one at a time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.harvest import config, runs, stopping
from ckanext.gpo.harvest.consumer import Consumer, consumer_lock, stand_by
from ckanext.gpo.harvest.queues import Queues
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject

from .conftest import LIBRARIES, VENUES, Site


def _job(job_id: str) -> HarvestJob:
    model.Session.remove()
    return HarvestJob.get(job_id)


class TestLock:
    def test_one_works_and_the_other_waits(self, site: Site) -> None:
        first, second = consumer_lock(), consumer_lock()
        assert first.acquire()
        assert not second.acquire()
        first.verify()
        first.release()
        assert second.acquire()
        second.release()

    def test_a_lost_connection_is_noticed(self, site: Site) -> None:
        lock = consumer_lock()
        assert lock.acquire()
        with model.meta.engine.connect() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    " WHERE locktype = 'advisory' AND objid = hashtext('consumer')::oid"
                )
            )
        with pytest.raises(sa.exc.DBAPIError):
            lock.verify()
        lock.release()

    def test_who_stands_by_can_be_asked_to_stop(self, site: Site) -> None:
        lock = consumer_lock()
        assert lock.acquire()
        stopping.request()
        assert not stand_by(consumer_lock())
        lock.release()


class TestLostMessages:
    """A message is only a reminder: what is to be done stands in the database."""

    def test_a_job_whose_message_was_lost_is_gathered(self, site: Site) -> None:
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()
        jobs = site.start()
        assert queue.get_gather_consumer().queue_purge() == 1
        [item] = site.consume(jobs)
        assert item.state in ("added", "updated")
        assert _job(jobs[0]).status == "Finished"

    def test_a_gathering_that_broke_off_leaves_no_objects(self, site: Site) -> None:
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()
        jobs = site.start()
        assert Queues().take() is not None
        HarvestObject(guid="alpha:half", job=HarvestJob.get(jobs[0])).save()
        assert [item.table for item in site.consume(jobs)] == [VENUES]

    @pytest.mark.parametrize("state", ["WAITING", "FETCH", "IMPORT"])
    def test_an_object_that_a_killed_process_had_is_taken_up(
        self, state: str, site: Site
    ) -> None:
        site.write("alpha", {VENUES: "a.csv", LIBRARIES: "b.csv"})
        site.deliver("a.csv")
        site.deliver("b.csv", LIBRARIES)
        site.sync()
        jobs = site.start()
        queues = Queues()
        gather = queues.take()
        with site.app.test_request_context():
            queue.gather_callback(
                queue.get_gather_consumer(),
                queue.FakeMethod(gather.body),
                None,
                gather.body,
            )
        taken = queues.take()
        dead = HarvestObject.get(taken.id)
        dead.state = state
        dead.save()
        (config.spool() / f"{dead.id}.candidate").write_text("half a row")
        states = {item.table: item.state for item in site.consume(jobs)}
        assert states.keys() == {VENUES, LIBRARIES}
        assert states[VENUES] in ("added", "updated")
        assert site.spooled() == []

    def test_nothing_is_put_back_that_is_queued_or_done(self, site: Site) -> None:
        site.write("alpha")
        site.deliver("alpha-venues.csv")
        site.sync()
        jobs = site.start()
        assert Queues().restore() == 0
        site.consume(jobs)
        assert Queues().restore() == 0
        assert Queues().take() is None


class TestSurvival:
    def test_an_error_in_ckanext_harvest_itself_ends_only_its_object(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Not even one that no harvester could have caught."""
        real = queue.fetch_and_import_stages

        def break_first(harvester: Any, obj: HarvestObject) -> None:
            if obj.guid.endswith(VENUES):
                model.Session.execute(sa.text("SELECT no_such_function()"))
            real(harvester, obj)

        monkeypatch.setattr(queue, "fetch_and_import_stages", break_first)
        site.write("alpha", {VENUES: "a.csv", LIBRARIES: "b.csv"})
        site.deliver("a.csv")
        site.deliver("b.csv", LIBRARIES)
        site.sync()
        items = {item.table: item for item in site.run()}
        assert items[VENUES].state == "errored"
        assert items[VENUES].message.startswith("[harvest-failed] ")
        assert items[LIBRARIES].state in ("added", "updated", "not modified")

    def test_a_gathering_that_explodes_ends_its_job(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def explode(*_: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(queue, "gather_stage", explode)
        site.write("alpha")
        site.sync()
        jobs = site.start()
        job = HarvestJob.get(jobs[0])
        job.gather_finished = job.created
        job.save()
        [item] = site.consume(jobs)
        assert item.message.startswith("[harvest-failed] ")

    def test_messages_of_what_is_gone_are_dropped(self, site: Site) -> None:
        queues = Queues()
        queues.redis.rpush(queues.fetch, json.dumps({"harvest_object_id": "gone"}))
        queues.redis.rpush(queues.gather, json.dumps({"harvest_job_id": "gone"}))
        site.consume([])
        assert queues.take() is None

    def test_a_source_that_cannot_be_closed_keeps_no_other(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("alpha", "beta"):
            site.write(name)
            site.deliver(f"{name}-venues.csv")
        site.sync()
        bad = site.harvest_source("alpha").id
        real = tk.get_action("harvest_source_reindex")

        def reindex(context: Any, data: dict[str, str]) -> Any:
            if data["id"] == bad:
                raise RuntimeError("no index")
            return real(context, data)

        import ckanext.harvest.logic.action.update as upstream

        monkeypatch.setattr(
            upstream,
            "get_action",
            lambda name: (
                reindex if name == "harvest_source_reindex" else tk.get_action(name)
            ),
        )
        jobs = site.start()
        site.consume(jobs)
        assert runs.are_finished(jobs)

    def test_jobs_that_are_due_are_started(self, site: Site) -> None:
        site.write("alpha", schedule="DAILY")
        site.write("beta", schedule="MANUAL")
        site.deliver("alpha-venues.csv")
        site.sync()
        lock = consumer_lock()
        assert lock.acquire()
        consumer = Consumer(site.app, lock)
        consumer.run(until=lambda: True)
        lock.release()
        assert len(site.harvest_source("alpha").jobs) == 1
        assert site.harvest_source("alpha").next_run is not None
        assert site.harvest_source("beta").jobs == []


class TestStop:
    def test_a_table_that_is_broken_off_is_read_again_from_its_start(
        self, site: Site
    ) -> None:
        """Asked to stop while rows come in; the next consumer finishes the job."""
        site.write("alpha", tables=[_rest_table()], kind="rest", connection="test_rest")
        site.sync()
        with _service() as service:
            site.option("harvest.connection.test_rest", service.url)
            service.before_page = lambda n: stopping.request() if n == 2 else None
            jobs = site.start()
            assert [item.state for item in site.consume(jobs)] == ["WAITING"]
            broken_off = site.object("alpha")
            assert broken_off.retry_times == 0
            assert broken_off.errors == []
            assert site.spooled() == []

            stopping.clear()
            service.before_page = lambda _: None
            [item] = site.consume(jobs)
        assert (item.state, item.message) in (("added", ""), ("updated", ""))
        assert json.loads(site.object("alpha").content)["rows"] == 2000

    def test_the_command_ends_on_sigterm_and_loses_nothing(
        self, site: Site, tmp_path: Path
    ) -> None:
        """The real process, asked to stop in the middle of a table."""
        site.write("alpha", tables=[_rest_table()], kind="rest", connection="test_rest")
        site.sync()
        with _service() as service:
            site.option("harvest.connection.test_rest", service.url)
            service.before_page = lambda n: service.hold() if n == 2 else None
            jobs = site.start()
            process = subprocess.Popen(
                [
                    Path(sys.executable).with_name("ckan"),
                    "-c",
                    _ini(site, service, tmp_path),
                ]
                + ["gpo-harvest", "consumer"],
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                stderr=subprocess.PIPE,
                text=True,
            )
            try:
                assert service.held.wait(60), process.poll()
                process.send_signal(signal.SIGTERM)
                service.released.set()
                _, log = process.communicate(timeout=60)
            finally:
                process.kill()
            assert process.returncode == 0, log
            model.Session.remove()
            assert site.object("alpha").state == "WAITING"
            service.before_page = lambda _: None
            [item] = site.consume(jobs)
        assert item.state in ("added", "updated")


def _rest_table() -> dict[str, Any]:
    return {
        "table": VENUES,
        "path": "/venues",
        "items_path": "list",
        "paging": {"style": "page", "param": "p", "size_param": "n", "size": 500},
        "columns": {"venue_code": "code", "venue_name": "name"},
    }


class _Service:
    """Four pages of 500 rows; a hook is called before each."""

    def __init__(self) -> None:
        self.before_page: Callable[[int], Any] = lambda _: None
        self.held, self.released = threading.Event(), threading.Event()
        self.salt = os.urandom(4).hex()
        self.http = make_server("127.0.0.1", 0, self, threaded=True)
        self.url = f"http://127.0.0.1:{self.http.port}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,))

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        page = int(Request(environ).args["p"])
        self.before_page(page)
        first = (page - 1) * 500
        rows = [
            {"code": f"WH{n}", "name": f"示例馆{n}-{self.salt}"}
            for n in range(first, min(first + 500, 2000))
        ]
        body = json.dumps({"list": rows})
        return Response(body, mimetype="application/json")(environ, start)

    def hold(self) -> None:
        self.held.set()
        self.released.wait(60)

    def __enter__(self) -> _Service:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


def _service() -> _Service:
    return _Service()


def _ini(site: Site, service: _Service, folder: Path) -> str:
    """The tests' site as a process of its own sees it."""
    path = folder / "ckan.ini"
    path.write_text(
        "[app:main]\n"
        f"use = config:{Path(tk.config['__file__']).absolute()}\n"
        f"ckanext.gpo.harvest.sources = {site.sources.parent}\n"
        f"ckanext.gpo.harvest.spool_path = {config.spool()}\n"
        f"ckanext.gpo.harvest.connection.test_rest = {service.url}\n"
    )
    return str(path)
