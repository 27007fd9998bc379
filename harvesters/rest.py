"""Paged JSON services."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import ckan.plugins as p

from ckanext.gpo.harvest import config
from ckanext.gpo.harvest.base import GpoHarvester
from ckanext.gpo.harvest.extract import Extract, Row
from ckanext.gpo.harvest.failures import HarvestError, Translate
from ckanext.gpo.harvest.kind import Kind
from ckanext.gpo.harvest.sources import Source, SourceTable
from ckanext.harvest.interfaces import IHarvester

from .service import Service, ServiceError, invalid

_TABLE = {
    "required": ["path", "items_path"],
    "properties": {
        "path": {"type": "string", "pattern": r"^/[^/?#\\][^?#\\]*$"},
        "params": {"type": "object", "additionalProperties": {"type": "string"}},
        "paging": {
            "type": "object",
            "required": ["style", "param", "size_param", "size"],
            "additionalProperties": False,
            "properties": {
                "style": {"enum": ["page", "offset"]},
                "param": {"type": "string", "minLength": 1},
                "size_param": {"type": "string", "minLength": 1},
                "size": {"type": "integer", "minimum": 1, "maximum": 10000},
            },
        },
        "items_path": {"type": "string"},
        "total_path": {"type": "string", "minLength": 1},
    },
}
_SOURCE = {"token_header": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]*$"}}

_NOTHING = object()


def _words(_: Translate) -> tuple[str, str]:
    return (
        _("JSON service"),
        _("Paged JSON of a business system's web service"),
    )


class RestHarvester(GpoHarvester, p.SingletonPlugin):
    """The rows of a JSON service, page by page."""

    p.implements(IHarvester)

    kind = Kind(
        name="rest",
        words=_words,
        address="https://service.example/",
        table=_TABLE,
        source=_SOURCE,
        error=ServiceError,
    )

    def extract(self, source: Source, table: SourceTable) -> Extract:
        place = f"{source.connection} · {table.options['path']}"
        columns = tuple(dict.fromkeys(table.columns.values()))
        return Extract(columns, _rows(source, table, columns, place), place)


def _rows(
    source: Source, table: SourceTable, columns: tuple[str, ...], place: str
) -> Generator[Row, None, None]:
    with Service(source.connection, source.options.get("token_header")) as service:
        for items in _pages(service, table.options, place):
            _check(items, columns, place)
            for item in items:
                yield 0, [value_at(item, column, None) for column in columns]


def _pages(
    service: Service, options: Mapping[str, Any], place: str
) -> Generator[list[dict[str, Any]], None, None]:
    """The lists of rows, until one is empty or the announced total is there.

    A short page does not end it: services cap the size that is asked for.
    """
    paging = options.get("paging")
    received, previous, total = 0, None, None
    for number in range(config.max_pages()):
        params = dict(options.get("params", {}))
        if paging:
            position = number + 1 if paging["style"] == "page" else received
            params |= {
                paging["param"]: str(position),
                paging["size_param"]: str(paging["size"]),
            }
        answer = service.get(options["path"], params, place)
        items = _items(answer, options["items_path"], place)
        if items and items == previous:
            raise invalid(place, "same-page")
        received += len(items)
        total = _total(answer, options.get("total_path"), place)
        if items:
            yield items
        if not paging or not items or received == total:
            break
        previous = items
    else:
        raise invalid(place, "too-many-pages", limit=config.max_pages())
    if total is not None and received != total:
        raise ServiceError(
            "source-incomplete", place=place, announced=total, received=received
        )


def value_at(item: Any, path: str, default: Any) -> Any:
    """The value at a dotted path; a key that itself holds the dots comes first."""
    if isinstance(item, Mapping) and path in item:
        return item[path]
    for part in path.split(".") if path else ():
        if not isinstance(item, Mapping) or part not in item:
            return default
        item = item[part]
    return item


def _items(answer: Any, path: str, place: str) -> list[dict[str, Any]]:
    items = value_at(answer, path, _NOTHING)
    if not isinstance(items, list):
        raise invalid(place, "no-list", path=path)
    if not all(isinstance(item, Mapping) for item in items):
        raise invalid(place, "no-objects", path=path)
    return items


def _total(answer: Any, path: str | None, place: str) -> int | None:
    if path is None:
        return None
    total = value_at(answer, path, None)
    if isinstance(total, bool) or not str(total).isdecimal():
        raise invalid(place, "no-total", path=path)
    return int(total)


def _check(items: list[dict[str, Any]], columns: tuple[str, ...], place: str) -> None:
    """A column that no row of a page has is missing; one row may well lack a key."""
    missing = [
        column
        for column in columns
        if all(value_at(item, column, _NOTHING) is _NOTHING for item in items)
    ]
    if missing:
        raise HarvestError(
            "source-column-missing",
            place=place,
            columns="、".join(missing),
            found="、".join(dict.fromkeys(key for item in items for key in item)),
        )
