"""`kill -9` of all that writes to the search index: nothing acknowledged is lost."""

from __future__ import annotations

import random
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

from tests.effort import times

from .conftest import PATIENCE, REFS, Names, Plant

there = Names("search_inside")

SEAMS = [
    "before index.pending:Pending.put",
    "after index.pending:Pending.put",
    "before index.store:Index._commit",
    "before index.pending:Pending.finish",
    "after index.pending:Pending.finish",
]
"""Of one change."""

BUILD_SEAMS = [
    "after index.generations:Generations.new",
    "before index.building:Building.serve",
    "after index.building:Building._come_level",
    "before index.generations:Generations.serve",
    "after index.generations:Generations.serve",
    "after index.building:Building.serve",
]
KILLS = times(5, nightly=12)


class Storm:
    """Processes that write, and what they were told was done."""

    def __init__(self, plant: Plant) -> None:
        self.plant = plant
        self.ids: list[str] = plant.ask(there.ids)
        self.acknowledged: dict[str, int] = {}
        self.built = 0
        self._next = 1000
        self._running: dict[Connection, tuple[BaseProcess, tuple[Any, ...]]] = {}

    def writer(self, part: int, *, served: bool, seam: str | None = None) -> Connection:
        """A process that changes every fourth dataset."""
        self._next += 1000
        return self.start(there.write, self.ids[part::4], self._next, served, seam)

    def builder(self, seam: str | None = None) -> Connection:
        return self.start(there.build, seam)

    def start(self, *what: Any) -> Connection:
        process, tells = self.plant.start(*what)
        self._running[tells] = process, what
        return tells

    def next(self) -> list[Any]:
        """What is told next, by whomever."""
        ready = wait(list(self._running), PATIENCE)
        assert ready, "nobody writes"
        return [self._heard(tells) for tells in ready if isinstance(tells, Connection)]

    def _heard(self, tells: Connection) -> Any:
        try:
            what, number = tells.recv()
        except EOFError:
            process, _ = self._running[tells]
            process.join()
            pytest.fail(f"a process ended by itself with {process.exitcode}")
        self._note(what, number)
        return what

    def _note(self, what: str, number: int) -> None:
        if what == "built":
            self.built += 1
        elif what != "stands":
            self.acknowledged[what] = number

    def kill(self, tells: Connection) -> tuple[Any, ...]:
        """Kill a process; what it had told before counts. Returns what it was."""
        process, what = self._running.pop(tells)
        process.kill()
        process.join()
        with suppress(EOFError):
            while tells.poll():
                self._note(*tells.recv())
        return what

    def kill_and_start_anew(self, chance: random.Random) -> None:
        function, *rest = self.kill(chance.choice(list(self._running)))
        if function.__name__ == "write":
            self._next += 1000
            rest[1] = self._next
        self.start(function, *rest)

    def end(self) -> None:
        for tells in list(self._running):
            self.kill(tells)

    def assert_nothing_is_lost(self) -> None:
        database, index = self.plant.ask(there.notes)
        for dataset, number in self.acknowledged.items():
            assert int(database[dataset]) >= number
            assert int(index[dataset]) >= number

    def assert_told_and_mended(self, *, by_command: bool = False) -> None:
        """What differs is told, and nothing else, and is mended."""
        database, index = self.plant.ask(there.notes)
        differs = {key for key in database if database[key] != index.get(key)}
        if by_command:
            told = self.plant.ckan("gpo-search", "check", expected=bool(differs))
            assert all(f"stale {dataset}" in told for dataset in differs)
            assert f"0 missing, {len(differs)} stale, 0 extra" in told
            told = self.plant.ckan("gpo-search", "check", "--repair")
            assert "0 missing, 0 stale, 0 extra" in told
        else:
            told = self.plant.ask(there.differences)
            assert told == {"missing": set(), "stale": differs, "extra": set()}
            self.plant.ask(there.mend)
        database, index = self.plant.ask(there.notes)
        assert database == index
        assert self.plant.ask(there.left) == []


@pytest.fixture(scope="module")
def site(plant: Plant) -> Plant:
    plant.ask(plant.inside.set_up, REFS)
    plant.ckan("search-index", "rebuild")
    return plant


@pytest.fixture
def storm(site: Plant):
    found = Storm(site)
    yield found
    found.end()


def test_writers_killed_at_every_seam(storm: Storm):
    for number, seam in enumerate(SEAMS):
        standing = storm.writer(0, served=True, seam=seam)
        assert storm.next() == ["stands"]
        # A lock that a process holds goes with it.
        storm.kill(standing)
        other = storm.writer(1 + number % 3, served=number % 2 == 0)
        assert storm.next() != ["stands"]
        storm.kill(other)
    storm.assert_nothing_is_lost()
    storm.assert_told_and_mended()


@pytest.mark.parametrize("seam", BUILD_SEAMS)
def test_a_rebuild_killed_at_a_seam(storm: Storm, seam: str):
    before, _ = storm.plant.ask(there.notes)
    standing = storm.builder(seam)
    assert storm.next() == ["stands"]
    storm.kill(standing)

    database, index = storm.plant.ask(there.notes)
    assert database == index == before
    assert storm.plant.ask(there.left) == []


def test_a_change_while_a_rebuild_stands_is_in_the_new_index(storm: Storm):
    standing = storm.builder("before index.building:Building.serve")
    assert storm.next() == ["stands"]
    writers = [storm.writer(0, served=True), storm.writer(1, served=False)]
    while len(storm.acknowledged) < 2:
        storm.next()
    for writer in writers:
        storm.kill(writer)
    standing.send("go on")
    while not storm.built:
        storm.next()
    storm.end()
    storm.assert_nothing_is_lost()
    storm.assert_told_and_mended()


def test_kills_at_random_moments(storm: Storm):
    """Two web processes, a job worker and a rebuild; one of them dies again and again."""
    chance = random.Random(20261124)
    storm.writer(0, served=True)
    storm.writer(1, served=True)
    storm.writer(2, served=False)
    storm.builder()
    for _ in range(KILLS):
        for _ in range(chance.randint(1, 4)):
            storm.next()
        storm.kill_and_start_anew(chance)
    while not storm.built:
        storm.next()
    storm.end()

    storm.assert_nothing_is_lost()
    storm.assert_told_and_mended(by_command=True)


def test_killed_between_the_database_and_the_index(storm: Storm):
    dataset = storm.ids[0]
    standing = storm.start(there.change_without_index, dataset, "7")
    assert storm.next() == ["stands"]
    storm.kill(standing)
    assert storm.plant.ask(there.differences)["stale"] == {dataset}
    storm.assert_told_and_mended(by_command=True)
