"""What writes to the search index of the site: each of these is a process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import wraps
from itertools import count
from multiprocessing.connection import Connection
from pkgutil import resolve_name
from typing import Any

from inside import APP, _call

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.quality.publication import record
from ckanext.gpo.search.adapter import patch
from ckanext.gpo.search.upkeep import audit, progress, rebuilding

SERVED = {"REMOTE_ADDR": "127.0.0.1"}
"""Somebody waits for the answer, so that every change is a commit."""


def write(
    marker: Connection, ids: list[str], start: int, served: bool, seam: str | None
) -> None:
    """Change datasets in turn, for ever; tell of every change once it is acknowledged."""
    stand_at(seam, marker)
    with APP.test_request_context(environ_base=SERVED if served else {}):
        for number in count(start):
            dataset = ids[number % len(ids)]
            _call("package_patch", id=dataset, notes=str(number))
            model.Session.remove()
            marker.send((dataset, number))


def build(marker: Connection, seam: str | None) -> None:
    """Build the index anew, again and again, as the command does."""
    stand_at(seam, marker)
    while True:
        failures = rebuilding.rebuild(progress.silent_progress(), force=False)
        marker.send(("built", len(failures)))


def stand_at(seam: str | None, marker: Connection) -> None:
    """Stop at `before package.module:Class.method`, or after it, until told to go on."""
    if seam is None:
        return
    when, path = seam.split()
    owner, name = path.rsplit(".", 1)
    of = resolve_name(f"ckanext.gpo.search.{owner}")
    method: Callable[..., Any] = getattr(of, name)

    def stand() -> None:
        marker.send(("stands", os.getpid()))
        marker.recv()

    @wraps(method)
    def stopping(*args: Any, **options: Any) -> Any:
        if when == "before":
            stand()
        result = method(*args, **options)
        if when == "after":
            stand()
        return result

    setattr(of, name, stopping)


def ids() -> list[str]:
    return sorted(rebuilding.dataset_ids())


def notes() -> tuple[dict[str, Any], dict[str, Any]]:
    """What the database and the index say of every dataset, compared without our help."""
    packages = model.Session.query(model.Package).filter_by(state="active")
    found = patch.embedded().search("*:*", rows=10_000, fl="id validated_data_dict")
    told = {
        document["id"]: json.loads(document["validated_data_dict"])["notes"]
        for document in found
    }
    return {package.id: package.notes for package in packages}, told


def differences() -> dict[str, set[str]]:
    return vars(audit.compare())


def mend() -> None:
    assert not audit.mend(audit.compare(), progress.silent_progress())


def left() -> list[str]:
    """What lies in the folder of the index and belongs to no index that serves."""
    engine = patch.embedded().engine
    engine.commit()
    names = [path.name for path in engine.folder.iterdir()]
    indexes = [name for name in names if name.startswith("index-")]
    waiting = [path.name for path in engine.index.pending.folder.iterdir()]
    return waiting + indexes[1:] + [name for name in names if name == "later"]


def change_without_index(marker: Connection, dataset: str, notes: str) -> None:
    """Commit a change to the database, and stand where it is not in the index yet."""
    stand_at("before index.pending:Pending.put", marker)
    with APP.test_request_context():
        user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
        record.write(dataset, {"notes": notes}, user)
