"""How often something was used, by what was done."""

from __future__ import annotations

from dataclasses import dataclass

from .use import Kind


@dataclass
class Totals:
    """Page views, downloads, and calls of the API."""

    views: int = 0
    downloads: int = 0
    calls: int = 0

    def add(self, kind: Kind, count: int) -> None:
        match kind:
            case Kind.VIEW:
                self.views += count
            case Kind.DOWNLOAD:
                self.downloads += count
            case Kind.CALL:
                self.calls += count
