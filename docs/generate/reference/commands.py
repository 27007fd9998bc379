"""`commands.md`: every command that the platform adds to `bin/ckan`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import click

from docs.generate import tree
from docs.generate.markdown import code, first_paragraph, table

_HEAD = """\
# Commands

What the platform adds to CKAN's command line: `bin/ckan <command>`. Every command tells its
options with `--help`.

"""


def page() -> str:
    rows = [
        [code(_call(path, command)), first_paragraph(command.help or "")]
        for path, command in commands()
    ]
    return _HEAD + table(["command", "what it does"], rows)


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups themselves left out."""
    for room in (*tree.ROOMS, "common"):
        if (tree.folder(room) / "cli.py").exists():
            module = import_module(f"ckanext.gpo.{room}.cli")
            for name in module.__all__:
                yield from _walk(getattr(module, name), "")


def _walk(command: click.Command, before: str) -> Iterator[tuple[str, click.Command]]:
    path = f"{before} {command.name}".strip()
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in sorted(command.commands):
        yield from _walk(command.commands[name], path)


def _call(path: str, command: click.Command) -> str:
    context = click.Context(command)
    usage = [piece for each in command.params for piece in _usage(each, context)]
    return " ".join([path, *usage])


def _usage(parameter: click.Parameter, context: click.Context) -> list[str]:
    if isinstance(parameter, click.Argument):
        return [parameter.make_metavar(context)]
    name = max(parameter.opts, key=len)
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return [f"[{name}]"]
    return [f"[{name} {parameter.make_metavar(context)}]"]
