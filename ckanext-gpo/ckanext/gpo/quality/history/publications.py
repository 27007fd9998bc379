"""What is public now, for lists: of many datasets at once, in few statements.

Public is a dataset with a published version whose record everybody may read. The number
of statements does not depend on how many datasets there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from ckan import model

from ckanext.gpo.common import clock
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import State

from .dictize import iso

_Query = sa.Select[Any]


def page(
    datasets: Collection[str] | None,
    domain: str | None,
    limit: int,
    offset: int,
    *,
    since: datetime | None = None,
) -> tuple[int, list[dict[str, Any]]]:
    """How many publications there are, and some of them, the latest first.

    :param datasets: only those of these names
    :param domain: only those of this domain
    :param since: only what was published after it
    """
    query = _in_domain(_current(), domain)
    if since is not None:
        query = query.where(Version.published > since)
    if datasets is not None:
        query = query.where(model.Package.name.in_(datasets))
    rows = model.Session.execute(
        query.with_only_columns(
            model.Package.name,
            Version.id,
            Version.number,
            Version.published,
            Version.row_count,
            Version.table_ref,
            _resource_id(),
        )
        .order_by(Version.published.desc(), model.Package.name)
        .limit(limit + 1)
        .offset(offset)
    ).all()
    are_all = not offset and len(rows) <= limit
    return len(rows) if are_all else _count(query), [
        {
            "dataset": name,
            "version": id_,
            "number": number,
            "published": iso(published),
            "row_count": row_count or 0,
            "table_ref": table_ref,
            "resource": resource,
        }
        for name, id_, number, published, row_count, table_ref, resource in rows[:limit]
    ]


def _count(query: _Query) -> int:
    versions = query.with_only_columns(Version.id).subquery()
    return model.Session.scalar(sa.select(sa.func.count()).select_from(versions)) or 0


def histories(datasets: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Name of each dataset that is public now → all its publications, the oldest first."""
    current = _current().with_only_columns(Version.package_id)
    rows = model.Session.execute(
        _public(
            sa.select(
                model.Package.name, Version.number, Version.published, Version.state
            )
        )
        .where(
            model.Package.name.in_(datasets),
            Version.package_id.in_(current.scalar_subquery()),
        )
        .order_by(model.Package.name, Version.number)
    )
    listed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, number, published, state in rows:
        listed[name].append(
            {"version": number, "published": iso(published), "state": state}
        )
    return listed


def totals(since: datetime) -> dict[str, dict[str, Any]]:
    """Domain → what is public in it, see `gpo_quality_publication_totals`."""
    by_month = months(since)
    return {
        domain: {
            "datasets": datasets,
            "rows": rows,
            "latest": latest,
            "published": iso(published),
            "months": by_month[domain],
        }
        for domain, datasets, rows, latest, published in model.Session.execute(_sums())
    }


def months(since: datetime) -> dict[str, dict[str, int]]:
    """Domain → month (`2026-11`) → how often something public was published in it."""
    month = sa.func.to_char(
        sa.func.timezone(clock.CHINA.key, Version.published), "YYYY-MM"
    )
    query = (
        _with_domain(_public(sa.select(model.Group.name, month, sa.func.count())))
        .where(Version.published >= since)
        .group_by(model.Group.name, month)
    )
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for domain, name, number in model.Session.execute(query):
        counts[domain][name] = number
    return counts


def _sums() -> _Query:
    latest = sa.func.array_agg(
        aggregate_order_by(
            model.Package.name, Version.published.desc(), model.Package.name
        )
    )
    return _with_domain(
        _current(
            sa.select(
                model.Group.name,
                sa.func.count(),
                sa.func.coalesce(sa.func.sum(Version.row_count), 0),
                latest[1],
                sa.func.max(Version.published),
            )
        )
    ).group_by(model.Group.name)


def _resource_id() -> sa.ScalarSelect[Any]:
    """The id of the resource that holds a dataset's table."""
    return (
        sa.select(model.Resource.id)
        .where(
            model.Resource.package_id == model.Package.id,
            model.Resource.state == model.State.ACTIVE,
        )
        .order_by(model.Resource.position)
        .limit(1)
        .correlate(model.Package)
        .scalar_subquery()
    )


def _current(query: _Query | None = None) -> _Query:
    """The published versions of public datasets."""
    return _public(sa.select() if query is None else query).where(
        Version.state == State.PUBLISHED.value
    )


def _public(query: _Query) -> _Query:
    """All versions of public datasets that are or were public."""
    return (
        query.select_from(Version)
        .join(model.Package, model.Package.id == Version.package_id)
        .where(
            Version.published.is_not(None),
            model.Package.private.is_(False),
            model.Package.state == model.State.ACTIVE,
        )
    )


def _in_domain(query: _Query, domain: str | None) -> _Query:
    return (
        query
        if domain is None
        else _with_domain(query).where(model.Group.name == domain)
    )


def _with_domain(query: _Query) -> _Query:
    return (
        query.join(model.Member, model.Member.table_id == model.Package.id)
        .join(model.Group, model.Group.id == model.Member.group_id)
        .where(
            model.Member.table_name == "package",
            model.Member.state == model.State.ACTIVE,
            model.Group.state == model.State.ACTIVE,
            model.Group.type == "group",
        )
    )
