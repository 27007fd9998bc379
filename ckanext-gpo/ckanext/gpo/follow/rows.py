"""News of codes: records of projects and enterprises in a version that was published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.news import News, Subject, Topic
from ckanext.gpo.common.tables import Table, table

from . import codes, config
from .codes import Code, Counts, Key
from .model import Follow
from .wording import RECORDS

MOST_CODES = 10_000
"""Codes of a kind that are looked for: those with the most followers."""

_CHUNK = 100
"""Codes in one question to the DataStore."""

_PAGE = 1_000

_Followed = dict[str, set[str]]


def news_of_codes(news: News) -> Iterator[News]:
    """What a publication means for the codes that somebody follows."""
    if news.topic not in (Topic.PUBLISHED, Topic.SHAPE) or "table" not in news.facts:
        return
    try:
        described = table(news.facts["table"])
    except UnknownTable:
        return
    columns = codes.columns(described)
    followed = _followed(set(columns.values()))
    if not any(followed.values()):
        return
    for code, counter in _counts(news, described, columns, followed).items():
        yield News(
            f"{news.reference}/{code.kind}/{code.value}",
            RECORDS,
            (Subject(code.kind, code.value),),
            {
                "type": news.subject.kind,
                "id": news.subject.key,
                "name": news.facts["dataset"],
                "title": news.facts["title"],
                "code": code.value,
                "counts": {change: counter[change] for change in codes.CHANGES},
            },
            news.created,
        )


def _followed(kinds: Collection[str]) -> _Followed:
    return {kind: set(Follow.keys(kind, MOST_CODES)) for kind in set(kinds)}


def _counts(
    news: News, table: Table, columns: Mapping[str, str], followed: _Followed
) -> Counts:
    bearers = _bearers(news.subject.key, table, columns, followed)
    if news.facts["previous"] is None:
        counts: Counts = defaultdict(Counter)
        for each in bearers.values():
            for code in each:
                counts[code]["added"] += 1
        return counts
    return codes.count(_records(news), columns, followed, bearers)


def _records(news: News) -> Iterator[dict[str, Any]]:
    """The records that the publication has changed, so many as are looked through."""
    numbers = {"from": news.facts["previous"], "to": news.facts["number"]}
    return islice(_pages(news.subject.key, numbers), config.most_records())


def _pages(dataset: str, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    offset, count = 0, 1
    while offset < count:
        page = {"dataset": dataset, **numbers, "offset": offset, "limit": _PAGE}
        try:
            diff = tk.get_action("gpo_quality_version_diff")(
                Context(ignore_auth=True), page
            )
        except tk.ValidationError:  # a version keeps no file that can be compared
            return
        yield from diff["records"]
        offset, count = offset + _PAGE, diff["count"]


def _bearers(
    dataset: str, table: Table, columns: Mapping[str, str], followed: _Followed
) -> dict[Key, set[Code]]:
    """The public records that bear followed codes.

    :raises NotFound: the rows are not in place yet: the news is read again later
    """
    package = tk.get_action("package_show")(Context(ignore_auth=True), {"id": dataset})
    bearers: dict[Key, set[Code]] = defaultdict(set)
    for resource in package["resources"][:1]:
        if not resource.get("datastore_active"):
            continue
        for column, kind in columns.items():
            for row in _rows(resource["id"], column, sorted(followed[kind])):
                key = codes.record_key(row, table.primary_key)
                bearers[key].add(Code(kind, row[column]))
    return bearers


def _rows(resource: str, column: str, values: list[str]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(values), _CHUNK):
        answer = tk.get_action("datastore_search")(
            Context(ignore_auth=True),
            {
                "resource_id": resource,
                "filters": {column: values[start : start + _CHUNK]},
                "limit": config.most_records(),
                "include_total": False,
            },
        )
        yield from answer["records"]
