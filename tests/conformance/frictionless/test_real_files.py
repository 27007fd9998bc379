"""Other people's tables: Frictionless's own, goodtables', csvlint's, Chinese offices'.

Each is judged under the schema that Frictionless infers, and under a stern one that most
of its rows break; as it lies there, and in UTF-8 as the gate makes it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frictionless import Dialect, FrictionlessException, Resource, Schema
from frictionless.formats.csv import CsvControl
from frictionless.resources import TableResource

from tests import effort

from .agreement import Verdicts, compare, on_disk

REALDATA = Path(__file__).parents[4] / "shared" / "realdata"

TEXT = [".csv", ".tsv", ".txt"]

LARGEST = 3_000_000
"""Bytes: what is larger says nothing new."""

OPENING = effort.times(40_000, nightly=LARGEST)
"""Bytes that are read of a text: Frictionless needs seconds for each million."""

pytestmark = pytest.mark.skipif(
    not REALDATA.is_dir(), reason="real files are elsewhere"
)


def _files(*suffixes: str) -> list[Any]:
    found = [
        path
        for folder in ("frictionless", "cn", "search")
        for path in sorted((REALDATA / folder).rglob("*"))
        if path.suffix.lower() in suffixes and path.stat().st_size < LARGEST
    ]
    return [pytest.param(p, id=str(p.relative_to(REALDATA))) for p in found]


@pytest.mark.parametrize("path", _files(".csv", ".tsv"))
def test_csv(path: Path, agreed: Callable[[Verdicts], None], tmp_path: Path):
    path = _opening(path, tmp_path)
    resource = _inferred(path)
    if resource is None:
        return
    agreed(compare(resource))
    text = path.read_bytes().decode(resource.encoding or "utf-8", errors="replace")
    control = CsvControl.from_dialect(resource.dialect)
    plain = CsvControl(
        delimiter=control.delimiter, quote_char='"', skip_initial_space=False
    )
    for schema in (resource.schema, _stern(resource.schema)):
        agreed(
            compare(
                on_disk(
                    tmp_path,
                    text.lstrip("\ufeff").encode(),
                    schema=schema,
                    dialect=Dialect(controls=[plain]),
                )
            )
        )


def _opening(path: Path, folder: Path) -> Path:
    """The file as far as it is read, in whole lines."""
    if path.stat().st_size <= OPENING:
        return path
    with path.open("rb") as stream:
        content = stream.read(OPENING)
    opening = folder / path.name
    opening.write_bytes(content[: content.rfind(b"\n") + 1] or content)
    return opening


def _inferred(path: Path) -> TableResource | None:
    """The table as Frictionless understands it by itself; None if it does not."""
    resource = Resource(path=path.name, basepath=str(path.parent))
    if not isinstance(resource, TableResource):
        return None
    try:
        resource.infer()
    except FrictionlessException:
        return None
    return resource if resource.schema.fields else None


def _stern(schema: Schema) -> Schema:
    """Rules that most rows of a table break."""
    limits: dict[str, dict[str, Any]] = {
        "string": {"maxLength": 6, "pattern": "[^0-9]+"},
        "integer": {"maximum": 100},
        "number": {"minimum": 1, "maximum": 50},
        "year": {"minimum": 2010},
        "date": {"minimum": "2015-01-01"},
    }
    descriptor = schema.to_descriptor()
    for field in descriptor["fields"]:
        field["constraints"] = {"required": True, **limits.get(field["type"], {})}
    if descriptor["fields"][0]["type"] in ("string", "integer"):
        descriptor["primaryKey"] = [descriptor["fields"][0]["name"]]
    return Schema.from_descriptor(descriptor)
