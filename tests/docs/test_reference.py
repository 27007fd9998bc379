"""The reference leaves nothing out: it is held against what CKAN has registered."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

import ckan.plugins as p
from ckan.common import config_declaration
from ckan.config.declaration import Flag
from ckan.logic import get_action

from docs.generate.reference import actions, commands, options, plugins

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_every_option_stands_in_it():
    declared = {
        str(key)
        for key in config_declaration.iter_options(exclude=Flag.none())
        if str(key).startswith("ckanext.gpo.")
    }

    assert declared
    assert set(options.keys()) == declared


def test_every_action_stands_in_it():
    get_action("status_show")  # fills CKAN's cache of actions
    from ckan.logic import _actions

    ours = {name for name in _actions if name.startswith("gpo_")}
    told = {each.name for each in actions.actions() if not each.changes}

    assert ours
    assert told == ours


def test_every_action_of_ckan_that_a_room_changes_stands_in_it():
    chained = {
        name
        for plugin in p.PluginImplementations(p.IActions)
        if plugin.name.startswith("gpo_")
        for name, function in plugin.get_actions().items()
        if getattr(function, "chained_action", False)
    }

    assert chained
    assert {each.name for each in actions.actions() if each.changes} == chained


def test_every_action_says_what_it_does_and_for_whom():
    told = list(actions.actions())

    assert not [each.name for each in told if not each.text]
    assert not [each.name for each in told if not each.changes and not each.rule]


def test_every_command_stands_in_it():
    registered = {
        path
        for plugin in p.PluginImplementations(p.IClick)
        if plugin.name.startswith("gpo_")
        for command in plugin.get_commands()
        for path in _paths(command, "")
    }

    assert registered
    assert {path for path, _ in commands.commands()} == registered


def test_every_plugin_that_the_site_loads_stands_in_it():
    loaded = {plugin.name for plugin in p.PluginImplementations(p.IConfigurer)}

    assert {name for name in loaded if name.startswith("gpo_")} <= {
        entry.name for _, entry in plugins.plugins()
    }


def _paths(command: click.Command, before: str) -> Iterator[str]:
    path = f"{before} {command.name}".strip()
    if not isinstance(command, click.Group):
        yield path
        return
    for each in command.commands.values():
        yield from _paths(each, path)
