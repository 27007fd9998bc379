"""Whatever junk the API is handed, the fault is never ours: no action answers 500."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ckan.logic import get_action

from ckanext.gpo.security.allow_list import Audience, audience

from . import junk

SERVED = {
    "anonymous": {Audience.ANYONE},
    "account": {Audience.ANYONE, Audience.ACCOUNT},
    "sysadmin": set(Audience) - {Audience.NOBODY},
}
"""What a reader reaches; the door turns away from all else before it reads a parameter."""


def actions(reader: str) -> list[str]:
    get_action("status_show")  # fills CKAN's cache of actions
    from ckan.logic import _actions

    return sorted(name for name in _actions if audience(name) in SERVED[reader])


def post(app: Any, action: str, body: Any, headers: dict[str, str]) -> Any:
    return app.post(
        f"/api/3/action/{action}",
        data=body if isinstance(body, (str, bytes)) else json.dumps(body),
        headers=headers | {"Content-Type": "application/json"},
    )


@pytest.mark.usefixtures("undone")
def test_no_junk_makes_an_action_answer_500(app, reader, headers, known, tally):
    dealer = junk.Dealer(junk.VALUES)
    statuses, faults = tally("Fuzz of actions"), []
    for action in actions(reader):
        names = junk.action_parameters(get_action(action))
        plausible = {name: known[name] for name in names if name in known}
        for name in names:
            for kind, value in dealer.deal():
                answer = post(app, action, plausible | {name: value}, headers)
                statuses[str(answer.status_code)] += 1
                if answer.status_code >= 500:
                    faults.append((action, name, kind, answer.body[:300]))
                elif answer.status_code >= 400:
                    assert answer.json["error"]["code"], (action, name, kind)
    assert not faults


@pytest.mark.usefixtures("non_clean_db")
class TestBody:
    """What is refused whichever action it is for; the guard does not know one."""

    @pytest.mark.parametrize("value", junk.REFUSED.values(), ids=junk.REFUSED)
    def test_what_cannot_be_stored_is_refused_at_any_depth(self, app, value):
        for body in ({"q": value}, {"q": [{"a": value}]}):
            answer = post(app, "package_search", body, {})
            assert answer.status_code == 400
            assert "q" in answer.json["error"]["message"]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ("null", "object-required"),
            ("[]", "object-required"),
            ("1", "object-required"),
            ('"x"', "object-required"),
            ("{", "json-invalid"),
            (b"\xff", "json-invalid"),
            ('{"a":' * 9_999, "json-invalid"),
            ('{"a":' * 99 + "1" + "}" * 99, "nesting-too-deep"),
            ('{"a": ' + "9" * 9_999 + "}", "json-invalid"),
        ],
        ids=lambda value: str(value)[:12],
    )
    def test_what_is_no_object_of_json_is_refused(self, app, body, code):
        answer = post(app, "package_search", body, {})
        assert (answer.status_code, answer.json["error"]["code"]) == (400, code)

    def test_more_json_than_anybody_needs_is_refused(self, app):
        answer = post(app, "package_search", {"q": "a" * (11 << 20)}, {})
        assert answer.status_code == 413
        assert answer.json["error"]["code"] == "body-too-large"
