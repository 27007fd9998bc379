"""What the sources of versions are called; whoever knows sources says so."""

from __future__ import annotations

import ckan.plugins as p


class ISourceTitles(p.Interface):
    """A plugin that hands in versions from sources of its own."""

    def source_title(self, name: str, english: bool) -> str | None:
        """The title of a source; None if it is not one of this plugin."""
        return None


def source_title(name: str, english: bool) -> str:
    """The title of a source; its name if nobody knows it (any more)."""
    for plugin in p.PluginImplementations(ISourceTitles):
        if title := plugin.source_title(name, english):
            return title
    return name
