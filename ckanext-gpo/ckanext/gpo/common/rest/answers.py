"""Schemas of answers, in files: JSON Schema 2020-12 as YAML, by name.

A `description` there is Chinese, `description_en` beside it English; read, a schema has the
one of the reader's language. Pure.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml


@cache
def read(path: Path, english: bool) -> dict[str, Any]:
    """The schemas of a file by name. Do not modify the result."""
    return _in_language(yaml.safe_load(path.read_text("utf-8")), english)


def _in_language(part: Any, english: bool) -> Any:
    if isinstance(part, list):
        return [_in_language(each, english) for each in cast("list[Any]", part)]
    if not isinstance(part, dict):
        return part
    schema = cast("dict[str, Any]", part)
    if isinstance(schema.get("description"), str):
        text = schema["description_en" if english else "description"]
        rest = {k: v for k, v in schema.items() if k != "description_en"}
        schema = {**rest, "description": text}
    return {name: _in_language(each, english) for name, each in schema.items()}


def reference(name: str) -> dict[str, str]:
    """A schema by its name, in a document that has it among its components."""
    return {"$ref": f"#/components/schemas/{name}"}
