"""What happens inside the processes of the site: each is forked from one that is loaded.

Loaded as the `ckan` command loads itself, once; a worker, a web request or a command is
then a process of its own in a fraction of a second, with its own connections, and can be
killed like any other.
"""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb
import rq
import sqlalchemy as sa
from rq.scheduler import RQScheduler

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib.files import FileData, Location, get_storage
from ckan.lib.jobs import get_queue

from ckanext.datastore.backend import postgres as backend
from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common import duck, worker
from ckanext.gpo.common.ledger import chain
from ckanext.gpo.common.tables import Table, table
from ckanext.gpo.quality import engine, jobs
from ckanext.gpo.quality.cli import QUEUES
from ckanext.gpo.quality.engine import folders, limits
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage
from ckanext.gpo.quality.workflow import VERSION, State

ROOT = Path(__file__).parents[2]
APP = make_app(load_config(str(ROOT / "config" / "test.ini")))

# Nobody waits here.
jobs.RETRY_AFTER[:] = [0]
limits._AGAIN = 1
worker.SWEEP_SECONDS = 1


class _Worker(worker.Worker):
    """The site's worker, without what it waits a second for."""

    def unsubscribe(self) -> None:
        pass  # waits for a thread that ends with the process


class _WorkerWithoutClock(_Worker):
    """Takes only the jobs, in their order: what was cut off waits for `resume`."""

    def run_maintenance_tasks(self) -> None:
        rq.Worker.run_maintenance_tasks(self)


def _work() -> None:
    _WorkerWithoutClock(QUEUES).work(burst=True, logging_level="CRITICAL")


def _close() -> None:
    # What is forked must not share connections.
    model.Session.remove()
    model.meta.engine.dispose()
    for name in ("write", "read"):
        url = tk.config[f"ckan.datastore.{name}_url"]
        backend._get_engine_from_url(url).dispose()


_close()


def run(answer: Connection, function: Callable[..., Any], *args: Any) -> None:
    """Do something on the site as a request does, and answer with what it returns."""
    with APP.test_request_context():
        try:
            answer.send((function(*args), None))
        except Exception as err:  # noqa: BLE001 - the test is told
            answer.send((None, repr(err)))
        model.Session.remove()


# Who dies where


def stop_at(seam: str, marker: Connection) -> None:
    """Stop this process and those forked from it at a seam of the product.

    :param seam: `before module.function` or `after module.function`
    :param marker: is told the id of the process that stands at the seam; the first
        process to come there stands until something is sent back
    """
    when, path = seam.split()
    owner, name = path.rsplit(".", 1)
    module = import_module(owner if owner.startswith("ckan") else f"{_GATE}.{owner}")
    function = getattr(module, name)

    def stand() -> None:
        marker.send(os.getpid())
        marker.recv()

    @wraps(function)
    def stopping(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            stand()
        result = function(*args, **kwargs)
        if when == "after":
            stand()
        return result

    setattr(module, name, stopping)


_GATE = "ckanext.gpo.quality"


def work(seam: str | None, marker: Connection) -> None:
    """Be a worker until nothing is left to do; stop at the seam."""
    if seam:
        stop_at(seam, marker)
    _work()


def work_on() -> None:
    """Be a worker that goes on until it is told to stop."""
    _Worker(QUEUES).work(with_scheduler=True, logging_level="CRITICAL")


def submit_for_later(ref: str, count: int) -> str:
    """Hand in a table whose job RQ's scheduler alone will queue."""

    def schedule(version_id: str) -> None:
        get_queue(jobs.QUEUE).enqueue_in(timedelta(), jobs.check_version, version_id)

    jobs.enqueue = schedule
    return submit(ref, count, {})


def work_sabotaged(options: dict[str, Any], ref: str, kind: str) -> None:
    """Be a worker for which the checks of one table go wrong in some way."""
    tk.config.update(options)
    check, sabotage = engine.check, SABOTAGE[kind]

    def sabotaged(path: Path, of: Table, *args: Any, **kwargs: Any) -> Any:
        if of.ref == ref:
            sabotage()
        return check(path, of, *args, **kwargs)

    engine.check = sabotaged
    _work()


def _wait_for_ever() -> None:
    while True:
        signal.pause()


def _compute_for_ever() -> None:
    with duck.connect(Path(tempfile.gettempdir())) as db:
        db.execute("SELECT sum(sqrt(x)) FROM range(100000000000000) t(x)").fetchall()


def _swallow_the_alarm() -> None:
    with suppress(Exception):
        _compute_for_ever()
    _wait_for_ever()


def _fill_memory() -> None:
    filled = []
    while True:
        filled.append(bytearray(1 << 24))


def _fill_duckdb() -> None:
    with duckdb.connect() as db:
        db.execute("SET memory_limit = '100GB'")
        db.execute("SELECT list(x) FROM range(10000000000) t(x)").fetchall()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


SABOTAGE = {
    "waits": _wait_for_ever,
    "computes": _compute_for_ever,
    "swallows": _swallow_the_alarm,
    "memory": _fill_memory,
    "duckdb": _fill_duckdb,
    "dies": _die,
}


def act(
    seam: str, marker: Connection, function: Callable[..., Any], *args: Any
) -> None:
    """Be a web process that stops at the seam."""
    stop_at(seam, marker)
    with APP.test_request_context():
        function(*args)


# What people and commands do


def set_up(refs: list[str]) -> None:
    domains = {ref.partition("/")[0] for ref in refs}
    for department in reference.departments():
        seed.ensure_department(department)
    for domain in reference.domains():
        if domain["name"] in domains:
            seed.ensure_domain(domain)
    for ref in refs:
        _call("gpo_catalogue_dataset_ensure", table_ref=ref)


def submit(ref: str, count: int, options: dict[str, Any]) -> str:
    """Hand in a table of so many rows; returns the id of the version."""
    tk.config.update(options)
    of = table(ref)
    good = {f["name"]: str(f.get("example", "")) for f in of.fields}
    text = io.StringIO()
    writer = csv.DictWriter(text, [f["name"] for f in of.fields])
    writer.writeheader()
    for number in range(count):
        unique = {name: _nth(good[name], number) for name in of.primary_key}
        writer.writerow(good | unique)
    upload = io.BytesIO(text.getvalue().encode())
    version = _call(
        "gpo_quality_version_submit",
        dataset=of.dataset_name,
        upload=upload,
        source="upload",
        origin={},
    )
    assert not version["unchanged"]
    return version["id"]


def submit_all(tables: list[tuple[str, int]]) -> list[str]:
    return [submit(ref, count, {}) for ref, count in tables]


def _nth(example: str, number: int) -> str:
    """A key as the example, another one for every number; words stay."""
    if re.fullmatch(r"\d{4}", example):
        return str(1950 + number)
    if re.fullmatch(r"\d{4}-\d\d", example):
        return f"{1950 + number // 12}-{number % 12 + 1:02}"
    return re.sub(r"\d{4}$", f"{number:04}", example)


def withdraw(ref: str) -> None:
    version = Version.get_published_for_table(ref)
    assert version
    _call("gpo_quality_version_withdraw", id=version.id, reason="probe")


def resume() -> int:
    return jobs.resume_all()


def forget_jobs() -> None:
    get_queue(jobs.QUEUE).empty()


def expire_scheduler_locks() -> None:
    """What time does within a minute to those of a scheduler that has died."""
    queue = get_queue(jobs.QUEUE)
    for name in (queue.name, get_queue().name):
        queue.connection.delete(RQScheduler.get_locking_key(name))


def states(*ids: str) -> list[str]:
    found = {version.id: version for version in Version.list_by_ids(ids)}
    return [found[id_].state for id_ in ids]


def rules(id_: str) -> list[str]:
    version = Version.get(id_)
    assert version
    return [count["rule"] for count in (version.report or {}).get("counts", [])]


def steps(id_: str) -> list[tuple[str, str]]:
    version = Version.get(id_)
    assert version
    return [(event.what, event.reason) for event in version.events]


def public(ref: str) -> dict[str, Any]:
    """What a reader without an account gets of a dataset."""
    context = {"user": "", "ignore_auth": False}
    try:
        dataset = tk.get_action("package_show")(
            context, {"id": table(ref).dataset_name}
        )
        resource = dataset["resources"][0]
        rows = tk.get_action("datastore_search")(
            {"user": "", "ignore_auth": False},
            {"resource_id": resource["id"], "limit": 0},
        )["total"]
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return {}
    return {"told": resource["row_count"], "rows": rows}


# What must be true of the site whenever nothing is left to do


def violations(handed_in: list[str]) -> list[str]:
    """Everything that is wrong, in words; empty if nothing is."""
    found = list(_lost(handed_in))
    versions = list(model.Session.scalars(sa.select(Version)))
    tables = _tables()
    for version in versions:
        if not State(version.state).ended and not version.waiting_for:
            found.append(f"{version.id} is {version.state} for ever")
        if version.id in tables:
            found.append(f"{version.id} ({version.state}) is staged still")
        found += _illegal_path(version)
        found += _wrong_files(version)
    for package_id in {version.package_id for version in versions}:
        found += _wrong_publication(package_id, versions, tables)
    with model.meta.engine.connect() as connection:
        if broken := chain.verify(connection).first_break:
            found.append(f"the ledger is broken: {broken}")
    left = Path(tempfile.gettempdir()).glob(f"{folders._PREFIX}*")
    return found + [f"left in the temporary folder: {path.name}" for path in left]


def _lost(handed_in: list[str]) -> list[str]:
    there = [version.id for version in Version.list_by_ids(handed_in)]
    return [f"{id_} is lost" for id_ in set(handed_in) - set(there)]


def _illegal_path(version: Version) -> list[str]:
    events = version.events
    state: str | None = None
    for event in events:
        if event.from_state != state:
            return [f"{version.id}: a gap in {[e.what for e in events]}"]
        if event.what not in VERSION.following(state or ""):
            return [f"{version.id}: from {state} to {event.what}"]
        state = event.what
    twice = Counter(event.what for event in events if event.what != "checking")
    del twice["received"]
    doubled = [name for name, count in twice.items() if count > 1]
    if state != version.state or doubled:
        return [f"{version.id} is {version.state}, events {steps(version.id)}"]
    return []


def _wrong_files(version: Version) -> list[str]:
    folder = Path(tk.config["ckan.storage_path"], "versions", version.id)
    kept = get_storage(storage.STORAGE)
    expected, optional = {"candidate"}, set()
    found = []
    for file in (version.files or {}).values():
        name, *texts = (
            Path(place).name for place in storage.with_texts(file["location"])
        )
        expected.add(name)
        if version.state != State.SUPERSEDED.value:
            # without them words are found more slowly, and that is all
            optional.update(texts)
        data = FileData(Location(file["location"]))
        size = kept.analyze(data.location).size
        if size != file["size"]:
            found.append(f"{file['location']} has {size} bytes, told {file['size']}")
    there = {path.name for path in folder.iterdir()}
    if there - optional != expected:
        found.append(f"{version.id} ({version.state}) has the files {sorted(there)}")
    return found


def _wrong_publication(
    package_id: str, versions: list[Version], tables: set[str]
) -> list[str]:
    package = model.Package.get(package_id)
    assert package
    of = [v for v in versions if v.package_id == package_id]
    published = [v for v in of if v.state == State.PUBLISHED.value]
    resource = package.resources[0]
    told = tk.get_action("package_show")({"ignore_auth": True}, {"id": package_id})
    found = []
    if bool(published) == package.private:
        found.append(f"{package.name}: private is {package.private}")
    indexed = tk.get_action("package_search")(
        {"ignore_auth": True},
        {"fq": f"name:{package.name}", "include_private": True},
    )["results"]
    if [_told(dataset) for dataset in indexed] != [_told(told)]:
        found.append(f"{package.name}: the index is behind")
    if not published:
        if resource.id in tables:
            found.append(f"{package.name}: rows of nothing published")
        return found
    if len(published) > 1:
        return [f"{package.name}: {len(published)} versions are published"]
    [version] = published
    newest = max((v for v in of if v.published), key=lambda v: v.number)
    if newest is not version:
        found.append(f"{package.name}: {version.number} is not the newest")
    rows = _rows(resource.id) if resource.id in tables else -1
    numbers = {rows, version.row_count, told["resources"][0]["row_count"]}
    if len(numbers) > 1:
        found.append(
            f"{package.name}: rows {rows}, {version.row_count}, told {numbers}"
        )
    csv_file = (version.files or {})["csv"]
    if told["resources"][0]["hash"] != csv_file["sha256"]:
        found.append(f"{package.name}: the hash is another version's")
    content = get_storage(storage.STORAGE).content(
        FileData(Location(csv_file["location"]))
    )
    if len(list(csv.reader(io.StringIO(content.decode())))) != rows + 1:
        found.append(f"{package.name}: the file has other rows")
    return found


def _told(dataset: dict[str, Any]) -> dict[str, Any]:
    [resource] = dataset["resources"]
    names = ("row_count", "hash", "downloads", "url", "last_modified")
    return {"private": dataset["private"]} | {n: resource.get(n) for n in names}


def _tables() -> set[str]:
    with backend.get_read_engine().connect() as connection:
        return set(sa.inspect(connection).get_table_names())


def _rows(name: str) -> int:
    with backend.get_read_engine().connect() as connection:
        return connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"'))


def _call(action: str, **params: Any) -> Any:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"user": user, "ignore_auth": True}, params)
