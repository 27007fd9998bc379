"""Two at once, one of them held at the worst moment until the other has ended or waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.guard import dataset as rules
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import removal, storage

from ..conftest import VENUES, Gate, row
from .versions import NAME, take_back, venue

pytestmark = pytest.mark.usefixtures("with_request_context")

PATIENCE = 60
_WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class Race:
    """Calls in threads of their own, each with a request and a session."""

    def __init__(self, app: Any, patch: pytest.MonkeyPatch) -> None:
        self._app, self._patch = app.flask_app, patch
        self._pool = ThreadPoolExecutor()
        self._go_on = Event()

    def hold(self, module: Any, name: str) -> Event:
        """Hold the first who comes to a function; set when somebody stands there."""
        function, arrived = getattr(module, name), Event()

        def holding(*args: Any, **kwargs: Any) -> Any:
            if not arrived.is_set():
                arrived.set()
                assert self._go_on.wait(PATIENCE)
            return function(*args, **kwargs)

        self._patch.setattr(module, name, holding)
        return arrived

    def start(self, call: Callable[[], Any]) -> Future[Any]:
        def run() -> Any:
            with self._app.test_request_context():
                try:
                    return call()
                finally:
                    model.Session.remove()

        return self._pool.submit(run)

    def go_on(self, other: Future[Any]) -> None:
        """Let the one who is held go on as soon as the other has ended or waits."""
        with model.meta.engine.connect() as connection:
            autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
            while not other.done() and not autocommit.scalar(_WAITING):
                pass
        self._go_on.set()

    def end(self) -> None:
        self._go_on.set()
        self._pool.shutdown()
        model.Session.remove()


@pytest.fixture
def race(app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Race]:
    race = Race(app, monkeypatch)
    yield race
    race.end()


def test_made_public_while_it_is_withdrawn(gate: Gate, race: Race):
    version = gate.judge(VENUES, row(VENUES))
    dataset = gate.dataset(VENUES) | {"private": False}
    site = call_action("get_site_user")["name"]
    model.Session.commit()
    arrived = race.hold(rules, "hold_private")

    update = race.start(
        lambda: call_action("package_update", {"user": site}, **dataset)
    )
    assert arrived.wait(PATIENCE)
    withdrawal = race.start(lambda: take_back(version))
    race.go_on(withdrawal)
    update.result(PATIENCE)
    withdrawal.result(PATIENCE)

    model.Session.remove()
    assert gate.show(version)["state"] == "withdrawn"
    assert gate.dataset(VENUES)["private"] is True


def test_two_are_handed_in_at_once(gate: Gate, race: Race):
    model.Session.commit()
    arrived = race.hold(storage, "save")

    first = race.start(lambda: gate.submit(VENUES, row(VENUES)))
    assert arrived.wait(PATIENCE)
    second = race.start(lambda: gate.submit(VENUES, venue(1)))
    race.go_on(second)

    versions = [first.result(PATIENCE), second.result(PATIENCE)]
    assert [version["number"] for version in versions] == [1, 2]
    assert _kept() >= {version["id"] for version in versions}


def test_the_dataset_is_purged_while_a_table_is_handed_in(gate: Gate, race: Race):
    before = _kept()
    site = call_action("get_site_user")["name"]
    model.Session.commit()
    arrived = race.hold(removal, "close")

    purge = race.start(lambda: call_action("dataset_purge", {"user": site}, id=NAME))
    assert arrived.wait(PATIENCE)
    submission = race.start(lambda: gate.submit(VENUES, row(VENUES)))
    race.go_on(submission)
    purge.result(PATIENCE)

    with pytest.raises(tk.ObjectNotFound):
        submission.result(PATIENCE)
    assert _kept() == before


def test_the_dataset_is_gone_before_the_check(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    """By whatever way: the version ends, its file goes, the job does not fail."""
    version = gate.submit(VENUES, row(VENUES))
    site = call_action("get_site_user")["name"]
    with monkeypatch.context() as patch:
        patch.setattr(removal, "close", lambda *_: [])
        call_action("dataset_purge", {"user": site}, id=NAME)
    assert version["id"] in _kept()

    jobs.check_version(version["id"])

    ended = Version.get(version["id"])
    assert ended
    assert ended.state == "rejected"
    assert version["id"] not in _kept()


def test_what_cannot_be_recorded_leaves_no_file(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    before = _kept()

    def fail() -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(model.Session, "commit", fail)
        with pytest.raises(OSError):  # noqa: PT011 - ours, it says nothing
            gate.submit(VENUES, row(VENUES))
    model.Session.rollback()

    assert _kept() == before


def _kept() -> set[str]:
    """The versions of which a file is kept."""
    folder = Path(tk.config["ckan.storage_path"], "versions")
    return {path.parent.name for path in folder.rglob("*") if path.is_file()}
