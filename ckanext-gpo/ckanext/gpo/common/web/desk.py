"""The desk of a reader with work to do: rooms declare their part, the portal draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ckan.plugins as p


@dataclass(frozen=True)
class Panel:
    """What one room has for the reader of the desk.

    :param order: the lowest comes first; the rooms leave tens between theirs
    """

    order: int
    template: str
    variables: Mapping[str, Any]


class IDesk(p.Interface):
    """A plugin whose work waits on the desk."""

    def desk_panels(self) -> Iterable[Panel]:
        """For the reader of the page, who looks after data of a department."""
        return ()


def panels() -> list[Panel]:
    """The panels of all plugins, in their order."""
    return sorted(
        (
            panel
            for plugin in p.PluginImplementations(IDesk)
            for panel in plugin.desk_panels()
        ),
        key=lambda panel: panel.order,
    )
