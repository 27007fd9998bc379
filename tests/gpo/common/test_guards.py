"""A rule before one of CKAN's actions: it refuses, or what it has made goes on."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.guards import guards


def _echo(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    return data_dict


@guards(check_access=False)
def package_update(context: Any, data_dict: dict[str, Any]) -> None:
    """Nothing is public."""
    if data_dict.get("public"):
        raise tk.NotAuthorized("not public")
    data_dict["private"] = True


@guards(check_access=True)
def sysadmin_only(context: Any, data_dict: dict[str, Any]) -> None:
    raise tk.ValidationError({"id": ["told to who may know"]})


def test_it_is_a_chained_action_under_its_own_name():
    assert package_update.chained_action
    assert package_update.__name__ == "package_update"
    assert package_update.__doc__ == "Nothing is public."


def test_what_is_not_refused_goes_on_as_the_rule_has_made_it():
    assert package_update(_echo, {}, {"id": "x"}) == {"id": "x", "private": True}


def test_what_is_refused_does_not_go_on():
    with pytest.raises(tk.NotAuthorized):
        package_update(pytest.fail, {}, {"public": True})


@pytest.mark.parametrize("allowed", [True, False])
def test_a_rule_tells_nothing_to_who_may_not(
    monkeypatch: pytest.MonkeyPatch, allowed: bool
):
    def check_access(name: str, *_: Any) -> None:
        assert name == "sysadmin_only"
        if not allowed:
            raise tk.NotAuthorized(name)

    monkeypatch.setattr(tk, "check_access", check_access)

    with pytest.raises(tk.ValidationError if allowed else tk.NotAuthorized):
        sysadmin_only(pytest.fail, {}, {})
