"""What can be followed beside the things of other rooms: codes and searches. Pure."""

from __future__ import annotations

from ckanext.gpo.common import codes
from ckanext.gpo.common.news import Profile, SubjectKind
from ckanext.gpo.common.notices import Link

from . import queries

PROJECT = "project"
ENTERPRISE = "enterprise"
SEARCH = "search"

CHECKS = {PROJECT: "project_code", ENTERPRISE: "uscc"}
"""Kind of code → the check of a column that holds such codes (`gpo:check`)."""


def _project(key: str, english: bool) -> Profile | None:
    del english
    return None if codes.project_code_error(key) else _code(key)


def _enterprise(key: str, english: bool) -> Profile | None:
    del english
    return None if codes.uscc_error(key) else _code(key)


def _code(key: str) -> Profile:
    return Profile(key, Link("dataset.search", {"q": key}))


def _search(key: str, english: bool) -> Profile | None:
    if not queries.is_normal(key):
        return None
    words, filters = queries.parse(key)
    arguments = {**({"q": words} if words else {}), **filters}
    return Profile(queries.title(key, english), Link("dataset.search", arguments))


KINDS = (
    SubjectKind(PROJECT, lambda _: _("Project code"), _project),
    SubjectKind(ENTERPRISE, lambda _: _("Enterprise code"), _enterprise),
    SubjectKind(SEARCH, lambda _: _("Search"), _search),
)
