"""A whole rebuild: beside the index that serves, in one step into its place."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.errors import BusyError, DocumentError
from ckanext.gpo.search.query.request import read_request

from ..conftest import document

BUILDER = """
import sys
from pathlib import Path
from ckanext.gpo.search.engine import Engine

with Engine(Path(sys.argv[1])).build() as add:
    add({"index_id": "new", "name": "new"})
    print("under way", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def builder(engine: Engine, tmp_path: Path):
    """Another process that builds the index anew, and waits in the middle."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "under way\n"
    yield process
    process.kill()
    process.communicate(timeout=60)


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=60)
    assert process.returncode == 0


def put(engine: Engine, *names: str, **fields: str) -> None:
    documents = [{"index_id": name, "name": name, **fields} for name in names]
    engine.add(documents, commit=True)


def names(engine: Engine, q: str = "*:*") -> set[str]:
    answer = engine.search(q, {"rows": 1000, "fl": "name"})
    return {doc["name"] for doc in answer["response"]["docs"]}


def folders(engine: Engine) -> set[str]:
    """Indexes, and what is kept for one that is built."""
    links = (engine.folder.glob("index-*"), engine.folder.glob("later"))
    return {path.name for paths in links for path in paths}


def test_the_new_index_takes_the_place_of_the_old_one(engine):
    put(engine, "old")
    before = folders(engine)
    with engine.build() as add:
        add({"index_id": "new", "name": "new", "title": "食品许可"})
        assert names(engine) == {"old"}
    assert names(engine) == {"new"}
    assert names(engine, "title:许可") == {"new"}
    assert len(folders(engine)) == 1
    assert not folders(engine) & before


def test_other_processes_go_over_to_the_new_index_by_themselves(engine, builder):
    put(engine, "old")
    assert names(engine) == {"old"}
    finish(builder)
    assert names(engine) == {"new", "old"}


def test_what_is_written_while_it_is_built_is_in_the_new_index_too(
    engine, builder, tmp_path
):
    put(engine, "kept", "changed", "gone")
    put(engine, "changed", title="食品")
    engine.delete("name:gone", commit=True)
    other = Engine(tmp_path)
    other.add([{"index_id": "waits", "name": "waits"}], commit=False)
    finish(builder)
    assert names(engine) == {"new", "kept", "changed", "waits"}
    assert names(engine, "title:食品") == {"changed"}
    assert engine.index.pending.files() == []


def test_a_killed_rebuild_leaves_the_old_index_and_nothing_else(engine, builder):
    put(engine, "old")
    before = folders(engine) - {"later"}
    builder.send_signal(signal.SIGKILL)
    builder.wait(timeout=60)

    assert names(engine) == {"old"}
    put(engine, "next")
    assert names(engine) == {"old", "next"}
    assert len(folders(engine)) == 1
    assert folders(engine) < before


def test_a_second_rebuild_has_to_wait(engine, builder):
    with pytest.raises(BusyError), engine.build():
        pass
    put(engine, "old")
    finish(builder)
    assert names(engine) == {"new", "old"}
    with engine.build() as add:
        add({"index_id": "third", "name": "third"})
    assert names(engine) == {"third"}


def test_an_error_while_it_is_built_changes_nothing(engine):
    put(engine, "old")
    with pytest.raises(DocumentError), engine.build() as add:
        add({"index_id": "new", "name": "new", "views_total": "many"})
    assert names(engine) == {"old"}
    assert len(folders(engine)) == 1


def test_a_search_under_way_can_still_read_the_old_index(engine):
    old = [document(n, {"name": f"old-{n}", "title": "食品许可"}) for n in range(50)]
    engine.add(old, commit=True)
    under_way = engine._search()
    with engine.build() as add:
        add(document(1, {"name": "new"}))

    asked = {"rows": 50, "facet": "true", "facet.field": "state", "sort": "name asc"}
    answer = under_way.answer(read_request("title:许可", asked))
    assert len(answer["response"]["docs"]) == 50
    assert answer["facet_counts"]["facet_fields"]["state"] == ["active", 50]
    assert names(engine) == {"new"}


def test_nobody_has_filled_a_new_index_until_it_is_built_or_declared(engine, tmp_path):
    assert engine.index.unfilled
    put(engine, "first")
    assert Engine(tmp_path).index.unfilled
    with engine.build():
        pass
    assert not Engine(tmp_path).index.unfilled

    other = Engine(tmp_path / "other")
    other.index.declare_filled()
    assert not Engine(tmp_path / "other").index.unfilled
