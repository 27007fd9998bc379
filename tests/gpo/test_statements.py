"""No page costs more statements because the catalogue has grown.

Walks every GET route that the application knows, so that a page added tomorrow is
counted without being listed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.routing import BuildError, Rule

from ckan.tests import factories

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table

from bench import copies

from .conftest import VENUES, Gate, row

FEW, MANY = 10, 45
"""Datasets, items, departments and versions; a page shows 20 or 30 of a kind."""

BOUNDS = {"/": 30, "/apps": 10, "/catalogue": 30}

DATASET = table(VENUES).dataset_name
ITEM = "item-culture-001"


@pytest.fixture
def site(gate: Gate) -> dict[str, Any]:
    """One published dataset, all domains, one item; returns the published version."""
    for domain in reference.domains():
        seed.ensure_domain(domain)
    seed.ensure_item("culture", reference.items("culture")[0])
    factories.User(name="reader")
    version = gate.judge(VENUES, row(VENUES))
    assert version["state"] == "published"
    return version


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """The statements that any engine of this process runs meanwhile."""
    statements: Counter[str] = Counter()

    def count(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements[" ".join(statement.split())] += 1

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)


class Walk:
    """All pages of an application, with the statements of each."""

    def __init__(self, app: Any, version: dict[str, Any], resource_id: str) -> None:
        self._app = app
        self._known = {
            "version_id": version["id"],
            "resource_id": resource_id,
            "filename": f"{DATASET}.csv",
            "dataset": DATASET,
            "lang": "en",
            "ver": 3,
            "logic_function": "package_search",
            "_format": "ttl",
            "_id": DATASET,
        }
        self._named = {
            "dataset": DATASET,
            "disclosure-item": ITEM,
            "organization": "wglj",
            "group": "culture",
            "domain": "culture",
            "user": "reader",
        }

    def rules(self) -> list[Rule]:
        return [
            rule
            for rule in self._app.flask_app.url_map.iter_rules()
            if rule.methods and "GET" in rule.methods
        ]

    def path(self, rule: Rule) -> str | None:
        """The address of a page with things that are there, as far as any are known."""
        kind = next((part for part in rule.rule.split("/") if part in self._named), "")
        name = self._named.get(kind, DATASET)
        values = {
            argument: self._known.get(
                argument, rule.defaults and rule.defaults.get(argument) or name
            )
            for argument in rule.arguments
        }
        try:
            built = rule.build(values)
        except (BuildError, ValueError):
            return None
        return built and built[1]

    def costs(self) -> dict[str, tuple[int, Counter[str]]]:
        """Address → status and statements, the second time that it is asked for."""
        found = {}
        for rule in self.rules():
            path = self.path(rule)
            if path is None or rule.endpoint.startswith(("static", "webassets")):
                continue
            self._get(path)
            with counted() as statements:
                status = self._get(path)
            found[path] = (status, statements)
        return found

    def _get(self, path: str) -> int:
        return self._app.get(path, follow_redirects=False).status_code


def grow(count: int, first: int) -> None:
    copies.datasets(DATASET, count, first)
    copies.items(ITEM, count, first)
    copies.organizations("wglj", count, first)
    copies.versions(DATASET, count, first)


def test_no_page_asks_more_of_a_larger_catalogue(
    app: Any, site: dict[str, Any], gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    # a page of CKAN's that cannot bear its example is an answer too
    monkeypatch.setitem(app.flask_app.config, "PROPAGATE_EXCEPTIONS", False)
    walk = Walk(app, site, gate.dataset(VENUES)["resources"][0]["id"])
    grow(FEW, 1)
    few = walk.costs()
    grow(MANY - FEW, FEW + 1)
    many = walk.costs()

    answered = {path for path, (status, _) in many.items() if status == 200}
    assert answered >= {*BOUNDS, f"/dataset/{DATASET}", f"/disclosure-item/{ITEM}"}
    grown = {
        path: (few[path][1].total(), statements.total(), (statements - few[path][1]))
        for path, (_, statements) in many.items()
        if statements.total() > few[path][1].total()
    }
    assert not grown
    for path, bound in BOUNDS.items():
        assert many[path][1].total() <= bound, path
