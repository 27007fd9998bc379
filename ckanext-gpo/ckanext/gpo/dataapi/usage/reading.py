"""Reads what was counted from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from ckan import model

from ckanext.gpo.common import clock
from ckanext.gpo.dataapi.model import KeyUsage, Usage

from .summary import (
    Count,
    Figures,
    KeyCount,
    KeyFigures,
    dataset_figures,
    figures_by_key,
    first_day,
)
from .sums import Totals
from .use import Kind

_SUM = sa.cast(sa.func.sum(Usage.count), sa.BigInteger)


def totals(datasets: Collection[str]) -> dict[str, Totals]:
    """How often datasets were used, by name, all days; all of them are in it."""
    query = (
        sa.select(Usage.dataset, Usage.kind, _SUM)
        .where(Usage.dataset.in_(datasets))
        .group_by(Usage.dataset, Usage.kind)
    )
    used = {name: Totals() for name in datasets}
    for dataset, kind, count in model.Session.execute(query).tuples():
        used[dataset].add(Kind(kind), count)
    return used


def public_totals() -> dict[str, Totals]:
    """How often public datasets were used, by name, all days; without those that were not."""
    public = _public_names().cte()
    query = (
        sa.select(Usage.dataset, Usage.kind, _SUM)
        .join(public, Usage.dataset == public.c.name)
        .group_by(Usage.dataset, Usage.kind)
    )
    used: defaultdict[str, Totals] = defaultdict(Totals)
    for dataset, kind, count in model.Session.execute(query).tuples():
        used[dataset].add(Kind(kind), count)
    return used


def department_totals(organization_id: str) -> tuple[int, Totals]:
    """How many public datasets a department has, and how often they were used, all days."""
    own = model.Package.owner_org == organization_id
    public = _public_names().where(own).cte()
    query = (
        sa.select(Usage.kind, _SUM)
        .join(public, Usage.dataset == public.c.name)
        .group_by(Usage.kind)
    )
    used = Totals()
    for kind, count in model.Session.execute(query).tuples():
        used.add(Kind(kind), count)
    count = sa.select(sa.func.count()).select_from(public)
    return model.Session.scalar(count) or 0, used


def _public_names() -> sa.Select[tuple[str]]:
    package = model.Package
    return sa.select(package.name).where(
        package.type == "dataset",
        package.state == model.State.ACTIVE,
        package.private.is_(False),
    )


def figures(dataset: str) -> Figures:
    """All that is told of how a dataset is used, by its name."""
    query = sa.select(Usage.day, Usage.kind, Usage.format, Usage.count).where(
        Usage.dataset == dataset
    )
    counts = (
        Count(day, Kind(kind), format_, count)
        for day, kind, format_, count in model.Session.execute(query).tuples()
    )
    return dataset_figures(counts, clock.today())


def key_figures(keys: Collection[str]) -> dict[str, KeyFigures]:
    """What was done with keys in the last days, by their ids; all of them are in it."""
    today = clock.today()
    query = sa.select(
        KeyUsage.key, KeyUsage.day, KeyUsage.kind, KeyUsage.dataset, KeyUsage.count
    ).where(KeyUsage.key.in_(keys), KeyUsage.day >= first_day(today))
    counts: defaultdict[str, list[KeyCount]] = defaultdict(list)
    for key, day, kind, dataset, count in model.Session.execute(query).tuples():
        counts[key].append(KeyCount(day, Kind(kind), dataset, count))
    return {key: figures_by_key(counts[key], today) for key in keys}
