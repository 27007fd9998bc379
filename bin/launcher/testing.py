"""`bin/test` and `bin/bench`, on a PostgreSQL and a Redis that live only as long.

The whole check runs in several processes, each beside servers of its own: tests empty
databases and kill what they stand on, so nothing can be shared.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import tomllib

from launcher import account, database, ports, waiting
from launcher.account import Account
from launcher.commands import Runner
from launcher.place import ROOT, VENV
from launcher.postgres import SUPERUSER, Cluster
from launcher.redis_server import RedisServer
from launcher.secrets_file import Secrets
from launcher.steps import StepError, Steps, explain

_INI = ROOT / "config" / "test.ini"
_READY_SECONDS = 60
_STOP_SECONDS = 20
_MAX_WORKERS = 4
_PORTS_FROM = 28000
# The order is that of tests/conftest.py: the longest first.
_WHOLE = ("--no-loadscope-reorder", "--durations=20")
# What killed processes and those of sites have left is joined after the tests, then judged.
_COVERAGE = ("--cov", "--cov-report=", "--cov-fail-under=0")
_STYLE = (("ruff", "check"), ("ruff", "format", "--check"), ("pyright",))
_HINT = "查看日志后重试 · see the log, then try again"


def main(arguments: Sequence[str]) -> int:
    """Run the checks; return the exit code of the first that fails, or 0.

    With arguments for pytest only pytest runs: a full run checks style and types too.
    `--nightly`, before any of them, has every property tried far more often, and measures
    which branches ran: the tracer of Python 3.11 takes as much time again as the tests.
    """
    nightly = arguments[:1] == ["--nightly"]
    if nightly:
        arguments = arguments[1:]
        os.environ["GPO_TEST_NIGHTLY"] = "1"  # for tests/effort.py
    if not arguments:
        style = _check_style()
        workers = min(os.cpu_count() or 1, _MAX_WORKERS)
        whole = ["pytest", *_WHOLE, f"-n{workers}"]
        if not nightly:
            return _beside_services(whole, workers, style)
        code = _beside_services([*whole, *_COVERAGE], workers, style)
        return code or _hold_coverage()
    return _beside_services(["pytest", *arguments])


def _check_style() -> list[subprocess.Popen[bytes]]:
    """Begin to check style and types: there is time while the servers come up."""
    # pyright would ask the net for a newer version of itself.
    env = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    return [
        subprocess.Popen([VENV / "bin" / tool, *words], cwd=ROOT, env=env)
        for tool, *words in _STYLE
    ]


def _hold_coverage() -> int:
    """Fail below the floor of pyproject.toml, and if it lies a percent or more too low."""
    words = ("report", "--format=total", "--precision=2", "--fail-under=0")
    answer = subprocess.run(
        [VENV / "bin" / "coverage", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    measured = float(answer.stdout)
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    least = floor["tool"]["coverage"]["report"]["fail_under"]
    print(f"覆盖率 · coverage {measured} % (fail_under {least})")
    if measured < least:
        return 1
    if measured < least + 1:
        return 0
    print(f"请提高下限 · raise fail_under in pyproject.toml to {int(measured)}")
    return 1


def bench(arguments: Sequence[str]) -> int:
    """Take figures; return the exit code of what takes them."""
    if not arguments or arguments[0].startswith("-"):
        command = [VENV / "bin" / "python", "-m", "bench", "--help"]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    return _beside_services(["bench", *arguments])


def _beside_services(
    module: Sequence[str],
    workers: int = 1,
    checks: Sequence[subprocess.Popen[bytes]] = (),
) -> int:
    """Run a Python module beside servers for each worker, if the checks have passed.

    What is every worker's own lies in GPO_TEST_WORKERS, for tests/conftest.py.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="gpo-test-"))
    folder.chmod(0o755)  # the servers' user has to pass through
    try:
        with ExitStack() as running:
            envs: list[dict[str, str]] = []
            for number in range(workers):
                place = folder / str(number)
                place.mkdir()
                environment = services(place, account.servers(), Steps())
                envs.append(running.enter_context(environment))
            if failures := [code for check in checks if (code := check.wait())]:
                return failures[0]
            env = envs[0] | {"GPO_TEST_WORKERS": json.dumps([_own(e) for e in envs])}
            command = [VENV / "bin" / "python", "-m", *module]
            return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    except StepError as error:
        explain(error)  # while the log that explains it is there
        return 1
    finally:
        shutil.rmtree(folder)


@contextmanager
def services(folder: Path, servers: Account, steps: Steps) -> Generator[dict[str, str]]:
    """Run both servers with everything the tests need; yield the tests' environment.

    Raises:
        StepError: a server does not start, or the databases can't be made.
    """
    folder.chmod(0o755)
    secrets = Secrets.fresh()
    account.caller().folder(folder / "storage")
    with ExitStack() as running:
        reservation = running.enter_context(ports.reserve())
        first = reservation.first_free(_PORTS_FROM)
        cluster = Cluster(folder / "postgres", first, secrets.postgres, servers)
        second = reservation.first_free(first + 1)
        redis = RedisServer(folder / "redis", second, secrets.redis, servers)
        env = _environment(folder, cluster, redis, secrets)
        with steps.step("测试用数据库与队列", "PostgreSQL and Redis of the tests"):
            cluster.prepare(Runner(folder, identity=servers.identity), ephemeral=True)
            redis.prepare(ephemeral=True)
            ready = cluster.is_ready
            reservation.release(first)
            running.enter_context(_serving(cluster.command, ready, folder, servers))
            reservation.release(second)
            running.enter_context(
                _serving(redis.command, redis.is_ready, folder, servers)
            )
        with steps.step("数据库结构与权限", "Tables and permissions"):
            run = Runner(folder, env)
            database.ensure(cluster, database.passwords(secrets))
            run([VENV / "bin" / "ckan", "db", "upgrade"], log="migrate", hint=_HINT)
            database.set_datastore_permissions(cluster, run)
        yield env


@contextmanager
def _serving(
    command: Sequence[str], ready: Callable[[], bool], folder: Path, owner: Account
) -> Generator[None]:
    """Run a server until the end of the block; SIGINT makes both stop at once."""
    name = Path(command[0]).name
    log = folder / f"{name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
            **owner.identity,
        )

    def check() -> None:
        if process.poll() is not None:
            raise StepError(f"{name} → {process.returncode}", hint=_HINT, log=log)

    try:
        if not waiting.until(ready, seconds=_READY_SECONDS, check=check):
            raise StepError(f"{name}: 未就绪 · not ready", hint=_HINT, log=log)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(
    folder: Path, cluster: Cluster, redis: RedisServer, secrets: Secrets
) -> dict[str, str]:
    """Return the caller's environment with all that concerns CKAN replaced."""
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith("CKAN_")
    }
    passwords = database.passwords(secrets)

    def url(role: str, name: str) -> str:
        return cluster.url(role, passwords[role], name)

    return {
        **inherited,
        "CKAN_INI": str(_INI),
        "CKAN_SQLALCHEMY_URL": url(database.CKAN, database.CKAN),
        "CKAN_DATASTORE_WRITE_URL": url(database.DATASTORE, database.DATASTORE),
        "CKAN_DATASTORE_READ_URL": url(database.DATASTORE_READER, database.DATASTORE),
        "CKAN_REDIS_URL": redis.url,
        "CKAN_STORAGE_PATH": str(folder / "storage"),
        "GPO_TEST_DATABASE_URL": url(database.BUSINESS, database.BUSINESS),
        "GPO_TEST_ADMIN_URL": cluster.url(SUPERUSER, secrets.postgres, "postgres"),
    }


def _own(env: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in env.items() if os.environ.get(key) != value}
