"""The pages of records and dossiers as readers get them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.records import record_query
from ckanext.gpo.explore import lookup

from ..conftest import Gate, row
from ..test_statements import counted
from .conftest import CHAINS, ENTERPRISE, PROJECT, hide

HOSTILE = ("", "x", "\0", "%00", "' OR 1=1 --", "<script>alert(1)</script>", "9" * 9000)


def record_address(ref: str, **changes: str) -> str:
    name = table(ref).dataset_name
    return f"/dataset/{name}/record?{record_query(name, row(ref, **changes))}"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_table_of_a_chain_has_pages_of_records(
    app: Any, chains: Gate, prefix: str
):
    for ref in CHAINS:
        page = app.get(prefix + record_address(ref))

        assert page.status_code == 200, ref
        for value in row(ref).values():
            assert value.removesuffix(".0") in page.body.replace(",", ""), (ref, value)


def test_a_record_leads_to_its_neighbours_and_dossiers(app: Any, chains: Gate):
    page = app.get(record_address("construction/construction_permits")).body

    assert f'href="/project/{PROJECT}"' in page
    assert f'href="/enterprise/{ENTERPRISE}"' in page
    for ref in (
        "construction/project_approvals",
        "planning/construction_planning_permits",
        "construction/completion_acceptances",
        "safety/construction_supervision",
    ):
        assert record_address(ref).replace("&", "&amp;") in page
    assert "gpo_dataapi_record_show?" in page


@pytest.mark.parametrize(
    "path",
    [
        f"/project/{PROJECT}",
        f"/enterprise/{ENTERPRISE}",
        f"/en/project/{PROJECT}",
        f"/en/enterprise/{ENTERPRISE}",
        "/domain/construction",
        "/domain/food_drug",
        "/domain/legal",
    ],
)
def test_dossiers_have_pages(app: Any, chains: Gate, path: str):
    assert app.get(path).status_code == 200


def test_home_and_domains_lead_to_dossiers_and_records(app: Any, chains: Gate):
    home, domain = app.get("/").body, app.get("/domain/construction").body

    assert f'href="/project/{PROJECT}"' in home
    assert record_address("construction/completion_acceptances") in home
    assert f'href="/project/{PROJECT}"' in domain
    assert f'href="/enterprise/{ENTERPRISE}"' in domain


@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_no_code_or_key_is_not_there(app: Any, chains: Gate, value: str):
    name = table("tax/a_credit_taxpayers").dataset_name
    quoted = quote(value)
    for path in (
        f"/project/{quoted or 'x'}",
        f"/enterprise/{quoted or 'x'}",
        f"/dataset/{name}/record?{quoted}",
        f"/dataset/{name}/record?uscc={quoted}&year={quoted}",
        f"/dataset/{name}/record?uscc={ENTERPRISE}&year={quoted}",
        f"/dataset/{name}/record?uscc={ENTERPRISE}&year=2025&version={quoted or 'x'}",
        f"/dataset/{quoted or 'x'}/record?uscc={ENTERPRISE}&year=2025",
    ):
        page = app.get(path)

        assert page.status_code in (400, 404), path
        assert "<script>alert" not in page.body


def test_a_record_of_an_earlier_version_is_cited_and_remembered(app: Any, chains: Gate):
    ref = "safety/safety_penalties"
    number = "常天应急罚〔2026〕6号"
    chains.judge(ref, row(ref, decision_number=number))

    gone = app.get(record_address(ref))
    cited = app.get(f"{record_address(ref)}&version=1")

    assert gone.status_code == 404
    assert "version=1" in gone.body
    assert cited.status_code == 200
    assert app.get(f"{record_address(ref)}&version=2").status_code == 404
    assert app.get(f"{record_address(ref)}&version=99").status_code == 404
    assert app.get(record_address(ref, decision_number=number)).status_code == 200


def test_rows_of_a_private_dataset_have_no_page(app: Any, chains: Gate):
    ref = "construction/construction_permits"
    for page in (f"/project/{PROJECT}", record_address(ref), "/domain/construction"):
        assert app.get(page).status_code == 200  # what was read before is of no avail
    hide(ref)

    assert app.get(record_address(ref)).status_code == 404
    assert app.get(f"{record_address(ref)}&version=1").status_code == 404
    number = row(ref)["permit_number"]
    for other in (
        f"/project/{PROJECT}",
        record_address("construction/project_approvals"),
        "/domain/construction",
    ):
        page = app.get(other)
        assert page.status_code == 200
        assert record_address(ref) not in page.body
        assert f">{number}<" not in page.body


STATEMENTS = {
    f"/project/{PROJECT}": 20,
    f"/enterprise/{ENTERPRISE}": 25,
    record_address("construction/project_approvals"): 25,
    record_address("construction/construction_permits"): 25,
    record_address("food_drug/market_entities"): 25,
    f"/dataset/{table('construction/construction_permits').dataset_name}/rows": 20,
    f"/dataset/{table('construction/construction_permits').dataset_name}": 26,
    "/domain/construction": 35,
}
"""What a page costs although nobody has asked for it before."""


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_page_costs_so_many_statements_whatever_the_rows(
    app: Any, chains: Gate, path: str, monkeypatch: pytest.MonkeyPatch
):
    def cost() -> int:
        app.get(path)
        monkeypatch.setattr(lookup, "_answers", {})
        with counted() as statements:
            assert app.get(path).status_code == 200
        return statements.total()

    few = cost()
    for ref, field in (
        ("food_drug/food_inspections", "inspection_number"),
        ("construction/bid_results", "bid_number"),
    ):
        form = "JC{:014}" if field == "inspection_number" else "TN{:08}-01"
        papers = [row(ref, **{field: form.format(n)}) for n in range(200)]
        assert chains.judge(ref, *papers)["state"] == "published"

    # a table with more rows than are shown is counted
    assert cost() <= few + COUNTED
    assert few <= STATEMENTS[path]


COUNTED = 6
"""Statements that count the rows of two tables."""
