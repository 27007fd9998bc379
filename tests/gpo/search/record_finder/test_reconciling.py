"""Whatever is published is found, whatever is not is forgotten, whoever was cut off."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from ckan.lib.jobs import DEFAULT_QUEUE_NAME, get_queue
from ckan.tests.helpers import call_action

from ckanext.gpo.common.news import walk
from ckanext.gpo.common.tables import table
from ckanext.gpo.search.cli import gpo_search
from ckanext.gpo.search.record_finder import differences, jobs, reconcile
from ckanext.gpo.search.record_finder.reconciling import shelf

from ...conftest import VENUES, Gate
from ...quality.versions import take_back
from .conftest import DRAGON, Find, venue

NAME = table(VENUES).dataset_name


def waiting() -> list[str]:
    return [job.func_name for job in get_queue(DEFAULT_QUEUE_NAME).jobs]


def test_a_publication_is_indexed_by_a_job(venues: Gate, find: Find):
    venues.judge(VENUES, venue(DRAGON, "新名文化宫", "青龙西路1号"))
    jobs.sweep()
    jobs.sweep()

    assert waiting().count(f"{jobs.__name__}.index_records") == 1
    jobs.index_records()
    assert find("新名文化宫")["count"] == 1
    assert not differences()


def test_news_of_a_publication_queue_the_job(venues: Gate):
    get_queue(DEFAULT_QUEUE_NAME).empty()
    venues.judge(VENUES, venue(DRAGON, "新名文化宫", "青龙西路1号"))
    walk.walk(30)

    assert f"{jobs.__name__}.index_records" in waiting()


def test_a_withdrawn_table_is_forgotten(venues: Gate):
    take_back(call_action("gpo_quality_version_list", dataset=NAME)[0])

    assert differences().surplus
    assert reconcile()
    assert not differences()


def test_a_second_run_does_nothing(venues: Gate):
    before = shelf().tables()

    assert reconcile()
    assert shelf().tables() == before


def test_rows_swapped_while_they_are_read_wait_for_the_next_run(
    venues: Gate, find: Find, monkeypatch: pytest.MonkeyPatch
):
    venues.judge(VENUES, venue(DRAGON, "新名文化宫", "青龙西路1号"))
    monkeypatch.setattr(
        "ckanext.gpo.search.record_finder.reconciling.table_marks", lambda _: {}
    )
    assert reconcile()
    assert differences().stale

    monkeypatch.undo()
    assert reconcile()
    assert not differences()
    assert find("新名文化宫")["count"] == 1


def test_another_process_at_work_is_left_alone(venues: Gate):
    with shelf().writing():
        assert not reconcile()


def test_the_command_mends_what_differs(venues: Gate, find: Find):
    venues.judge(VENUES, venue(DRAGON, "新名文化宫", "青龙西路1号"))
    told = CliRunner().invoke(gpo_search, ["check"])
    mended: Any = CliRunner().invoke(gpo_search, ["check", "--repair"])

    assert (told.exit_code, mended.exit_code) == (1, 0)
    assert f"records of {VENUES} are not found" in told.output
    assert find("新名文化宫")["count"] == 1
