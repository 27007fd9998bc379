"""The page about the API of one dataset."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table

from ..conftest import ACTIVITIES, VENUES, Shown

pytestmark = pytest.mark.usefixtures("non_clean_db")

NAME = table(VENUES).dataset_name


def soup(app: Any, path: str) -> BeautifulSoup:
    answer = app.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.body, "lxml")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_shows_programs_with_the_addresses_of_the_dataset(
    app: Any, shown: Shown, prefix: str
):
    page = soup(app, f"{prefix}/dataset/{NAME}/api")

    programs = [code.text for code in page.select("pre code")]
    assert len(programs) == 9
    assert all(NAME in program and "@{" not in program for program in programs)
    assert len({program["id"] for program in page.select("pre code")}) == 9


def test_it_names_every_field(app: Any, shown: Shown):
    page = soup(app, f"/dataset/{NAME}/api")

    names = [cell.text for cell in page.select("tbody td:first-child code")]
    assert names == [field["name"] for field in table(VENUES).fields]


def test_the_page_of_the_dataset_leads_to_it(app: Any, shown: Shown):
    page = soup(app, f"/dataset/{NAME}")

    assert page.select_one(f'a[href="/dataset/{NAME}/api"]')


def test_without_a_publication_there_is_no_api(app: Any, shown: Shown):
    name = table(ACTIVITIES).dataset_name
    assert app.get(f"/dataset/{name}/api").status_code == 404
    assert app.get("/dataset/no-such-dataset/api").status_code == 404


def test_a_private_dataset_has_none_for_others(app: Any, shown: Shown):
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", site, id=NAME, private=True)

    assert app.get(f"/dataset/{NAME}/api").status_code in (404, 410)
