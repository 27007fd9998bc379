"""Pages of CKAN whose content stands on a page of ours: rooms declare, the portal leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ckan.plugins as p


@dataclass(frozen=True)
class Replacement:
    """A page of ours in the place of one of CKAN's.

    :param argument: the one of the endpoint that takes the `id` of CKAN's address
    """

    endpoint: str
    argument: str | None = None
    anchor: str | None = None


class IReplacedPages(p.Interface):
    """A plugin with pages in the place of CKAN's."""

    def replaced_pages(self) -> Mapping[str, Replacement]:
        """CKAN's endpoint → the page in its place.

        Of `activity.*_changes`, which compare raw records of two activities, the page is
        one of the dataset, group or organization that was changed.
        """
        return {}


def all_replaced_pages() -> dict[str, Replacement]:
    """What all plugins declare."""
    pages: dict[str, Replacement] = {}
    for plugin in p.PluginImplementations(IReplacedPages):
        pages |= plugin.replaced_pages()
    return pages
