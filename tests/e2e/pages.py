"""Every kind of page that the site may have, found by its routes, with an address of each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from werkzeug.routing import Map, Rule

from ..conftest import Site

DATASET = "food-drug-food-licences"
DEPARTMENT = "scjg"
DOMAIN = "food_drug"
ITEM = "item-food-drug-002"
SOURCE = "scjg-market"
PROJECT = "2017-320402-48-01-500001"

NOT_PAGES = (
    "static",
    "webassets",
    "api",
    "feeds",
    "gpo_feeds",
    "gpo_follow.feed",
    "gpo_follow.confirm",
    "gpo_follow.manage",
    "gpo_follow.news",
    "gpo_follow.stop",
    "dcat",
    "file",
    "gpo_apps.badge",
    "gpo_apps.feed",
    "gpo_apps.package",
    "gpo_apps.picture",
    "gpo_apps_builder.package",
    "gpo_apps_builder.picture",
    "gpo_catalogue.domain_metadata",
    "gpo_catalogue.metadata",
    "gpo_dataapi.diff",
    "gpo_dataapi.download",
    "gpo_dataapi.dump",
    "gpo_dataapi.export",
    "gpo_dataapi.view",
    "gpo_dataapi_data_json",
    "gpo_dataapi_site_map",
    "gpo_dataapi_stock",
    "gpo_rows.export",
    "gpo_quality.template",
    "gpo_quality_door.progress",
    "gpo_quality_errors",
    "gpo_quality_trial.progress",
    "gpo_quality_uploads",
    "home.redirect_locale",
    "util",
    "activity.dashboard_testing",
)
"""Endpoints, or blueprints, that answer programs or serve CKAN's own development."""


def addresses(
    url_map: Map, examples: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Every page kind of the site, as its route is written, with an address of one.

    :param examples: values of a route's arguments by endpoint, by blueprint or by `*`; the
        nearest wins. `?` is the query string of a page that is nothing without one
    :raises LookupError: for a route with an argument of which there is no example
    """
    return {
        rule.rule: _filled(rule, examples)
        for rule in url_map.iter_rules()
        if "GET" in (rule.methods or ()) and _is_page(rule)
    }


def _is_page(rule: Rule) -> bool:
    if rule.rule.startswith("/api/") or "/download" in rule.rule:
        return False
    return not {rule.endpoint, rule.endpoint.split(".")[0]} & set(NOT_PAGES)


def _filled(rule: Rule, examples: Mapping[str, Mapping[str, str]]) -> str:
    blueprint = rule.endpoint.split(".")[0]
    values: dict[str, str] = {}
    for scope in ("*", blueprint, rule.endpoint):
        values |= examples.get(scope, {})
    return "".join(_parts(rule, values)) + values.get("?", "")


def _parts(rule: Rule, values: Mapping[str, str]) -> Iterator[str]:
    for dynamic, text in _trace(rule):
        if dynamic and text not in values:
            raise LookupError(f"{rule.endpoint}: no example of {text} in {rule.rule}")
        yield values[text] if dynamic else text


def _trace(rule: Rule) -> Iterable[tuple[bool, str]]:
    # the first part of a rule is its host, of which ours have none
    return [(dynamic, text) for dynamic, text in rule._trace if text != "|"]


def examples(site: Site) -> dict[str, dict[str, str]]:
    """Values of the arguments of all routes, of things that the sample site has."""
    token = site.token("admin")

    def ask(action: str, **params: str) -> Any:
        status, answer = site.call(action, token=token, **params)
        assert status == 200, (action, answer)
        return answer

    dataset = ask("package_show", id=DATASET)
    version = next(
        v
        for v in ask("gpo_quality_version_list", dataset=DATASET)
        if v["state"] == "published"
    )
    source = ask("harvest_source_show", id=SOURCE)
    job = source["status"]["last_job"]
    site.token("steward")  # for the page of tokens to list
    # what the site itself does is no activity, what a person does is one
    ask("package_patch", id=DATASET, version=str(time.time()))
    ask("organization_patch", id=DEPARTMENT, description=str(time.time()))
    ask("group_patch", id=DOMAIN, description=str(time.time()))

    def activity(kind: str, id_: str) -> str:
        activities = ask(f"{kind}_activity_list", id=id_)
        return next(a["id"] for a in activities if a["activity_type"].endswith(kind))

    _, webhook = site.call(
        "gpo_dataapi_webhook_create", token=token, address="https://1.1.1.1/hook"
    )
    (licence,) = ask("gpo_dataapi_record_list", dataset=DATASET, limit="1")["records"]
    app = _app(site, dataset["id"], token)
    return {
        "*": {
            "id": DATASET,
            "resource_id": dataset["resources"][0]["id"],
            "activity_id": activity("package", DATASET),
            "version_id": version["id"],
            "view_id": "none",
            "name": DOMAIN,
            "source": SOURCE,
        },
        "gpo_apps": {"id": app},
        "gpo_apps_builder": {"id": app},
        "gpo_apps_review": {"id": app},
        "app": {"id": app},
        "app_resource": {"id": app},
        "gpo_catalogue.item": {"id": ITEM},
        "gpo_catalogue.group": {"id": DOMAIN},
        "gpo_explore.enterprise": {"code": licence["uscc"]},
        "gpo_explore.project": {"code": PROJECT},
        "gpo_dataapi_webhooks": {"id": webhook["id"]},
        "gpo_explore.record": {"?": f"?licence_number={licence['licence_number']}"},
        "gpo_explore.record_history": {
            "?": f"?licence_number={licence['licence_number']}"
        },
        "gpo_follow": {"kind": "domain", "key": DOMAIN},
        "disclosure-item": {"id": ITEM},
        "disclosure-item_resource": {"id": ITEM},
        "group": {"id": DOMAIN},
        "organization": {"id": DEPARTMENT},
        "user": {"id": "steward"},
        "harvest": {"id": SOURCE},
        "harvest_resource": {"id": SOURCE},
        "harvester": {"id": SOURCE},
        "harvester.job_show": {"id": job["id"]},
        "harvester.object_show": {
            "id": ask("harvest_object_list", source_id=source["id"])[0]
        },
        "activity.group_activity": {"id": DOMAIN},
        "activity.organization_activity": {"id": DEPARTMENT},
        "activity.user_activity": {"id": "steward"},
        "activity.package_changes": {"id": activity("package", DATASET)},
        "activity.group_changes": {"id": activity("group", DOMAIN)},
        "activity.organization_changes": {"id": activity("organization", DEPARTMENT)},
    }


def _app(site: Site, dataset: str, reviewer: str) -> str:
    """The name of an app of the developer's that readers see."""
    builder = site.token("developer")
    content = {
        "title": "示例应用",
        "title_en": "Sample app",
        "summary": "示例数据：按名称查找餐厅。",
        "summary_en": "Sample data: restaurants by name.",
        "description": "按名称查找餐厅。",
        "description_en": "Restaurants by name.",
        "kind": "idea",
        "developer": "示例工作室",
        "licence": "MIT",
        "datasets": [{"id": dataset, "purpose": "列出许可"}],
    }
    steps = (
        (builder, "gpo_apps_registration_submit", {}),
        (reviewer, "gpo_apps_registration_review", {}),
        (reviewer, "gpo_apps_registration_decide", {"decision": "approved"}),
    )
    _, app = site.call("gpo_apps_registration_create", token=builder, **content)
    for token, action, data in steps:
        status, answer = site.call(action, token=token, id=app["id"], **data)
        assert status == 200, (action, answer)
    return app["name"]
