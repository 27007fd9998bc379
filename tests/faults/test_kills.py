"""`kill -9` at every state and seam: nothing half-published, nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import signal
from contextlib import suppress

import pytest

from tests.effort import times

from .conftest import PATIENCE, REFS, Plant, children, gone

REF = REFS[0]

BEFORE_THE_COMMIT = [
    "before jobs.check_version",
    "before jobs._may_begin",
    "before jobs._decide",
    "after publication.storage.fetch",
    "after ckanext.gpo.intake.read",
    "after engine.check",
    "after publication.files.build",
    "after publication.storage.save",
    "after publication.storage.save_files",
    "after publication.datastore._copy",
    "after publication.datastore.stage",
    "before publication.publishing.publish",
    "before publication.publishing._take_its_place",
    "before publication.record.write",
]
"""Where the version before is the public one."""

AFTER_THE_COMMIT = [
    "before ckan.lib.search.rebuild",
    "after ckan.lib.search.rebuild",
    "before publication.datastore.swap",
]
"""Where the new one is told of, and the rows before are still the ones to be read."""

AFTER_THE_SWAP = ["after publication.datastore.swap", "before jobs._wake"]

SEAMS = BEFORE_THE_COMMIT + AFTER_THE_COMMIT + AFTER_THE_SWAP


@pytest.fixture(scope="module")
def published(plant: Plant) -> Plant:
    """The site with a published version of every table."""
    versions = plant.submit_all(REFS)
    plant.work()
    assert set(plant.ask(plant.inside.states, *versions)) == {"published"}
    plant.assert_sound()
    return plant


def _public_at(seam: str, new: int) -> dict[str, int]:
    """The numbers of rows; every version has one row more than the one before."""
    told = new - 1 if seam in BEFORE_THE_COMMIT else new
    rows = new if seam in AFTER_THE_SWAP else new - 1
    return {"told": told, "rows": rows}


@pytest.mark.parametrize("start", range(0, len(SEAMS), len(REFS)))
def test_worker_killed_at_a_seam(published: Plant, start: int):
    """One seam for each dataset, then one restart for all that was cut off."""
    plant = published
    seams = dict(zip(REFS, SEAMS[start:], strict=False))
    handed_in = plant.submit_all(list(seams))
    for ref, seam in seams.items():
        plant.worker_at(seam).kill()  # it takes the jobs in their order
        public = plant.ask(plant.inside.public, ref)
        assert public == _public_at(seam, plant.counts[ref]), seam

    plant.restart()

    plant.assert_sound()
    states = plant.ask(plant.inside.states, *handed_in)
    assert states == ["published"] * len(handed_in)


@pytest.mark.parametrize(
    "seam",
    ["before publication.record.write", "before ckan.lib.search.rebuild"]
    + ["before publication.withdrawal._drop_rows", "after publication.datastore.drop"],
)
def test_web_process_killed_while_it_withdraws(published: Plant, seam: str):
    plant = published
    version = plant.submit(REF)
    plant.work()
    plant.request_at(seam, plant.inside.withdraw, REF).kill()

    plant.restart()

    plant.assert_sound()
    expected = "published" if seam == "before publication.record.write" else "withdrawn"
    assert plant.ask(plant.inside.states, version) == [expected]


def test_killed_after_a_newer_version_came_first(published: Plant):
    """What is prepared for a version that is superseded at once goes."""
    plant = published
    older = plant.submit(REF)
    plant.ask(plant.inside.forget_jobs)
    newer = plant.submit(REF)
    plant.work()
    plant.ask(plant.inside.resume)
    plant.worker_at("before publication.datastore.drop").kill()

    plant.restart()

    plant.assert_sound()
    states = plant.ask(plant.inside.states, older, newer)
    assert states == ["superseded", "published"]


@pytest.mark.parametrize(
    "seam", ["before jobs._decide", "before publication.datastore.swap"]
)
def test_check_killed_and_its_worker_not(published: Plant, seam: str):
    """As the system does when memory runs out: nobody restarts anything."""
    plant = published
    version = plant.submit(REF)
    standing = plant.worker_at(seam)
    standing.kill_the_one_at_work()
    # The job runs again in the same worker, and comes to the seam again.
    standing.again().go_on()
    standing.ended()

    plant.assert_sound()
    assert plant.ask(plant.inside.states, version) == ["published"]


def test_worker_killed_and_its_check_not(published: Plant):
    """The orphan ends its check; the new worker waits for it and does nothing twice."""
    plant = published
    version = plant.submit(REF)
    standing = plant.worker_at("before publication.record.write")
    standing.kill_the_one_watching()
    plant.ask(plant.inside.resume)
    assert plant.ask(plant.inside.states, version) == ["checking"]
    second = plant.worker()
    standing.go_on()
    second.join(PATIENCE)
    assert second.exitcode == 0
    gone(standing.pid)

    plant.assert_sound()
    steps = plant.ask(plant.inside.steps, version)
    assert [state for state, _ in steps] == [
        "received",
        "checking",
        "passed",
        "published",
    ]


@pytest.mark.parametrize(
    "seam",
    ["before jobs._decide", "after publication.datastore._copy"]
    + ["before ckan.lib.search.rebuild", "before publication.datastore.swap"],
)
def test_database_killed_under_a_worker(published: Plant, seam: str):
    plant = published
    version = plant.submit(REF)
    standing = plant.worker_at(seam)
    plant.postgres.kill()
    standing.go_on()
    standing.ended()
    plant.postgres.start()

    plant.restart()

    plant.assert_sound()
    assert plant.ask(plant.inside.states, version) == ["published"]


def test_database_back_before_the_worker_has_noticed(published: Plant):
    """The lock of the one at work is gone with the database; still nothing comes twice."""
    plant = published
    version = plant.submit(REF)
    standing = plant.worker_at("after publication.datastore.stage")
    plant.postgres.kill()
    plant.postgres.start()
    plant.restart()
    standing.go_on()
    standing.ended()

    plant.restart()

    plant.assert_sound()
    assert plant.ask(plant.inside.states, version) == ["published"]


def test_commands_of_a_site_take_up_what_was_cut_off(published: Plant):
    """As bin/run, systemd and docker start a worker."""
    plant = published
    version = plant.submit(REF)
    plant.worker_at("after publication.datastore.stage").kill()

    plant.ckan("gpo-quality", "worker", "--burst")

    plant.assert_sound()
    assert plant.ask(plant.inside.states, version) == ["published"]


KILLS = times(4, nightly=10)


def test_kills_at_random_moments(published: Plant):
    """20 versions of 5 datasets; workers, checks, or both die whenever it comes."""
    plant, chance = published, random.Random(20261124)
    handed_in = plant.submit_all(REFS * 4)
    orphans: list[int] = []
    for _ in range(KILLS):
        plant.ask(plant.inside.resume)
        worker = plant.worker()
        assert worker.pid
        worker.join(chance.uniform(0.05, 1))
        checks = children(worker.pid) if worker.exitcode is None else []
        which = chance.choice(["worker", "check", "both"])
        if which != "worker":
            for pid in checks:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if which == "check":
            worker.join(chance.uniform(0.05, 0.5))
        orphans += children(worker.pid) if worker.exitcode is None else []
        worker.kill()
        worker.join()
    plant.restart()
    for pid in orphans:
        gone(pid)
    plant.restart()

    plant.assert_sound()
    for version, state in zip(
        handed_in, plant.ask(plant.inside.states, *handed_in), strict=True
    ):
        if state == "rejected":
            assert plant.ask(plant.inside.rules, version) == ["check-aborted"]
        else:
            assert state in ("published", "superseded")
