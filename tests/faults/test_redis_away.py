"""Redis goes away under a site at work: what is handed in is published all the same."""

from __future__ import annotations

from .conftest import REFS, Plant

BEFORE, MEANWHILE, LATER = REFS[:3]


def test_what_is_handed_in_meanwhile_is_taken_up_by_a_worker_at_work(plant: Plant):
    with plant.standing_worker():
        plant.await_published(plant.submit(BEFORE))

        plant.redis.kill()
        version = plant.submit(MEANWHILE)  # accepted
        assert plant.ask(plant.inside.states, version) == ["received"]
        plant.redis.start()

        plant.await_published(version)
    plant.assert_sound()


def test_the_scheduler_is_back_when_redis_is(plant: Plant):
    with plant.standing_worker():
        plant.await_published(plant.submit(BEFORE))
        plant.redis.kill()
        plant.redis.start()
        plant.ask(plant.inside.expire_scheduler_locks)

        plant.counts[LATER] += 1
        count = plant.counts[LATER]
        version = plant.ask(plant.inside.submit_for_later, LATER, count)

        plant.await_published(version)
    plant.assert_sound()


def test_a_queue_that_has_lost_its_jobs_is_filled_again(plant: Plant):
    with plant.standing_worker():
        plant.await_published(plant.submit(BEFORE))
    version = plant.submit(MEANWHILE)
    plant.ask(plant.inside.forget_jobs)

    with plant.standing_worker():
        plant.await_published(version)
    plant.assert_sound()
