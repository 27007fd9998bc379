"""Writes what was counted into the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckan import model

from ckanext.gpo.common.locks import ProcessLock
from ckanext.gpo.dataapi.model import KeyUsage, Usage

from . import buffer
from .use import Kind, Use

_AT_ONCE: Final = 1_000
"""Rows that are written with one statement."""


def flush() -> list[str]:
    """Write what has been counted, unless another process is about it.

    Whoever dies before the commit has written nothing, and the next one takes the same
    counts again.

    :returns: names of the datasets of which somebody has downloaded something for the first
        time in a day: their number in the search index is due
    :raises redis.RedisError: Redis is away
    """
    lock = ProcessLock("usage", "flush")
    if not lock.acquire():
        return []
    try:
        counts = buffer.take()
        if not counts:
            return []
        named = _named(counts)
        due = _first_downloads(named)
        _write(named)
        model.Session.commit()
        buffer.drop()
        return due
    finally:
        model.Session.rollback()
        lock.release()


def _named(counts: Mapping[Use, int]) -> Counter[Use]:
    """The counts by names of datasets that there are, and keys that nobody has revoked."""
    names = _names({use.dataset for use in counts})
    keys = _keys({use.key for use in counts})
    named: Counter[Use] = Counter()
    for use, count in counts.items():
        name = names.get(use.dataset, "")
        if name or use.kind is Kind.CALL:
            key = use.key if use.key in keys else ""
            named[replace(use, dataset=name, key=key)] += count
    return named


def _names(references: set[str]) -> dict[str, str]:
    """Name, id or id of a table → name of the dataset."""
    package, resource = model.Package, model.Resource
    listed = list(references)
    names = sa.select(package.name, package.name).where(package.name.in_(listed))
    ids = sa.select(package.id, package.name).where(package.id.in_(listed))
    tables = (
        sa.select(resource.id, package.name)
        .join(package, package.id == resource.package_id)
        .where(resource.id.in_(listed))
    )
    queries = sa.union_all(tables, ids, names)
    return dict(model.Session.execute(queries).tuples().all())


def _keys(keys: set[str]) -> set[str]:
    ids = sa.select(model.ApiToken.id).where(model.ApiToken.id.in_(list(keys)))
    return set(model.Session.scalars(ids))


def _first_downloads(counts: Mapping[Use, int]) -> list[str]:
    days = {(u.dataset, u.day) for u in counts if u.kind is Kind.DOWNLOAD}
    earlier = sa.select(Usage.dataset, Usage.day).where(
        Usage.kind == Kind.DOWNLOAD.value,
        sa.tuple_(Usage.dataset, Usage.day).in_(list(days)),
    )
    new = days - set(model.Session.execute(earlier).tuples())
    return sorted({dataset for dataset, _day in new})


def _write(counts: Mapping[Use, int]) -> None:
    uses: Counter[tuple[Any, ...]] = Counter()
    by_key: Counter[tuple[Any, ...]] = Counter()
    for use, count in counts.items():
        uses[use.dataset, use.day, use.kind.value, use.format] += count
        if use.key:
            by_key[use.key, use.dataset, use.day, use.kind.value] += count
    _add(Usage, uses)
    _add(KeyUsage, by_key)
    # what was done with a key is forgotten with it
    tokens = sa.select(model.ApiToken.id)
    model.Session.execute(sa.delete(KeyUsage).where(KeyUsage.key.not_in(tokens)))


def _add(table: type[Usage | KeyUsage], counts: Mapping[tuple[Any, ...], int]) -> None:
    columns = [column.name for column in sa.inspect(table).primary_key]
    rows = [
        {**dict(zip(columns, values, strict=True)), "count": count}
        for values, count in sorted(counts.items())
    ]
    for part in _parts(rows):
        one = insert(table).values(list(part))
        more = {"count": table.count + one.excluded.count}
        model.Session.execute(
            one.on_conflict_do_update(index_elements=columns, set_=more)
        )


def _parts(rows: list[dict[str, Any]]) -> Iterator[Iterable[dict[str, Any]]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]
