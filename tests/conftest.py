"""What all tests share: CKAN's own fixtures, made quick; a whole site; how tests are run."""

from __future__ import annotations

import configparser
import gc
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from ckan.config import middleware
from ckan.lib.redis import connect_to_redis
from ckan.tests.helpers import CKANTestApp

from tests import database, effort, search_index
from tests.shortcuts import shorten
from tests.snapshot import Snapshots
from tests.standing import Standing

ROOT = Path(__file__).parents[1]

DECISION_SECONDS = 120
"""How long the gate may take on a busy machine before a test gives up."""

SHARED = {
    "tests/conformance/federation/": "site",
    "tests/e2e/": "site",
    "tests/flow/": "site",
    "tests/faults/": "plant",
}
"""Folders whose tests share what takes a minute to build, and its name; see `site`."""

FIRST = (*SHARED, "tests/gpo/security/", "tests/conformance/", "tests/gpo/quality/")
"""Folders with the longest files, which begin: none is left to one worker at the end."""


settings.register_profile(
    "times",
    max_examples=effort.times(100, nightly=20_000),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("times")


def pytest_configure(config: pytest.Config) -> None:
    """Give a worker its own servers, before CKAN reads where they are."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        workers = json.loads(os.environ["GPO_TEST_WORKERS"])
        os.environ.update(workers[int(worker.removeprefix("gw"))])


class _ByFile(LoadFileScheduling):
    """A file's tests stay together, and all that share a site: it is built once."""

    def _split_scope(self, nodeid: str) -> str:
        for folder, name in SHARED.items():
            if nodeid.startswith(folder):
                return name
        return super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _ByFile:
    return _ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next(
            (at for at, folder in enumerate(FIRST) if item.nodeid.startswith(folder)),
            len(FIRST),
        )
    )


_TALLIES: pytest.StashKey[dict[str, Counter[str]]] = pytest.StashKey()


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Callable[[str], Counter[str]]:
    """Counts under a title that are told when all tests have run."""
    tallies = request.config.stash.setdefault(_TALLIES, defaultdict(Counter))
    return lambda title: tallies[title]


def pytest_sessionfinish(session: pytest.Session) -> None:
    gc.unfreeze()  # or libraries complain at the end of what was left
    if worker := getattr(session.config, "workeroutput", None):
        tallies = session.config.stash.get(_TALLIES, {})
        worker["tallies"] = {title: dict(counts) for title, counts in tallies.items()}


def pytest_testnodedown(node: Any) -> None:
    """Add what a worker has counted."""
    tallies = node.config.stash.setdefault(_TALLIES, defaultdict(Counter))
    for title, counts in getattr(node, "workeroutput", {}).get("tallies", {}).items():
        tallies[title].update(counts)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for title, counts in config.stash.get(_TALLIES, {}).items():
        told = ", ".join(f"{name} {count}" for name, count in counts.most_common())
        terminalreporter.write_line(f"{title}: {told}")


@pytest.fixture(autouse=True)
def routes_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `url_for` forget the routes of a test that had fewer plugins.

    CKAN keeps the application that was made last for it.
    """
    name = "_internal_test_request_context"
    monkeypatch.setattr(middleware, name, vars(middleware)[name])


@pytest.fixture(scope="session", autouse=True)
def shortcuts() -> Iterator[None]:
    """What takes long in every test and comes to the same, taken once or made short."""
    with shorten():
        yield


def pytest_collection_finish() -> None:
    """Do not look for garbage among the tests and CKAN itself: all of it stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


_STANDING = Standing()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave no plugins of the test before to a test that asks for none."""
    wanted = {"with_plugins", "make_app"} & {*getattr(item, "fixturenames", ())}
    if not wanted and not item.get_closest_marker("with_plugins"):
        _STANDING.unload()


@pytest.fixture
def with_plugins(ckan_config: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """The configured plugins: CKAN's own, which loads them anew for each test."""
    own = ("with_plugins", "provide_plugin")
    if any(request.node.get_closest_marker(mark) for mark in own):
        _STANDING.unload()
        request.getfixturevalue("with_plugins")
        yield
    else:
        _STANDING.load()
        yield
        _STANDING.clear_away()


@pytest.fixture
def make_app(make_app: Any) -> Callable[[], CKANTestApp]:
    """CKAN's own, which makes an application for each test."""
    return _STANDING.app


@pytest.fixture(scope="session")
def reset_db() -> Callable[[], None]:
    """CKAN's own deletes row by row, from the tables of its own plugins."""
    return database.empty


@pytest.fixture(scope="session")
def reset_index() -> Callable[[], None]:
    """CKAN's own deletes what is in it."""
    return search_index.empty


@pytest.fixture(scope="session")
def reset_queues() -> Callable[[], None]:
    """CKAN's own leaves the jobs that are to be run again."""
    return lambda: connect_to_redis().flushdb()


@pytest.fixture
def clean_db(
    with_plugins: None, clean_index: None, reset_db: Callable[[], None]
) -> None:
    """An empty database and index."""
    reset_db()


@pytest.fixture
def non_clean_db(with_plugins: None, reset_db_once: None) -> None:
    """A database with whatever earlier tests left in it."""
    database.ensure()


@pytest.fixture(scope="session")
def snapshots() -> Snapshots:
    """States of the site that tests begin with; fixtures prepare them."""
    return Snapshots()


@dataclass(frozen=True)
class Site:
    """A whole site as bin/run builds it: its own servers, sample systems, first harvest."""

    address: str
    home: Path

    def ckan(self, *words: str) -> str:
        """Run one of CKAN's commands on the site; returns what it prints."""
        return _launch(self.home, "ckan", *words)

    def mend(self, fault: str) -> None:
        """Let the department correct its faulty file, see harvesters/samples."""
        folder = self.home / "samples" / "drop"
        python = ROOT / ".venv" / "bin" / "python"
        words = ["-m", "gpo_samples", "mend", "--folder", folder, fault]
        subprocess.run([python, *words], check=True, capture_output=True)

    def password(self, account: str) -> str:
        secrets = configparser.RawConfigParser()
        secrets.read(self.home / "secrets.ini")
        found = {k: v for section in secrets.values() for k, v in section.items()}
        return found[f"password_{account}"]

    def token(self, account: str) -> str:
        """A new API token of an account."""
        return self.ckan("user", "token", "add", account, "tests", "-q").split()[-1]

    def decided(self, dataset: str, token: str, number: int) -> dict[str, Any]:
        """The version of that number, once the gate has decided; reads until then."""
        deadline = time.monotonic() + DECISION_SECONDS
        while time.monotonic() < deadline:
            _, versions = self.call(
                "gpo_quality_version_list", token=token, dataset=dataset
            )
            for version in versions:
                ended = version["state"] in ("published", "rejected")
                if version["number"] == number and ended:
                    return version
            time.sleep(0.2)
        pytest.fail(f"{dataset}: version {number} was not decided: {versions}")

    def call(
        self, action: str, *, token: str | None = None, **params: Any
    ) -> tuple[int, Any]:
        """Call the action API as the public does, or with a token: status and result."""
        answer = requests.post(
            f"{self.address}/api/3/action/{action}",
            json=params,
            headers={"Authorization": token} if token else {},
            timeout=60,
        )
        body = answer.json()
        return answer.status_code, body.get("result", body.get("error"))


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """One running site for all tests that tell a story; minutes to build."""
    home = Path(tempfile.mkdtemp(prefix="gpo-site-", dir="/var/tmp"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    try:
        _launch(home, "run", "--detach", "--port", str(port))
        yield Site(f"http://127.0.0.1:{port}", home)
    finally:
        _launch(home, "run", "--stop")
        shutil.rmtree(home)


def _launch(home: Path, command: str, *words: str) -> str:
    # The tests' own servers must not become the site's.
    env = {k: v for k, v in os.environ.items() if not k.startswith("CKAN_")}
    done = subprocess.run(
        [ROOT / "bin" / command, *words],
        env=env | {"GPO_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command} {words}\n{done.stdout}\n{done.stderr}"
    return done.stdout
