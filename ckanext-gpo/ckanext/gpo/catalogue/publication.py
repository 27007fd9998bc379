"""A public dataset and when it was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Publication:
    """A public dataset and the moments (ISO 8601) of its publications, newest first."""

    dataset: dict[str, Any]
    moments: list[str]

    @property
    def name(self) -> str:
        return self.dataset["name"]

    @property
    def last(self) -> str:
        return self.moments[0]

    @property
    def resource_id(self) -> str | None:
        return self._table.get("id")

    @property
    def row_count(self) -> int:
        return int(self._table.get("row_count") or 0)

    @property
    def _table(self) -> dict[str, Any]:
        resources = self.dataset.get("resources") or [{}]
        return resources[0]
