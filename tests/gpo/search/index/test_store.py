"""Several processes on one index, killed ones and full disks among them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ckanext.gpo.search.engine import Engine, fingerprint
from ckanext.gpo.search.errors import EngineError
from ckanext.gpo.search.index.pending import Entry
from ckanext.gpo.search.index.store import Index

WRITER = """
import sys
from pathlib import Path
from ckanext.gpo.search.engine import Engine

path, name, count, commit = sys.argv[1:]
engine = Engine(Path(path))
for number in range(int(count)):
    shared = {"index_id": "shared", "name": "shared", f"by_{name}": str(number)}
    own = {"index_id": f"{name}-{number}", "name": f"{name}-{number}", "title": "食品许可"}
    engine.add([own, shared], commit=commit == "commit")
    print(number, flush=True)
"""

LIMITED = """
import resource, sys
from pathlib import Path
from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.errors import EngineError

engine = Engine(Path(sys.argv[1]))
number, limit = int(sys.argv[2]), int(sys.argv[3])
for n in range(number):
    waits = {"index_id": f"waits-{n}", "name": f"waits-{n}", "url": f"{n}" * 30_000}
    engine.add([waits], commit=False)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    engine.commit()
except EngineError as error:
    print("refused:", error)
print("found", engine.search("*:*", {})["response"]["numFound"])
"""


def writer(path: Path, name: str, count: int, commit: str = "commit"):
    command = [sys.executable, "-c", WRITER, str(path), name, str(count), commit]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=60)
    assert process.returncode == 0


def names(engine: Engine) -> set[str]:
    answer = engine.search("*:*", {"rows": 2000, "fl": "name"})
    return {doc["name"] for doc in answer["response"]["docs"]}


def test_processes_write_at_once_and_nothing_is_lost(engine, tmp_path):
    processes = [writer(tmp_path, f"p{i}", 8) for i in range(4)]
    for process in processes:
        finish(process)

    expected = {f"p{i}-{number}" for i in range(4) for number in range(8)}
    assert names(engine) == {*expected, "shared"}
    assert engine.index.pending.files() == []


def test_a_reader_sees_the_commit_of_another_process_at_once(engine, tmp_path):
    assert names(engine) == set()
    finish(writer(tmp_path, "p", 1))
    assert names(engine) == {"p-0", "shared"}
    finish(writer(tmp_path, "q", 1))
    assert names(engine) == {"p-0", "q-0", "shared"}


def test_what_one_process_puts_off_another_commits(engine, tmp_path):
    finish(writer(tmp_path, "p", 3, "later"))
    assert names(engine) == set()
    engine.commit()
    assert names(engine) == {"p-0", "p-1", "p-2", "shared"}


@pytest.mark.parametrize("commits", [1, 2, 5])
def test_a_killed_writer_leaves_a_readable_index_and_loses_nothing(
    engine, tmp_path, commits
):
    process = writer(tmp_path, "p", 1000)
    assert process.stdout
    for _ in range(commits):
        process.stdout.readline()
    process.kill()  # in the next round by now
    process.wait(timeout=60)

    assert {f"p-{number}" for number in range(commits)} <= names(engine)
    # What it had asked for is carried out by whoever commits next.
    engine.add([{"index_id": "next", "name": "next"}], commit=True)
    assert "next" in names(engine)
    assert engine.index.pending.files() == []


@pytest.mark.parametrize(
    ("number", "limit"),
    [(1, 0), (400, 1_000_000)],
    ids=["at the commit", "in the middle of a batch"],
)
def test_a_full_disk_is_an_error_and_the_site_still_reads(
    engine, tmp_path, number, limit
):
    engine.add([{"index_id": "there", "name": "there"}], commit=True)
    answer = limited(LIMITED, tmp_path, number, limit)
    assert "refused: Cannot write the search index" in answer
    assert "Free some space" in answer
    assert "found 1" in answer

    engine.commit()
    assert names(engine) == {"there", *(f"waits-{n}" for n in range(number))}


def limited(program: str, *words: object) -> str:
    command = [sys.executable, "-c", program, *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


KEPT = """
import resource, sys
from pathlib import Path
from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.errors import DiskError

engine = Engine(Path(sys.argv[1]))
names = lambda: sorted(d["name"] for d in engine.search("*:*", {"fl": "name"})["response"]["docs"])
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
engine.add([{"index_id": "small", "name": "small"}], commit=True)
print("found", names())
try:
    engine.add([{"index_id": "large", "name": "large", "url": "x" * 3000}], commit=True)
except DiskError as error:
    print("refused:", error)
try:
    with engine.build() as add:
        add({"index_id": "new", "name": "new", "url": "x" * 3000})
except DiskError as error:
    print("not built:", error)
print("found", names())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
engine.index._retry_at = 0
print("found", names())
"""


def test_what_is_kept_on_a_full_disk_is_found_by_itself_once_there_is_space(
    engine, tmp_path
):
    """A commit takes more space than the change that waits for it."""
    engine.add([{"index_id": "there", "name": "there"}], commit=True)
    before, refused, not_built, still, then = limited(KEPT, tmp_path).splitlines()
    assert before == still == "found ['there']"
    assert refused.startswith("refused: Cannot write the search index")
    assert not_built.startswith("not built: Cannot write the search index")
    assert then == "found ['small', 'there']"
    assert names(engine) == {"there", "small"}
    assert not list(engine.folder.rglob("*.tmp"))


@pytest.fixture
def commits(monkeypatch):
    """The numbers of operations in each commit, as they are made."""
    found: list[int] = []
    commit = Index._commit

    def counted(self: Index, entries: list[Entry]) -> None:
        found.append(len(entries))
        commit(self, entries)

    monkeypatch.setattr(Index, "_commit", counted)
    return found


def test_who_waits_sees_a_change_at_once(engine, commits):
    for number in range(3):
        put(engine, number)
        assert commits == [1] * (number + 1)
        assert len(names(engine)) == number + 1
    assert commits == [1, 1, 1]


def test_many_changes_that_nobody_waits_for_are_one_commit(
    engine, commits, monkeypatch
):
    monkeypatch.setattr("ckanext.gpo.search.index.store.INTERVAL", 1e9)
    for number in range(1200):
        put(engine, number, wait=False)
    assert commits == [500, 500]
    assert len(names(engine)) == 1200
    assert commits == [500, 500, 200]
    assert len(names(engine)) == 1200
    assert commits == [500, 500, 200]


def test_changes_that_nobody_looks_for_are_carried_out_after_a_while(
    engine, commits, monkeypatch
):
    monkeypatch.setattr("ckanext.gpo.search.index.store.INTERVAL", 1e9)
    put(engine, 1, wait=False)
    put(engine, 2, wait=False)
    assert commits == []
    monkeypatch.setattr("ckanext.gpo.search.index.store.INTERVAL", 0)
    put(engine, 3, wait=False)
    assert commits == [3]


def test_who_waits_takes_along_what_others_wait_for(engine, commits, monkeypatch):
    monkeypatch.setattr("ckanext.gpo.search.index.store.INTERVAL", 1e9)
    for number in range(5):
        put(engine, number, wait=False)
    put(engine, 5)
    assert commits == [6]


def test_a_search_does_not_wait_for_who_is_writing(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("ckanext.gpo.search.index.store.INTERVAL", 1e9)
    put(engine, 1, wait=False)
    with Engine(tmp_path).index.generations.writing():
        assert names(engine) == set()
    assert names(engine) == {"n1"}


def put(engine: Engine, number: int, *, wait: bool = True) -> None:
    document = {"index_id": str(number), "name": f"n{number}"}
    engine.add([document], commit=True, wait=wait)


def test_the_same_key_replaces_a_document(engine):
    for title in ("旧", "新"):
        engine.add([{"index_id": "1", "name": "a", "title": title}], commit=True)
    assert engine.search("title:旧", {})["response"]["numFound"] == 0
    assert engine.search("title:新", {})["response"]["numFound"] == 1


def test_order_of_adding_and_deleting_is_kept_within_one_commit(engine):
    engine.add([{"index_id": "1", "name": "a"}], commit=False)
    engine.delete("name:a", commit=False)
    engine.add([{"index_id": "2", "name": "a"}], commit=False)
    engine.commit()
    answer = engine.search("name:a", {"fl": "index_id"})
    assert answer["response"]["docs"] == [{"index_id": "2"}]


def test_delete_by_query(engine):
    engine.add(
        [
            {"index_id": str(i), "name": f"n{i}", "harvest_source_id": f"s{i % 2}"}
            for i in range(4)
        ],
        commit=True,
    )
    engine.delete('+harvest_source_id:"s0" +name:n2', commit=True)
    assert names(engine) == {"n0", "n1", "n3"}
    for unreadable in ("name:(", "name:/[/", "views_total:x"):
        with pytest.raises(EngineError):
            engine.delete(unreadable, commit=True)
    engine.delete("*:*", commit=True)
    assert names(engine) == set()


def test_an_operation_that_cannot_be_read_does_not_stop_the_others(engine):
    engine.add([{"index_id": "1", "name": "a"}], commit=False)
    (file,) = engine.index.pending.files()
    (file.parent / "00-broken.json").write_text("{")
    (file.parent / "01-unknown.json").write_text('{"rename": 1}')
    engine.commit()
    assert names(engine) == {"a"}
    assert engine.index.pending.files() == []
    assert len(list(file.parent.glob("*.failed"))) == 2


@pytest.mark.parametrize(
    "values", [{"views_total": 10**30}, {"title": "\ud800"}, {"extra": "x" * 40_000}]
)
def test_a_value_that_is_beyond_the_engine_does_not_stop_the_others(engine, values):
    with contextlib.suppress(EngineError):  # refused at once or set aside later
        engine.add([{"index_id": "1", "name": "a", **values}], commit=True)
    engine.add([{"index_id": "2", "name": "b"}], commit=True)
    assert "b" in names(engine)
    assert engine.index.pending.files() == []


def test_a_batch_that_is_put_off_is_committed_in_portions(engine, monkeypatch):
    monkeypatch.setattr("ckanext.gpo.search.index.store.COMMIT_SIZE", 3)
    for number in range(4):
        engine.add([{"index_id": str(number), "name": f"n{number}"}], commit=False)
    assert names(engine) == {"n0", "n1", "n2"}
    engine.commit()
    assert len(names(engine)) == 4


def test_a_folder_that_is_gone_is_opened_anew(engine):
    engine.add([{"index_id": "1", "name": "a"}], commit=True)
    shutil.rmtree(engine.folder)
    with pytest.raises(EngineError, match="Failed to connect to server"):
        names(engine)
    assert names(engine) == set()


def test_another_schema_is_another_folder():
    assert fingerprint("one schema") == fingerprint("one schema")
    assert fingerprint("one schema") != fingerprint("another schema")


def test_what_a_killed_process_was_writing_is_swept_unless_somebody_writes(
    engine: Engine,
):
    folder = engine.index.pending.folder
    orphan = folder / "00000000000000000001-1.due.tmp"
    orphan.write_text("[", "utf-8")
    writing = os.open(folder, os.O_RDONLY)
    fcntl.flock(writing, fcntl.LOCK_SH)

    engine.commit()
    assert orphan.exists()
    os.close(writing)
    engine.commit()

    assert not orphan.exists()
