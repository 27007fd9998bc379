"""How rooms bring operations to the REST API, and what they have brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module, resources
from pathlib import Path
from typing import Any

import ckan.plugins as p

from ckanext.gpo.common.rest import answers as schemas
from ckanext.gpo.common.rest.files import FileOperation
from ckanext.gpo.common.rest.operations import Operation
from ckanext.gpo.common.types import Translate


class IRestOperations(p.Interface):
    """A plugin with actions that the REST API has addresses for."""

    def rest_operations(self, _: Translate) -> Iterable[Operation]:
        """The operations, their words in the language of a translation."""
        return ()

    def rest_files(self, _: Translate) -> Iterable[FileOperation]:
        """The addresses that answer with a file."""
        return ()

    def rest_answers(self) -> Mapping[bool, Mapping[str, Any]]:
        """English or not → the schemas of their answers by name."""
        return {False: {}, True: {}}


class RestOperations(p.SingletonPlugin):
    """A part of a room's plugin: it brings what the room's `operations.py` lists.

    That has `operations`, and `files` if there are any; the schemas of the answers are beside
    it in `answers.yaml`.
    """

    p.implements(IRestOperations, inherit=True)

    # IRestOperations
    def rest_operations(self, _: Translate) -> Iterable[Operation]:
        return import_module(f"{self._room()}.operations").operations(_)

    def rest_files(self, _: Translate) -> Iterable[FileOperation]:
        module = import_module(f"{self._room()}.operations")
        return module.files(_) if hasattr(module, "files") else ()

    def rest_answers(self) -> Mapping[bool, Mapping[str, Any]]:
        path = Path(str(resources.files(self._room()))) / "answers.yaml"
        return {english: schemas.read(path, english) for english in (False, True)}

    def _room(self) -> str:
        return type(self).__module__.rpartition(".")[0]


def operations(_: Translate) -> list[Operation]:
    """The operations of all plugins."""
    return [
        operation
        for plugin in p.PluginImplementations(IRestOperations)
        for operation in plugin.rest_operations(_)
    ]


def files(_: Translate) -> list[FileOperation]:
    """The addresses of all plugins that answer with a file."""
    return [
        file
        for plugin in p.PluginImplementations(IRestOperations)
        for file in plugin.rest_files(_)
    ]


def answers(english: bool) -> dict[str, Any]:
    """The schemas of all plugins by name, with the descriptions of one language."""
    collected: dict[str, Any] = {}
    for plugin in p.PluginImplementations(IRestOperations):
        collected |= plugin.rest_answers()[english]
    return collected
