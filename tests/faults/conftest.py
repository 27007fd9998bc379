"""A site of its own whose servers and processes may be killed: real ones, all of them."""

from __future__ import annotations

import multiprocessing
import multiprocessing.forkserver
import os
import pkgutil
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from launcher import account, database, ports, testing, waiting
from launcher.commands import Runner
from launcher.place import ROOT, VENV
from launcher.postgres import Cluster
from launcher.redis_server import RedisServer
from launcher.secrets_file import Secrets

PATIENCE = 180
"""Seconds after which a busy machine is taken for one that hangs."""

REFS = [
    "culture/culture_venues",
    "legal/legal_service_venues",
    "legal/legal_aid_cases",
    "legal/lawyers_notaries_mediation",
    "legal/notary_fees",
]


class Server:
    """One of the servers, started and killed as a machine's trouble would."""

    def __init__(
        self, command: list[str], ready: Callable[[], bool], folder: Path, user: Any
    ) -> None:
        self._command, self._ready = command, ready
        self._folder, self._user = folder, user
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                **self._user,
            )
        assert waiting.until(self._ready, seconds=PATIENCE, check=self._alive)

    def kill(self) -> None:
        """SIGKILL, to the server and all that it has forked; back when all are gone."""
        assert self._process
        family = [self._process.pid, *children(self._process.pid)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        for pid in family[1:]:
            gone(pid)

    def stop(self, number: int) -> None:
        assert self._process
        self._process.send_signal(number)
        self._process.wait(PATIENCE)

    def _alive(self) -> None:
        assert self._process
        assert self._process.poll() is None, (self._folder / "server.log").read_text()


def gone(pid: int) -> None:
    """Wait until a process that is not ours has ended."""
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        try:
            # readable when the process has ended
            assert select.select([handle], [], [], PATIENCE)[0], f"{pid} lives on"
        finally:
            os.close(handle)


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()]


class Standing:
    """A process that stands at a seam."""

    def __init__(self, process: BaseProcess, marker: Connection) -> None:
        self.process, self._marker = process, marker
        self.again()

    def again(self) -> Standing:
        """Wait until a process comes to the seam."""
        assert self._marker.poll(PATIENCE), "nobody came to the seam"
        self.pid = self._marker.recv()
        return self

    def kill(self) -> None:
        """Kill it, and the worker that it was forked from."""
        self.process.kill()
        self.process.join()
        if self.pid != self.process.pid:
            os.kill(self.pid, signal.SIGKILL)
            gone(self.pid)

    def kill_the_one_at_work(self) -> None:
        """Kill the process that checks and leave the worker that watches over it."""
        assert self.pid != self.process.pid
        os.kill(self.pid, signal.SIGKILL)

    def kill_the_one_watching(self) -> None:
        assert self.pid != self.process.pid
        self.process.kill()
        self.process.join()

    def go_on(self) -> None:
        self._marker.send(None)

    def ended(self) -> None:
        """Wait until it has done all there is to do."""
        self.process.join(PATIENCE)
        assert self.process.exitcode == 0


class Plant:
    """The site: its servers, and processes on it."""

    def __init__(
        self, postgres: Server, redis: Server, inside: Any, env: dict[str, str]
    ) -> None:
        self.postgres, self.redis = postgres, redis
        self.inside, self.env = inside, env
        self._context = multiprocessing.get_context("forkserver")
        self.handed_in: list[str] = []
        self.counts: Counter[str] = Counter()

    def ask(self, function: Callable[..., Any], *args: Any) -> Any:
        """What a function of `inside` returns in a process of its own."""
        ours, theirs = self._context.Pipe()
        process = self._start(self.inside.run, theirs, function, *args)
        assert ours.poll(PATIENCE), f"{function.__name__} does not answer"
        result, error = ours.recv()
        process.join()
        assert error is None, f"{function.__name__}: {error}"
        return result

    def submit(self, ref: str, **options: Any) -> str:
        """Hand in one row more than was ever handed in for the table."""
        self.counts[ref] += 1
        return self.submit_again(ref, **options)

    def submit_again(self, ref: str, **options: Any) -> str:
        """Hand in the same rows as the last time."""
        version = self.ask(self.inside.submit, ref, self.counts[ref], options)
        self.handed_in.append(version)
        return version

    def submit_all(self, refs: list[str]) -> list[str]:
        """As `submit`, one after the other."""
        tables = []
        for ref in refs:
            self.counts[ref] += 1
            tables.append((ref, self.counts[ref]))
        versions = self.ask(self.inside.submit_all, tables)
        self.handed_in += versions
        return versions

    def worker(self) -> BaseProcess:
        return self._start(self.inside.work, None, None)

    @contextmanager
    def standing_worker(self) -> Iterator[None]:
        """A worker that goes on as on a site, with its scheduler and its clock.

        At the end it is killed, whatever it is at; the next start takes that up.
        """
        self._standing = self._start(self.inside.work_on)
        try:
            yield
        finally:
            _kill(self._standing)
        self.restart()

    def await_published(self, version: str) -> None:
        """Wait for the standing worker; one that has ended is started again, as a
        supervisor does."""
        deadline = time.monotonic() + PATIENCE
        while self.ask(self.inside.states, version) != ["published"]:
            assert time.monotonic() < deadline, f"{version} is not published"
            if not self._standing.is_alive():
                self._standing = self._start(self.inside.work_on)

    def work(self) -> None:
        """Let a worker do all there is to do."""
        worker = self.worker()
        worker.join(PATIENCE)
        assert worker.exitcode == 0

    def worker_at(self, seam: str) -> Standing:
        """A worker that has come to a seam and stands there."""
        ours, theirs = self._context.Pipe()
        return Standing(self._start(self.inside.work, seam, theirs), ours)

    def work_sabotaged(self, ref: str, kind: str, **options: Any) -> None:
        """Let one worker do all there is to do, though some checks go wrong."""
        worker = self._start(self.inside.work_sabotaged, options, ref, kind)
        worker.join(PATIENCE)
        assert worker.exitcode == 0

    def request_at(self, seam: str, function: Callable[..., Any], *args: Any) -> Any:
        ours, theirs = self._context.Pipe()
        return Standing(
            self._start(self.inside.act, seam, theirs, function, *args), ours
        )

    def restart(self) -> None:
        """What every start of the workers does, then a worker."""
        self.ask(self.inside.resume)
        self.work()

    def assert_sound(self) -> None:
        assert self.ask(self.inside.violations, self.handed_in) == []

    def ckan(self, *words: str, expected: int = 0) -> str:
        """One of CKAN's own commands, as it is on a site; what it prints."""
        done = subprocess.run(
            [VENV / "bin" / "ckan", *words],
            env=self.env,
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == expected, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, function: Callable[..., Any], *args: Any) -> tuple[Any, Any]:
        """A process that goes on by itself, and what it tells through its first argument."""
        ours, theirs = self._context.Pipe()
        return self._start(function, theirs, *args), ours

    def _start(self, function: Callable[..., Any], *args: Any) -> BaseProcess:
        process = self._context.Process(target=function, args=args)
        with _nothing_of_pytest():
            process.start()
        return process


def _kill(worker: BaseProcess) -> None:
    """Kill a standing worker, its scheduler and whatever else it has forked.

    RQ may swallow a signal to stop, and then waits for a job for a minute; a scheduler that
    is left would keep the fork server up for ever.
    """
    family = [worker.pid, *children(worker.pid)] if worker.pid else []
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    worker.join()
    for pid in family[1:]:
        gone(pid)


@contextmanager
def _nothing_of_pytest() -> Iterator[None]:
    # A process of the site would load the program that these tests were started by.
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _Name:
    """A function of a module, by name: only the processes of the site load the module."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self.__name__ = module, name

    def __reduce__(self) -> tuple[Any, ...]:
        return pkgutil.resolve_name, (f"{self._module}:{self.__name__}",)


class Names:
    """The functions of a module beside this one."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> _Name:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(self._module, name)


@contextmanager
def _forkserver(env: dict[str, str]) -> Iterator[Any]:
    """The module `inside`, loaded once in the process that all others are forked from."""
    kept = dict(os.environ)
    # Loading it here would make a site of the tests' own process: names will do.
    inside = Names("inside")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["inside", "search_inside"])
    os.environ.clear()
    os.environ.update(env)
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(kept)
    try:
        yield inside
    finally:
        multiprocessing.forkserver._forkserver._stop()


@pytest.fixture(scope="session")
def plant() -> Iterator[Plant]:
    """One site for all these tests; each hands in versions of its own."""
    folder = Path(tempfile.mkdtemp(prefix="gpo-faults-"))
    folder.chmod(0o755)
    user, secrets = account.servers(), Secrets.fresh()
    reservation = ports.Reservation()
    first = reservation.first_free(24000)
    cluster = Cluster(folder / "postgres", first, secrets.postgres, user)
    redis = RedisServer(
        folder / "redis", reservation.first_free(first + 1), secrets.redis, user
    )
    cluster.prepare(Runner(folder, identity=user.identity), ephemeral=True)
    with (cluster.folder / "gpo.conf").open("a") as settings:
        # A machine does not fail here, programs do: what was committed must be there.
        settings.write("synchronous_commit = on\n")
    redis.prepare()
    servers = [
        Server(cluster.command, cluster.is_ready, cluster.folder, user.identity),
        Server(redis.command, redis.is_ready, redis.folder, user.identity),
    ]
    temporary = folder / "tmp"
    for path in (folder / "storage", temporary):
        path.mkdir()
    env = testing._environment(folder, cluster, redis, secrets)
    env["TMPDIR"] = str(temporary)
    try:
        for server, port in zip(servers, (cluster.port, redis.port), strict=True):
            reservation.release(port)
            server.start()
        run = Runner(folder, env)
        database.ensure(cluster, database.passwords(secrets))
        run([VENV / "bin" / "ckan", "db", "upgrade"], log="migrate", hint="")
        database.set_datastore_permissions(cluster, run)
        with _forkserver(env) as inside:
            plant = Plant(servers[0], servers[1], inside, env)
            plant.ask(inside.set_up, REFS)
            yield plant
    finally:
        servers[0].stop(signal.SIGINT)
        servers[1].stop(signal.SIGTERM)
        shutil.rmtree(folder)
