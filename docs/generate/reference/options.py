"""`options.md`: every option of the platform, from its config_declaration.yaml files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from docs.generate import tree
from docs.generate.markdown import code, table

_HEAD = """\
# Options

What can be set in the site's ini file beside CKAN's own options.
"""


def page() -> str:
    groups = [_group(path) for path in _declarations()]
    return _HEAD + "".join(groups)


def keys() -> list[str]:
    """Every declared option."""
    return [option["key"] for path in _declarations() for option in _options(path)]


def _declarations() -> list[Path]:
    return sorted(tree.GPO.glob("*/config_declaration.yaml"))


def _options(path: Path) -> Iterator[dict[str, Any]]:
    for group in yaml.safe_load(path.read_text("utf-8"))["groups"]:
        yield from group["options"]


def _group(path: Path) -> str:
    rows = [
        [
            code(option["key"]),
            option.get("type", "text"),
            _default(option),
            option["description"],
        ]
        for option in _options(path)
    ]
    head = ["option", "kind", "default", "what it does"]
    return f"\n## gpo_{path.parent.name}\n\n{table(head, rows)}"


def _default(option: dict[str, Any]) -> str:
    value = option.get("default", option.get("placeholder", ""))
    if value == "":
        return "–"
    return code(str(value).lower() if isinstance(value, bool) else str(value))
