"""Which pages come with CKAN's scripts and sheets: its own, and none of ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ROOMS = Path(__file__).parents[3] / "ckanext-gpo" / "ckanext" / "gpo"
STOCK = "/webassets/base/"
EXTENDS = re.compile(r'{%-?\s*extends\s+["\']page\.html["\']')


def test_no_page_of_ours_stands_in_the_frame_of_ckans():
    pages = sorted(ROOMS.glob("*/templates/**/*.html"))
    assert len(pages) > 100
    assert [
        str(p.relative_to(ROOMS)) for p in pages if EXTENDS.search(p.read_text("utf-8"))
    ] == []


@pytest.mark.usefixtures("non_clean_db")
@pytest.mark.parametrize(
    "path", ["/", "/dataset/", "/user/login", "/catalogue", "/nosuch"]
)
def test_a_page_of_ours_loads_nothing_of_ckans(app: Any, path: str):
    body = app.get(path).body
    assert "/webassets/gpo_portal/" in body
    assert STOCK not in body
    assert "htmx" not in body


@pytest.mark.usefixtures("non_clean_db")
def test_a_form_of_ckans_has_what_it_needs(app: Any):
    body = app.get("/user/register").body
    assert STOCK in body
    assert re.search(r"gpo_portal/\w+_stock\.css", body)
    assert re.search(r"gpo_portal/\w+_stock\.js", body)
