"""The news that events of versions tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.gpo.common.ledger import Event
from ckanext.gpo.common.news import News, NewsKind, Subject
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import VERSION, State

from .wording import PUBLISHED, SHAPE, SHAPE_COMING, WITHDRAWN


def news_from(event: Event) -> Iterator[News]:
    """What an event of a version tells the public; nothing of what it does not see."""
    version = Version.get(event.subject) if event.kind == VERSION.name else None
    package = model.Package.get(version.package_id) if version else None
    if not version or not package or package.state != model.State.ACTIVE:
        return
    match event.what:
        case State.PUBLISHED.value:
            yield _publication(event, version, package)
        case State.WITHDRAWN.value:
            facts = _facts(version, package) | {"reason": event.reason}
            yield _news(event, WITHDRAWN, package, facts)
        case State.PASSED.value if _waits_with_another_shape(version):
            live = Version.get_published(package.id)
            yield _news(event, SHAPE_COMING, package, _facts(live or version, package))


def _publication(event: Event, version: Version, package: model.Package) -> News:
    changes = version.changes or {}
    facts = _facts(version, package) | {
        "rows": version.row_count,
        "previous": changes.get("previous"),
        "totals": changes.get("totals"),
    }
    previous = _previous(version)
    if previous is None or previous.schema_hash == version.schema_hash:
        return _news(event, PUBLISHED, package, facts)
    return _news(event, SHAPE, package, facts | _columns(previous, version, package))


def _previous(version: Version) -> Version | None:
    """The version whose place this one has taken before the public."""
    number = (version.changes or {}).get("previous")
    history = Version.history(version.package_id)
    return (
        model.Session.scalar(history.where(Version.number == number))
        if number
        else None
    )


def _columns(
    previous: Version, version: Version, package: model.Package
) -> dict[str, list[str]]:
    """The columns that only one of two versions has; none if they cannot be compared."""
    context = Context(ignore_auth=True)
    numbers = {"from": previous.number, "to": version.number, "limit": 1}
    try:
        diff = tk.get_action("gpo_quality_version_diff")(
            context, {"dataset": package.id, **numbers}
        )
    except tk.ValidationError:
        diff = {}
    return {
        name: list(diff.get(name, ())) for name in ("columns_added", "columns_removed")
    }


def _waits_with_another_shape(version: Version) -> bool:
    live = Version.get_published(version.package_id)
    return (
        live is not None
        and version.state == State.PASSED.value
        and live.schema_hash != version.schema_hash
    )


def _news(
    event: Event, kind: NewsKind, package: model.Package, facts: dict[str, Any]
) -> News:
    return News.from_event(event, kind, Subject("dataset", package.id), facts)


def _facts(version: Version, package: model.Package) -> dict[str, Any]:
    return {
        "dataset": package.name,
        "title": package.title,
        "table": version.table_ref,
        "number": version.number,
    }
