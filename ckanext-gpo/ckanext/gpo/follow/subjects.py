"""What can be followed beside the things of other rooms: codes and searches."""

from __future__ import annotations

from functools import partial

from ckanext.gpo.common import dossiers
from ckanext.gpo.common.news import Profile, SubjectKind
from ckanext.gpo.common.notices import Link
from ckanext.gpo.common.web import row_pages

from . import queries

SEARCH = "search"


def _code(kind: str, key: str, english: bool) -> Profile | None:
    """A code by itself: whatever bears it, its dossier is there."""
    del english
    link = row_pages.dossier_link(kind, key)
    return Profile(key, link) if link else None


def _search(key: str, english: bool) -> Profile | None:
    if not queries.is_normal(key):
        return None
    words, filters = queries.parse(key)
    arguments = {**({"q": words} if words else {}), **filters}
    return Profile(queries.title(key, english), Link("dataset.search", arguments))


KINDS = (
    SubjectKind(
        dossiers.PROJECT, lambda _: _("Project code"), partial(_code, dossiers.PROJECT)
    ),
    SubjectKind(
        dossiers.ENTERPRISE,
        lambda _: _("Enterprise code"),
        partial(_code, dossiers.ENTERPRISE),
    ),
    SubjectKind(SEARCH, lambda _: _("Search"), _search),
)
