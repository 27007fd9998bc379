"""What a reader may not see is, for that reader, not there.

The walk finds the reading actions and the pages by itself, and asks each of them for each
thing that is hidden, by every name and id that it has, and for as many that never were.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model

from ..conftest import Gate
from .walk import ID, Call, calls, pages, reading_actions, rules
from .world import PUBLIC, SECRET, Hidden, build

NEIGHBOURS = (Hidden("public", [*PUBLIC]), Hidden("word", [SECRET]))
"""What an anonymous reader may ask for, and which stands beside the hidden things."""

MADE = re.compile(
    r'\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+|(?<=name="_csrf_token" value=")[^"]+'
)
"""What tells when an answer was made: the date of an empty feed, a form's token."""


@pytest.fixture
def hidden(gate: Gate) -> list[Hidden]:
    return build(gate)


def test_actions(hidden: list[Hidden]) -> None:
    faults = _Faults(hidden, _call)
    for name in reading_actions():
        faults.look(name, lambda thing, name=name: calls(name, thing))
    assert not faults.found, faults.listed()


def test_pages(app: Any, hidden: list[Hidden]) -> None:
    faults = _Faults(hidden, lambda call: _get(app, call))
    for rule in rules(app):
        faults.look(rule.rule, lambda thing, rule=rule: pages(rule, thing))
    assert not faults.found, faults.listed()


def _call(call: Call) -> str:
    """What an action answers to a reader without an account."""
    name, params = call
    context = {"user": "", "auth_user_obj": None, "ignore_auth": False}
    try:
        answer = tk.get_action(name)(context, {**params})
        return json.dumps(answer, default=str, ensure_ascii=False)
    except Exception as err:  # noqa: BLE001 - whatever it says, a reader would see
        model.Session.rollback()
        return f"{type(err).__name__} {getattr(err, 'error_dict', err)}"


def _get(app: Any, call: Call) -> str:
    """The page that a reader without an account gets."""
    address, params = call
    try:
        answer = app.get(address, query_string=params, follow_redirects=False)
    except Exception as err:  # noqa: BLE001 - another test holds that no view raises
        model.Session.rollback()
        return type(err).__name__
    return f"{answer.status_code} {answer.headers.get('Location', '')} {answer.body}"


class _Faults:
    """What an anonymous reader was told and should not have been, by where."""

    def __init__(self, hidden: list[Hidden], ask: Callable[[Call], str]) -> None:
        self.hidden = hidden
        self.ask = ask
        self.secrets = [SECRET, *{v for h in hidden for v in h.names + h.parts}]
        self.found: dict[str, list[str]] = {}

    def look(self, place: str, ways: Callable[[Hidden], Iterable[Call]]) -> None:
        for thing in NEIGHBOURS:
            for call in ways(thing):
                self._answer(place, call)
        references: dict[str, str] = {}
        for thing in self.hidden:
            for call, made_up in zip(ways(thing), ways(thing.double()), strict=True):
                answer = self._answer(place, call)
                shape = ID.sub("", str(made_up))
                if shape not in references:
                    references[shape] = self._answer(place, made_up)
                if answer != references[shape]:
                    differing = _differing(answer, references[shape])
                    self._note(place, f"{thing.kind} {call[1]}: {differing}")

    def listed(self) -> str:
        return "\n".join(
            f"{place}: {line}" for place in self.found for line in self.found[place]
        )

    def _answer(self, place: str, call: Call) -> str:
        """The answer, without what was asked for."""
        answer = self.ask(call)
        asked = {*call[1].values(), *re.split(r"[/.]", call[0])}
        for value in sorted(asked, key=len, reverse=True):
            if len(value) > 3:  # as a locale, a name is echoed with underscores
                answer = re.sub(re.escape(value).replace(r"\-", "[-_]"), "§", answer)
        answer = MADE.sub("now", answer)
        if told := [secret for secret in self.secrets if secret in answer]:
            self._note(place, f"{call[1]} tells {told}")
        return answer

    def _note(self, place: str, fault: str) -> None:
        self.found.setdefault(place, []).append(fault[:600])


def _differing(answer: str, reference: str) -> str:
    """The lines in which an answer is not that for a thing that never was."""
    lines = difflib.unified_diff(
        reference.splitlines(), answer.splitlines(), n=0, lineterm=""
    )
    return "\n".join([*lines][3:])


def test_a_confirmation_is_for_those_who_may(app: Any, hidden: list[Hidden]) -> None:
    """Whether to delete a thing is not asked of a reader who only sees it."""
    (name, *_) = PUBLIC
    asked = [
        address
        for rule in rules(app)
        if rule.endpoint.endswith(".delete")
        for address, _ in pages(rule, Hidden("public", [name]))
        if app.get(address, follow_redirects=False).status_code == 200
    ]
    assert asked == []
