"""One file by every door: the same verdict, values, steps and reasons. 示例数据.

By upload a person hands it in over HTTP; by harvest it lies in a drop folder, and goes
through ckanext-harvest's queues. Both end at the gate's worker. Before that somebody tries it.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from ckan.lib.jobs import get_queue
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import jobs, trial
from ckanext.gpo.quality.trial.jobs import EXAMPLES

from tests import effort

from ..harvest.conftest import Site, ensure_dataset, platform, site
from ..worker import work_off

__all__ = ["platform", "site"]

FILES = Path(__file__).parent / "kinds" / "files"
TABLE = table("budget/three_public_expenses")

Counts = dict[tuple[str, str | None], int]

DOORS: list[tuple[str, str, list[str], Counts]] = [
    ("cr.csv", "published", ["line-ends-read"], {}),
    ("gbk-name.zip", "published", ["zip-unpacked", "encoding-read"], {}),
    ("html.xls", "published", [], {}),
    ("spaces.csv", "published", ["spaces-trimmed"], {}),
    ("zeros.xlsx", "published", ["shown-text", "number-as-text"], {}),
    ("one-bad-byte.csv", "rejected", [], {("encoding-damaged", None): 1}),
    ("unclosed.csv", "rejected", [], {("quote-unclosed", None): 1}),
    ("merged.xlsx", "rejected", [], {("merged-number", "total_budget"): 2}),
    (
        "hidden-rows.xlsx",
        "rejected",
        [],
        {("rows-hidden", None): 2, ("columns-hidden", "explanation"): 1},
    ),
    (
        "unit-元.csv",
        "rejected",
        ["encoding-read", "rows-above"],
        {("unit-differs", "total_budget"): 10},
    ),
]
"""File, state, steps, and reasons with their counts."""


@pytest.fixture
def budget(site: Site) -> Iterator[Site]:
    """The site with the dataset of the files, and a source that looks for them."""
    departments = {each["name"]: each for each in reference.departments()}
    domains = {each["name"]: each for each in reference.domains()}
    seed.ensure_department(departments["czj"])
    seed.ensure_domain(domains["budget"])
    ensure_dataset(TABLE.ref)
    columns = {"year": "year"}
    entry = {"table": TABLE.ref, "file": "*", "columns": columns}
    site.write("budget", tables=[entry], organization="czj")
    return site


@pytest.mark.parametrize(
    ("name", "state", "steps", "counts"), DOORS, ids=[door[0] for door in DOORS]
)
def test_a_file_ends_the_same_by_every_door(
    name: str, state: str, steps: list[str], counts: Counts, budget: Site
):
    content = (FILES / name).read_bytes()

    tried = _try(budget.client, name, content)
    uploaded = _upload(budget.client, name, content)
    rows = _public_rows()
    harvested = _harvest(budget, name, content)

    assert uploaded["id"] != harvested["id"]
    assert (uploaded["source"], harvested["source"]) == ("upload", "budget")
    assert tried["report"]["valid"] == (state == "published")
    for version in (uploaded, harvested):
        assert version["state"] == state, version["report"]["errors"]
    for checked in (tried, uploaded, harvested):
        report = checked["report"]
        assert [step["code"] for step in report.get("steps", [])] == steps
        assert {(c["rule"], c["field"]): c["count"] for c in report["counts"]} == counts
    assert _faults(tried) == _faults(uploaded)
    assert _facts(uploaded) == _facts(harvested)
    assert _public_rows() == rows


OTHERS = sorted({path.name for path in FILES.iterdir()} - {door[0] for door in DOORS})


@pytest.mark.parametrize("name", OTHERS[:: 1 if effort.NIGHTLY else 40])
def test_any_other_file_ends_the_same_too(name: str, budget: Site):
    """Most are meant for another table: then the reason is the same."""
    content = (FILES / name).read_bytes()

    tried = _try(budget.client, name, content)
    uploaded = _upload(budget.client, name, content)
    harvested = _harvest(budget, name, content)

    assert uploaded["state"] == harvested["state"]
    assert _facts(uploaded) == _facts(harvested)
    assert _faults(tried) == _faults(uploaded)


def _try(client: CKANTestApp, name: str, content: bytes) -> dict[str, Any]:
    answer = client.post(
        "/api/3/action/gpo_quality_trial_create",
        data={"table": TABLE.ref, "upload": (io.BytesIO(content), name)},
    )
    work_off(get_queue(trial.QUEUE))
    return call_action("gpo_quality_trial_show", id=answer.json["result"]["id"])


def _faults(checked: dict[str, Any]) -> list[dict[str, Any]]:
    """What is wrong and where, without words; of each rule and field as many as a trial has."""
    names = ("rule", "row", "column", "field", "value", "note", "facts", "cells")
    counts: Counter[tuple[str, str | None]] = Counter()
    faults: list[dict[str, Any]] = []
    for error in checked["report"]["errors"]:
        group = (error["rule"], error.get("field"))
        counts[group] += 1
        if counts[group] <= EXAMPLES:
            faults.append({name: error.get(name) for name in names})
    return faults


def _upload(client: CKANTestApp, name: str, content: bytes) -> dict[str, Any]:
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    answer = client.post(
        "/api/3/action/gpo_quality_version_submit",
        headers=headers,
        data={"dataset": TABLE.dataset_name, "upload": (io.BytesIO(content), name)},
    )
    return _judged(answer.json["result"]["id"])


def _harvest(site: Site, name: str, content: bytes) -> dict[str, Any]:
    (site.drop / f"{uuid4().hex}-{name}").write_bytes(content)
    site.sync()
    [item] = site.run()
    assert item.message == ""
    versions = call_action(
        "gpo_quality_version_list", _as_site(), dataset=TABLE.dataset_name
    )
    return _judged(versions[0]["id"])


def _judged(id_: str) -> dict[str, Any]:
    work_off(get_queue(jobs.QUEUE))
    return call_action("gpo_quality_version_show", _as_site(), id=id_)


def _as_site() -> dict[str, str]:
    return {"user": call_action("get_site_user")["name"]}


def _public_rows() -> list[dict[str, Any]]:
    resource = call_action("package_show", id=TABLE.dataset_name)["resources"][0]
    if not resource.get("row_count"):
        return []
    found = call_action("datastore_search", resource_id=resource["id"], sort="_id")
    return found["records"]


def _facts(version: dict[str, Any]) -> dict[str, Any]:
    """All of a report: what it says of the file, of each error and each step."""
    return {key: value for key, value in version["report"].items() if key != "engine"}
