"""A department and a domain with one public dataset, and hidden things of every kind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.activity.model import Activity
from ckanext.gpo.catalogue import item, reference
from ckanext.gpo.common.news import Subject
from ckanext.gpo.common.tables import table
from ckanext.gpo.follow.model import Follow, now
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource

from ..conftest import ACTIVITIES, VENUES, Gate, row

SECRET = "geheim"
"""Stands in every name, title, tag and text of what is hidden, and nowhere else."""

PUBLIC = (table(VENUES).dataset_name, "wglj", "culture")
"""The public things beside which the hidden ones stand."""


@dataclass
class Hidden:
    """Something that is not public: its own names, and those of its parts."""

    kind: str
    names: list[str]
    parts: list[str] = field(default_factory=list)

    def double(self) -> Hidden:
        """The same in shape, but it never existed."""
        return Hidden(
            self.kind,
            [_other(name) for name in self.names],
            [_other(part) for part in self.parts],
        )


def _other(value: str) -> str:
    try:
        uuid.UUID(value)
    except ValueError:
        return value.replace(SECRET, "nichts")
    return str(uuid.uuid4())


def build(gate: Gate) -> list[Hidden]:
    """Everything that an anonymous reader may not know of."""
    gate.judge(VENUES, row(VENUES))
    clerk = factories.User(name=f"clerk-{SECRET}", fullname=SECRET)
    for kind, group in (("organization", "wglj"), ("group", "culture")):
        call_action(
            f"{kind}_member_create", id=group, username=clerk["name"], role="admin"
        )
    return [
        Hidden("user", [clerk["id"], clerk["name"]]),
        *_datasets(clerk["name"]),
        _item(clerk["name"]),
        *_sources(clerk["name"]),
        *_groups(clerk["name"]),
        _rejected(gate),
    ]


def _datasets(clerk: str) -> Iterator[Hidden]:
    public = call_action("package_show", id=table(VENUES).dataset_name)
    left_out = ("id", "resources", "res_code", "metadata_created", "metadata_modified")
    described = {key: value for key, value in public.items() if key not in left_out}
    del described["tags"], described["table_ref"]
    for state in ("private", "draft", "deleted"):
        name = f"{state}-{SECRET}"
        own = {"name": name, "title": name, "notes": name, "private": True}
        document = {"fmt_class": "01", "fmt_type": "pdf", "share_mode_type": "file"}
        made = _act(
            clerk,
            "package_create",
            **described | own | document,
            table_ref="",
            tags=[{"name": f"tag-{name}"}],
        )
        yield _hide(clerk, made, state)


def _item(clerk: str) -> Hidden:
    written = reference.items("culture")[0]
    name = f"item-{SECRET}"
    made = _act(
        clerk,
        "package_create",
        **item.record("culture", written)
        | {"name": name, "title": name, "seq": 999, "owner_org": "wglj"},
        private=True,
    )
    return _hide(clerk, made, "private")


def _sources(clerk: str) -> Iterator[Hidden]:
    for state in ("private", "draft", "deleted"):
        name = f"source-{state}-{SECRET}"
        made = _act(
            clerk,
            "harvest_source_create",
            name=name,
            title=name,
            notes=name,
            url=f"gpo-source://{name}",
            source_type="gpo_files",
            owner_org="wglj",
            private=True,
            config='{"source": "czj-budget-files"}',
        )
        source = HarvestSource.get(made["id"])
        job = HarvestJob(source=source, status="Finished")
        job.save()
        fetched = HarvestObject(guid=name, job=job, content=SECRET, current=True)
        fetched.save()
        hidden = _hide(clerk, made, state)
        hidden.parts += [job.id, fetched.id]
        yield hidden


def _groups(clerk: str) -> Iterator[Hidden]:
    for kind in ("organization", "group"):
        name = f"{kind}-{SECRET}"
        template = (
            call_action("organization_show", id="wglj")
            if kind == "organization"
            else call_action("group_show", id="culture")
        )
        kept = {
            key: value
            for key, value in template.items()
            if isinstance(value, (str, int)) and key not in ("id", "package_count")
        }
        made = _act(
            clerk,
            f"{kind}_create",
            **kept | {"name": name, "title": name, "description": name},
        )
        _act(clerk, f"{kind}_delete", id=name)
        yield Hidden(kind, [made["id"], name], activities(made["id"]))


def _rejected(gate: Gate) -> Hidden:
    """A version that never was public; its dataset's name is in the Data Package."""
    version = gate.judge(ACTIVITIES, row(ACTIVITIES, activity_type=SECRET))
    dataset = gate.dataset(ACTIVITIES)
    return Hidden(
        "version",
        [dataset["id"]],
        [version["id"], dataset["resources"][0]["id"], *activities(dataset["id"])],
    )


def _hide(clerk: str, made: dict[str, Any], state: str) -> Hidden:
    """Give a record a history and a follower, then the state that hides it."""
    _act(clerk, "package_patch", id=made["id"], title=f"{made['title']}2")
    # What is hidden takes no followers, and keeps those from before, CKAN's and ours.
    account = model.User.get(clerk)
    model.Session.add(model.UserFollowingDataset(account.id, made["id"]))
    follower = {"has_account": True, "pace": "at-once", "confirmed": now()}
    kind = "item" if made["type"] == "disclosure-item" else "dataset"
    Follow.ensure(account.id, Subject(kind, made["id"]), **follower)
    model.Session.commit()
    if state != "private":
        _act(clerk, "package_patch", id=made["id"], state=state)
    tags = (
        model.Session.query(model.Tag)
        .join(model.PackageTag)
        .filter(
            model.PackageTag.package_id == made["id"], model.Tag.name.contains(SECRET)
        )
    )
    return Hidden(
        f"{state} {made['type']}",
        [made["id"], made["name"]],
        [*(v for tag in tags for v in (tag.id, tag.name)), *activities(made["id"])],
    )


def activities(object_id: str) -> list[str]:
    latest = (
        sa.select(Activity.id)
        .where(Activity.object_id == object_id)
        .order_by(Activity.timestamp.desc())
        .limit(1)
    )
    return list(model.Session.scalars(latest))


def _act(user: str, action: str, **data: Any) -> Any:
    return call_action(action, {"user": user, "ignore_auth": True}, **data)
