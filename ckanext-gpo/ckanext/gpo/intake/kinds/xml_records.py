"""XML whose records stand at the declared path; read by lxml."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Grid, Row
from ckanext.gpo.intake.steps import IntakeError

from . import markup, records
from .documents import read_whole
from .limits import Limits


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of the elements at the declared path, or of the children of the only one.

    An element's attributes and the elements in it are its cells.

    :raises IntakeError: `path-undeclared`, `path-missing`, `xml-malformed`,
        `xml-entities`, `document-too-large`
    """
    try:
        root = markup.parse(read_whole(path, limits))
    except markup.MALFORMED as err:
        raise markup.malformed(err) from err
    if not declaration.path:
        raise IntakeError("path-undeclared", paths="、".join(_likely_paths(root)))
    elements = _elements(root, declaration.path)
    if not elements:
        paths = "、".join(_likely_paths(root))
        raise IntakeError("path-missing", path=declaration.path, paths=paths)
    entries = [_record(element) for element in elements]
    keys = records.header(entries, limits)
    rows = records.rows(enumerate(entries, 1), keys, limits)
    return Grid(
        "xml", rows, encoding=(root.getroottree().docinfo.encoding or "").lower()
    )


def _children(element: Any) -> list[Any]:
    return [child for child in element if markup.local_name(child)]


def _elements(root: Any, path: str) -> list[Any]:
    names = [name for name in path.split("/") if name]
    if names and names[0] == markup.local_name(root):
        names = names[1:]
    elements = [root]
    for name in names:
        elements = [
            child
            for element in elements
            for child in _children(element)
            if markup.local_name(child) == name
        ]
    if len(elements) == 1 and all(_children(child) for child in _children(elements[0])):
        return _children(elements[0])
    return elements


def _record(element: Any) -> dict[str, Any]:
    record: dict[str, Any] = {
        key.rpartition("}")[2]: value for key, value in element.attrib.items()
    }
    for child in _children(element):
        value = _record(child) if _children(child) else (child.text or "").strip()
        name = markup.local_name(child)
        if name in record:
            previous = record[name]
            record[name] = [
                *(previous if isinstance(previous, list) else [previous]),
                value,
            ]
        else:
            record[name] = value
    return record


def _likely_paths(root: Any) -> Iterator[str]:
    """Paths whose elements come several times and hold others."""
    counts: dict[str, int] = {}
    pending = [(markup.local_name(root), root)]
    while pending and len(pending) < 1000:
        path, element = pending.pop(0)
        for child in _children(element):
            if _children(child):
                name = f"{path}/{markup.local_name(child)}"
                counts[name] = counts.get(name, 0) + 1
                if counts[name] == 1:
                    pending.append((name, child))
    return (path for path, count in counts.items() if count > 1)
