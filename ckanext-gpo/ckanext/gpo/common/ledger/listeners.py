"""Events of what CKAN itself writes: rows tell of their changes, whoever made them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

import ckan.plugins as p

Listener = Callable[[sa.Connection, Any], None]

_listeners: set[tuple[type, str, Listener]] = set()


def listen(plugin: str, target: type, change: str, listener: Listener) -> None:
    """Call a room for each change of a row, while its plugin is loaded.

    SQLAlchemy keeps a listener for the life of the process, so it is told once, however
    often a plugin is loaded.

    :param target: a mapped class
    :param change: `after_insert`, `after_update` or `after_delete`
    :param listener: takes the connection of the flush, for `record`, and the entity
    """
    if (target, change, listener) in _listeners:
        return
    _listeners.add((target, change, listener))

    @sa.event.listens_for(target, change)
    def tell(_: Any, connection: sa.Connection, entity: Any) -> None:
        if p.plugin_loaded(plugin):
            listener(connection, entity)


def is_changed(entity: Any, *attributes: str) -> bool:
    """Whether the change of a row is one of these attributes."""
    state = sa.inspect(entity)
    return any(state.attrs[name].history.has_changes() for name in attributes)
