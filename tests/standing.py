"""What stays up from one test to the next: loaded plugins, and the application on them.

Loading all plugins takes CKAN half a second, and its fixtures do it before every test and
again for every application. What comes of it depends on the configuration alone, so it
is done anew only where a test has another one, or has touched what is loaded.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import yaml

import ckan.plugins as p
from ckan import model
from ckan.common import config
from ckan.config import middleware
from ckan.lib import app_globals
from ckan.plugins import core
from ckan.tests import helpers
from ckan.tests.helpers import CKANTestApp


class Standing:
    """The plugins and the application of the test before, as long as they still serve."""

    def __init__(self) -> None:
        self._forget()

    def load(self, *, force_update: bool = False) -> None:
        """Have the configured plugins loaded: CKAN's `load_all`."""
        if self._serves():
            _set(self._configured)
            model.Session.remove()
            return
        self._forget()
        asked = _now()
        engine = model.meta.engine
        with _quick():
            _load_all(force_update=force_update)
        # CKAN has made another one, and the connections of this one would stay
        if engine is not None and engine is not model.meta.engine:
            engine.dispose()
        self._services, self._asked, self._configured = _loaded(), asked, _now()

    def app(self) -> CKANTestApp:
        """Return a client without cookies for the application on those plugins."""
        if not (self._app and self._serves()):
            with mock.patch.object(p, "load_all", self.load), _quick():
                client = helpers._get_test_app()
            self._app, self._app_config = client.app, dict(client.flask_app.config)
            return client
        self.load()
        config["testing"] = True
        app_globals.reset()
        client = CKANTestApp(self._app)
        client.flask_app.config.clear()
        client.flask_app.config.update(self._app_config)
        middleware._internal_test_request_context = (
            client.flask_app.test_request_context()
        )
        return client

    def clear_away(self) -> None:
        """Unload what a test has loaded in the place of what stood."""
        if self._services != _loaded():
            p.unload_all()
            self._forget()

    def unload(self) -> None:
        """Take down what stands, if it does."""
        if self._services and self._services == _loaded():
            p.unload_all()
        self._forget()

    def _serves(self) -> bool:
        """Whether loading would bring about what is loaded already."""
        known = (self._asked, self._configured)
        return self._services == _loaded() and _compared(config.store) in map(
            _compared, known
        )

    def _forget(self) -> None:
        self._services: list[Any] | None = None
        self._asked: dict[str, Any] = {}
        self._configured: dict[str, Any] = {}
        self._app: Any = None
        self._app_config: dict[str, Any] = {}


_load_all = p.load_all
_entry_points = functools.cache(core.entry_points)


@contextmanager
def _quick() -> Iterator[None]:
    """Loading without what takes most of its time, and comes to the same.

    CKAN looks through all installed distributions for each plugin, and parses YAML in
    Python.
    """
    load_yaml = functools.partial(yaml.load, Loader=yaml.CSafeLoader)
    with (
        mock.patch.object(core, "entry_points", _entry_points),
        mock.patch.object(yaml, "safe_load", load_yaml),
    ):
        yield


def _compared(options: dict[str, Any]) -> dict[str, Any]:
    # A client of the application sets this one, to the same whatever it was.
    return options | {"testing": True}


def _now() -> dict[str, Any]:
    return copy.deepcopy(config.store)


def _set(options: dict[str, Any]) -> None:
    config.clear()
    config.update(copy.deepcopy(options))


def _loaded() -> list[Any]:
    return list(core._PLUGINS_SERVICE.values())
