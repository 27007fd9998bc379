"""Which addresses are limited: those that programs read, not the pages that people do.

A view says so of itself:

    @blueprint.route("/catalogue.json")
    @limited
    def metadata() -> Response: …

Whoever counts the calls asks `is_limited`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import current_app, request

from .rdf import rdf_ending
from .refusals import is_problem_address

View = TypeVar("View", bound=Callable[..., Any])

FOREIGN: Final = frozenset({"api.action", "dcat.read_catalog", "dcat.read_dataset"})
"""Views of CKAN and of its extensions that are limited too."""

_MARK: Final = "gpo_is_limited"


def limited(view: View) -> View:
    """Have the calls of a view counted, and refused if they are too many."""
    setattr(view, _MARK, True)
    return view


def is_limited() -> bool:
    """Whether the present request is one that is counted."""
    if request.method == "OPTIONS":
        return False
    return (
        is_problem_address()  # all of the REST API
        or request.endpoint in FOREIGN
        or _is_marked(request.endpoint)
        # in the place of a page
        or bool(rdf_ending(request.headers.get("Accept", "")))
    )


def _is_marked(endpoint: str | None) -> bool:
    view = current_app.view_functions.get(endpoint or "")
    return hasattr(view, _MARK)
