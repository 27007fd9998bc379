"""Apps as the actions tell of them: what is public by a list of allowed fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from ckanext.gpo.common.language import is_english

from . import config, lookup
from .model import App, now

ANYBODY: Final = (
    *("title", "title_en", "summary", "summary_en", "description", "description_en"),
    *("link", "kind", "platform", "privacy", "licence"),
)
"""Fields of the public copy that everybody reads as they are."""

IN_LISTS: Final = ("title", "title_en", "summary", "summary_en", "kind", "platform")


def public(app: App) -> dict[str, Any]:
    """An app as its page shows it; the name of a builder whose account is gone is not."""
    content = app.public_content or {}
    has_builder = lookup.active_account(app.owner) is not None
    package = content.get("package")
    return {
        "id": app.id,
        "name": app.name,
        **{name: content.get(name, "") for name in ANYBODY},
        "developer": content.get("developer", "") if has_builder else "",
        "contact": _contact(content) if has_builder else "",
        "builder_gone": not has_builder,
        "pictures": content.get("pictures", []),
        "package": package and {name: package[name] for name in ("name", "size")},
        "datasets": lookup.with_usage(
            lookup.uses(content.get("datasets", []), english=is_english())
        ),
        "published": _iso(app.published),
        **_figures(app),
    }


def entries(apps: Sequence[App]) -> list[dict[str, Any]]:
    """Public apps as lists show them."""
    return [_entry(app) for app in apps]


def own(app: App) -> dict[str, Any]:
    """An app in the list of its builder, or of those who review."""
    return {
        "id": app.id,
        "name": app.name,
        "title": app.content.get("title", ""),
        "title_en": app.content.get("title_en", ""),
        "kind": app.content.get("kind", ""),
        "state": app.state,
        "is_public": app.is_public,
        "is_hidden": app.is_hidden,
        "link_dead": is_link_dead(app),
        "submitted": _iso(app.submitted),
        "modified": _iso(app.modified),
    }


def registration(app: App) -> dict[str, Any]:
    """The whole working copy, for its builder and those who review."""
    content = app.content
    return {
        **own(app),
        "content": content
        | {"datasets": lookup.uses(content.get("datasets", []), english=is_english())},
    }


def is_link_dead(app: App) -> bool:
    """Whether readers are told that the link does not answer."""
    if app.link_failing is None:
        return False
    return now() - app.link_failing >= timedelta(days=config.warning_days())


def _entry(app: App) -> dict[str, Any]:
    content = app.public_content or {}
    pictures = content.get("pictures", [])
    return {
        "id": app.id,
        "name": app.name,
        **{name: content.get(name, "") for name in IN_LISTS},
        "picture": pictures[0] if pictures else None,
        "dataset_count": len(content.get("datasets", [])),
        "published": _iso(app.published),
        **_figures(app),
    }


def _figures(app: App) -> dict[str, Any]:
    count = app.rating_count
    return {
        "rating": {
            "count": count,
            "mean": round(app.rating_sum / count, 1) if count else None,
        },
        "link_dead": is_link_dead(app),
    }


def _contact(content: dict[str, Any]) -> str:
    return content.get("contact", "") if content.get("contact_shown") else ""


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
