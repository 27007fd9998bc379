"""Places: as many as there are, given back with the process that holds them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ckanext.gpo.dataapi.limits import places
from ckanext.gpo.dataapi.limits.places import Place, take

HOLD = """
import sys
from pathlib import Path
from ckanext.gpo.dataapi.limits.places import take
place = take(Path(sys.argv[1]), 1)
print(place is not None, flush=True)
sys.stdin.read()
"""

Take = Callable[..., Place | None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "places"


def test_there_are_so_many_and_no_more(path: Path):
    taken = [take(path, 3) for _ in range(4)]

    assert [place is not None for place in taken] == [True, True, True, False]
    taken[1].release()
    assert take(path, 3)


def test_one_client_leaves_some_to_others(path: Path):
    taken = [take(path, 4, "first", 2) for _ in range(3)]
    other = take(path, 4, "second", 2)

    assert [place is not None for place in taken] == [True, True, False]
    assert other
    taken[0].release()
    assert take(path, 4, "first", 2)


def test_who_is_refused_keeps_nothing(path: Path):
    first = take(path, 1, "first", 1)
    assert take(path, 1, "second", 1) is None

    first.release()
    assert take(path, 1, "second", 1)


def test_one_without_a_bound_of_its_own_may_have_all(path: Path):
    taken = [take(path, 3, "", 1) for _ in range(3)]

    assert all(taken)


def test_places_of_clients_are_far_from_each_other_and_from_those_of_all():
    starts = [places._start(f"address 203.0.113.{n}") for n in range(200)]

    assert len(set(starts)) == 200
    assert min(starts) >= places._CLIENT
    assert max(starts) + places._CLIENT < 1 << 63
    assert not {start % places._CLIENT for start in starts} - {0}


def test_a_process_that_is_killed_gives_its_place_back(path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "True\n"
        assert take(path, 1) is None
        holder.kill()
        holder.wait()

        assert take(path, 1)
