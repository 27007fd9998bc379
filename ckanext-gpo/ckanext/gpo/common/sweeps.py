"""What is looked after every minute: rooms declare it, a worker of the site does it."""

from __future__ import annotations

import logging

import ckan.plugins as p
from ckan import model

log = logging.getLogger(__name__)


class ISweep(p.Interface):
    """A plugin whose work stands in the database, and is taken up whatever cut it off."""

    def sweep(self) -> None:
        """Queue what is open. Called every minute while a worker idles, by each of them.

        It is done between two jobs, so it takes no longer than a moment.
        """


def sweep_all() -> None:
    """Let all plugins sweep; one that fails does not keep the others from it."""
    for plugin in p.PluginImplementations(ISweep):
        try:
            plugin.sweep()
        except Exception:
            log.exception("%s looks again at the next time", plugin.name)
        finally:
            model.Session.remove()
