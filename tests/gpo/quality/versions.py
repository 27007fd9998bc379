"""What tests of histories do with versions."""

from __future__ import annotations

from typing import Any

from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table

from ..conftest import VENUES, row

NAME = table(VENUES).dataset_name
REASON = "名称登记有误"


def take_back(version: dict[str, Any], reason: str = REASON) -> dict[str, Any]:
    return call_action(
        "gpo_quality_version_withdraw",
        {"user": call_action("get_site_user")["name"]},
        id=version["id"],
        reason=reason,
    )


def restore(version: dict[str, Any], reason: str = REASON) -> dict[str, Any]:
    return call_action(
        "gpo_quality_version_restore",
        {"user": call_action("get_site_user")["name"]},
        id=version["id"],
        reason=reason,
    )


def diff(old: int, new: int, **params: Any) -> dict[str, Any]:
    params |= {"dataset": NAME, "from": old, "to": new}
    return call_action("gpo_quality_version_diff", **params)


def venue(number: int, **changes: str) -> dict[str, str]:
    good = row(VENUES)
    code = good["venue_code"]
    return good | {"venue_code": f"{code[:-2]}{number:02}"} | changes
