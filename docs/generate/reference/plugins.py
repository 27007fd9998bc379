"""`plugins.md`: every plugin, and what it hooks into."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, distribution
from inspect import getdoc

import ckan.plugins as p

from docs.generate.markdown import code, first_paragraph, table

_HEAD = """\
# Plugins

What `ckan.plugins` can name, by distribution. *Hooks* are the interfaces of CKAN and of its
extensions that a plugin implements.

"""


_DISTRIBUTIONS = ("ckanext-gpo", "gpo-harvesters")


def page() -> str:
    rows = []
    for name, entry in plugins():
        plugin = entry.load()
        text = first_paragraph(getdoc(plugin) or "")
        rows.append([code(entry.name), name, text, _hooks(plugin)])
    return _HEAD + table(["plugin", "distribution", "what it is", "hooks"], rows)


def plugins() -> Iterator[tuple[str, EntryPoint]]:
    """Every plugin with the distribution that it comes in."""
    for name in _DISTRIBUTIONS:
        entries = distribution(name).entry_points.select(group="ckan.plugins")
        yield from ((name, entry) for entry in sorted(entries, key=lambda e: e.name))


def _hooks(plugin: type) -> str:
    names = {
        interface.__name__
        for interface in _subclasses(p.Interface)
        if interface.implemented_by(plugin)
        and not issubclass(interface, p.SingletonPlugin)
    }
    return ", ".join(map(code, sorted(names)))


def _subclasses(base: type[p.Interface]) -> Iterator[type[p.Interface]]:
    for interface in base.__subclasses__():
        yield interface
        yield from _subclasses(interface)
