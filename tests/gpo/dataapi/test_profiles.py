"""Profiles of published tables: computed by a job, told of the current version only."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.lib.jobs import get_queue
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.dataapi import jobs

from ..conftest import VENUES, Gate, row
from ..worker import work_off

NAME = table(VENUES).dataset_name


def told(**context: Any) -> dict[str, Any]:
    return call_action("gpo_dataapi_field_profile_list", context, dataset=NAME)


def compute() -> None:
    jobs.sweep()
    jobs.sweep()
    assert len(get_queue().get_job_ids()) <= 1
    work_off(get_queue())


@pytest.fixture
def published(gate: Gate) -> Gate:
    gate.judge(
        VENUES, row(VENUES), row(VENUES, venue_code="WH3204020009", closure_notice="")
    )
    work_off(get_queue())
    return gate


def test_a_table_is_profiled_after_it_was_published(published: Gate):
    assert told()["fields"] == []
    compute()

    answer = told()
    fields = {field["name"]: field for field in answer["fields"]}
    assert (answer["version"], answer["row_count"]) == (1, 2)
    assert list(fields) == [field["name"] for field in table(VENUES).fields]
    assert fields["closure_notice"]["empty"] == 1
    assert fields["street"]["frequent"] == [{"value": "红梅街道", "count": 2}]
    assert fields["floor_area"]["sum"] == 2400

    jobs.sweep()
    assert get_queue().get_job_ids() == []


def test_a_newer_version_has_a_profile_of_its_own(published: Gate):
    compute()
    published.judge(
        VENUES, row(VENUES, floor_area="7"), row(VENUES, venue_code="WH3204020009")
    )
    work_off(get_queue())
    assert told()["fields"] == []
    compute()
    assert told()["version"] == 2
    assert told()["fields"][0]["distinct"] == 2


def test_of_what_is_not_public_no_profile_is_told(published: Gate):
    compute()
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", site, id=NAME, private=True)

    assert told()["fields"]
    with pytest.raises(tk.ObjectNotFound):
        told(user="", ignore_auth=False)


def test_a_file_that_cannot_be_read_is_not_read_again_and_again(
    published: Gate, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: Any) -> None:
        raise OSError("disk")

    monkeypatch.setattr(jobs, "compute_profiles", fail)
    compute()
    assert told()["fields"] == []
    jobs.sweep()
    assert get_queue().get_job_ids() == []
