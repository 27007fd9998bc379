"""Security headers on every kind of answer."""

from __future__ import annotations

import re

import pytest
from flask import Response

from ckanext.gpo.portal.headers import HEADERS, secure

pytestmark = pytest.mark.usefixtures("non_clean_db")

ANSWERS = [
    "/catalogue",
    "/nosuch",
    "/user/login",
    "/harvest",
    "/api/3/action/status_show",
    "/favicon.svg",
    "/gpo/mode.js",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_them(app, path):
    headers = app.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "path", ["/catalogue", "/dataset/", "/user/login", "/user/register"]
)
def test_pages_hold_no_inline_script(app, path):
    body = app.get(path).body
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", body) == []
    assert re.findall(r"<[^>]+\son\w+=", body) == []
    assert re.findall(r"<style\b", body) == []
    assert "javascript:" not in body


def test_policy_allows_neither_inline_nor_evaluated_scripts():
    policy = HEADERS["Content-Security-Policy"]
    scripts = next(p for p in policy.split("; ") if p.startswith("script-src"))
    assert scripts == "script-src 'self'"


def test_names_of_files_are_encoded():
    header = {"Content-Disposition": 'attachment; filename="部门.csv"'}
    response = secure(Response(headers=header))
    value = response.headers["Content-Disposition"]
    assert value == "attachment; filename*=UTF-8''%E9%83%A8%E9%97%A8.csv"
