"""The page of a department, asked for what no search can read."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.catalogue import reference, seed

DEPARTMENT = "wglj"


@pytest.fixture
def department(app: Any, clean_db: None) -> None:
    for each in reference.departments():
        seed.ensure_department(each)


@pytest.mark.usefixtures("department")
@pytest.mark.parametrize("parameter", ["tags", "nobody"])
def test_a_filter_that_cannot_be_read_is_said(app: Any, parameter: str):
    page = app.get(f"/organization/{DEPARTMENT}", query_string={parameter: "'\"><x>"})

    assert page.status_code == 200
    assert "notice reject" in page.body
