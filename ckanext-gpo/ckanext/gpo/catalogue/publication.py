"""A public dataset and its publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Publication:
    """What a list tells of a public dataset.

    `record` is what `model.public_datasets` tells of it, `version` the id of the version
    that is public, `published` the moment (ISO 8601) when it became so.
    """

    record: dict[str, Any]
    version: str
    published: str
    row_count: int

    @property
    def name(self) -> str:
        return self.record["name"]

    @property
    def resource_id(self) -> str | None:
        return self.record["resource_id"]
