"""Whatever stands in an address or a form: no page answers 500."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule

from tests.effort import NIGHTLY, times

from . import junk


def rules(app: Any) -> Iterator[Rule]:
    """Every route; of those that share a view and its parameters the first."""
    seen = set()
    for rule in app.flask_app.url_map.iter_rules():
        view = app.flask_app.view_functions[rule.endpoint]
        shared = (view.__module__, view.__qualname__, tuple(sorted(rule.arguments)))
        if NIGHTLY or shared not in seen:
            seen.add(shared)
            yield rule


def addresses(rule: Rule, known: dict[str, str], dealer: junk.Dealer) -> Iterator[str]:
    """The route with what there is, and with junk in each of its places."""
    places = {name: known.get(name, "x") for name in rule.arguments if name != "ver"}
    yield _address(rule, places)
    for name in places:
        for _, value in dealer.deal():
            yield _address(rule, places | {name: value})


def _address(rule: Rule, places: dict[str, str]) -> str:
    """The route filled in by hand: what its converters refuse is asked for as well."""
    parts = (
        quote(places.get(part, "3"), safe="") if is_place else part
        for is_place, part in rule._trace
    )
    return "".join(parts).removeprefix("|")


def forms(names: list[str], dealer: junk.Dealer) -> Iterator[dict[str, str]]:
    """Every parameter with junk at once, each with another."""
    for _ in range(times(1, nightly=len(junk.TEXTS))):
        yield {name: dealer.next()[1] for name in names}


@pytest.mark.usefixtures("undone")
def test_no_junk_makes_a_page_answer_500(app, headers, known, tally):
    in_path, in_query = junk.Dealer(junk.TEXTS), junk.Dealer(junk.TEXTS)
    statuses, faults = tally("Fuzz of pages"), []

    def ask(method: str, address: str, **kwargs: Any) -> None:
        try:
            answer = app.test_client().open(
                address,
                method=method,
                headers=headers,
                follow_redirects=False,
                **kwargs,
            )
            str(answer.headers).encode("latin-1")  # as a server sends them
            status = answer.status_code
        except Exception as error:  # noqa: BLE001 - what a site in use would answer with 500
            status = 500
            faults.append((method, address[:80], repr(error)[:200], kwargs))
        statuses[str(status)] += 1

    for rule in rules(app):
        view = app.flask_app.view_functions[rule.endpoint]
        names = junk.page_parameters(view)
        first, *others = addresses(rule, known, in_path)
        for address in (first, *others):
            if "GET" in rule.methods:
                ask("GET", address)
        for form in forms(names, in_query):
            if "GET" in rule.methods:
                ask("GET", first, query_string=form)
            if "POST" in rule.methods:
                ask("POST", first, data=form)
    assert not faults, "\n".join(map(str, faults))
