"""Public things whose texts would all be markup, if a page let them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import item, reference, seed
from ckanext.gpo.common.tables import table
from ckanext.harvest.model import (
    HarvestGatherError,
    HarvestJob,
    HarvestObject,
    HarvestObjectError,
    HarvestSource,
)

from ..conftest import VENUES, Gate, row
from .world import Hidden, activities

MARK = """</script><img src=x onerror=alert(1)>"'"""
LINK = "[here](javascript:alert(1)) ![seen](https://elsewhere.example/pixel.png)"

LIVE = re.compile(
    r"<img src=x|onerror=alert\(1\)>"
    r"|\b(?:href|src)=[\"']?\s*(?:javascript:|https?://elsewhere\.example)",
    re.I,
)
"""The mark where it is markup: a tag, or the address of a link or a picture."""

SCRIPT = "javascript:alert(1)"

FREE_TEXT = ("gpo_line", "gpo_paragraph", "title")
"""Presets of fields that take any text."""


def mark(gate: Gate) -> Iterator[Hidden]:
    """A dataset, an item, a department, a domain, a harvest source and an account."""
    user = factories.Sysadmin(fullname=MARK, about=f"{MARK} [here]({SCRIPT})")
    as_user = {"user": user["name"], "ignore_auth": True}
    version = gate.judge(VENUES, row(VENUES))
    seed.ensure_item("culture", reference.items("culture")[0])
    for name in (table(VENUES).dataset_name, item.name("culture", 1)):
        package = call_action("package_patch", dict(as_user), id=name, title_en=MARK)
        _mark_package(package)
        resources = [resource["id"] for resource in package["resources"]]
        parts = [*resources, *activities(package["id"])]
        yield Hidden(package["type"], [name], parts)
    yield Hidden("version", [table(VENUES).dataset_name], [version["id"]])
    for name, kind in (("wglj", "organization"), ("culture", "group")):
        schema = getattr(tk.h, f"scheming_get_{kind}_schema")(kind)
        texts = dict.fromkeys(_free_text(schema["fields"]), MARK + LINK)
        described = {"title": f"示例{MARK}", "description": MARK + LINK}
        group = call_action(
            f"{kind}_patch", dict(as_user), id=name, **texts | described
        )
        yield Hidden(kind, [name], activities(group["id"]))
    yield _source(as_user)
    yield Hidden("user", [user["name"]])


def _source(as_user: dict[str, Any]) -> Hidden:
    made = call_action(
        "harvest_source_create",
        dict(as_user),
        name="marked",
        title=MARK,
        notes=MARK + LINK,
        url="gpo-source://czj-budget-files",
        source_type="gpo_files",
        owner_org="wglj",
        config='{"source": "czj-budget-files"}',
    )
    job = HarvestJob(source=HarvestSource.get(made["id"]), status="Finished")
    job.save()
    fetched = HarvestObject(guid=MARK, job=job, content=MARK, current=True)
    fetched.save()
    for error in (
        HarvestGatherError(message=MARK, job=job),
        HarvestObjectError(message=MARK, object=fetched, stage="Import"),
    ):
        error.save()
    return Hidden("harvest source", [made["name"]], [job.id, fetched.id])


def _mark_package(shown: dict[str, Any]) -> None:
    """Past the validators: what one keeps out today may have come in before it was there."""
    package = model.Package.get(shown["id"])
    schema = tk.h.scheming_get_dataset_schema(shown["type"])
    for field in _free_text(schema["dataset_fields"]):
        if hasattr(package, field):
            setattr(package, field, f"示例{MARK}{LINK}")
        else:
            package.extras[field] = MARK + LINK
    package.license_id, package.url = MARK, SCRIPT
    for resource in package.resources:
        resource.name = resource.description = MARK + LINK
    model.Session.commit()
    search.rebuild(package.id)


def _free_text(fields: list[dict[str, Any]]) -> list[str]:
    return [f["field_name"] for f in fields if f.get("preset") in FREE_TEXT]
