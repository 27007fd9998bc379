"""Builders, reviewers and public datasets; registrations at any state."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed

IDEA = {
    "title": "停车去哪儿",
    "title_en": "Where to park",
    "summary": "按地点查找公共停车位。",
    "summary_en": "Finds public parking by place.",
    "description": "每天读取一次停车场数据。",
    "kind": "idea",
    "developer": "示例工作室",
    "licence": "MIT",
}
"""All that an idea needs, but for its datasets."""


@dataclass(frozen=True)
class Registry:
    """The people of a registry and what may be used, and ways to come to any state."""

    builder: str
    reviewer: str
    department: str
    dataset: str
    other_dataset: str

    def call(self, account: str, action: str, **data: Any) -> Any:
        """Call an action as an account, with its rights."""
        context = {"user": account, "ignore_auth": False}
        return call_action(f"gpo_apps_{action}", context, **data)

    def draft(self, **changes: Any) -> dict[str, Any]:
        """A registration of the builder that could be submitted."""
        uses = [{"id": self.dataset, "purpose": "显示车位"}]
        content = IDEA | {"datasets": uses} | changes
        return self.call(self.builder, "registration_create", **content)

    def under_review(self, **changes: Any) -> dict[str, Any]:
        app = self.draft(**changes)
        self.call(self.builder, "registration_submit", id=app["id"])
        return self.call(self.reviewer, "registration_review", id=app["id"])

    def published(self, **changes: Any) -> dict[str, Any]:
        app = self.under_review(**changes)
        return self.decide(app, "approved")

    def decide(
        self, app: dict[str, Any], decision: str, reason: str = ""
    ) -> dict[str, Any]:
        return self.call(
            self.reviewer,
            "registration_decide",
            id=app["id"],
            decision=decision,
            reason=reason,
        )


def make_public_dataset(name: str, organization_id: str) -> str:
    """A dataset as the gate leaves it, but for its rows."""
    package = model.Package(
        name=name,
        title=f"数据 {name}",
        type="dataset",
        state="active",
        private=False,
        owner_org=organization_id,
    )
    model.Session.add(package)
    model.Session.commit()
    return package.id


@pytest.fixture
def registry(clean_db: None) -> Registry:
    zjj = next(d for d in reference.departments() if d["name"] == "zjj")
    seed.ensure_department(zjj)
    department = call_action("organization_show", id="zjj")
    factories.User(name="steward", fullname="Steward")
    call_action(
        "organization_member_create", id="zjj", username="steward", role="editor"
    )
    factories.User(name="builder")
    factories.Sysadmin(name="reviewer")
    make_public_dataset("parking", department["id"])
    make_public_dataset("permits", department["id"])
    return Registry("builder", "reviewer", "zjj", "parking", "permits")


@pytest.fixture
def picture() -> bytes:
    """A small PNG."""
    target = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(target, "PNG")
    return target.getvalue()
