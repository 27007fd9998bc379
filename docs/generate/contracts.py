"""Which part uses what of which other part, as a table; and where that goes in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter

from docs.generate import names, owners, tree
from docs.generate.markdown import code, table
from docs.generate.owners import Thing

_GPO = "ckanext.gpo."


@dataclass(frozen=True, order=True)
class Use:
    """A part names a thing of another: in which file, by what name."""

    user: str
    thing: Thing
    file: str


@cache
def uses() -> tuple[Use, ...]:
    """Every use of another part's thing; `common` and `harvesters` included."""
    return tuple(sorted({use for part in tree.PARTS for use in _uses(part)}))


def _uses(part: str) -> Iterator[Use]:
    for path in tree.modules(part):
        file = path.relative_to(tree.ROOT).as_posix()
        for name in names.in_module(path):
            if (thing := owners.owner(name)) and thing.owner != part:
                yield Use(part, thing, file)
        for name in tree.imports(path):
            if (thing := _module(name)) and thing.owner != part:
                yield Use(part, thing, file)
    for path in tree.templates(part):
        file = path.relative_to(tree.ROOT).as_posix()
        for name in names.in_template(path):
            if (thing := owners.owner(name)) and thing.owner != part:
                yield Use(part, thing, file)


def _module(imported: str) -> Thing | None:
    """The module that an imported name is, or stands in."""
    room, _, inner = imported.removeprefix(_GPO).partition(".")
    if not imported.startswith(_GPO) or room not in tree.PARTS or not inner:
        return None
    path = tree.folder(room)
    parts = inner.split(".")
    while parts and not (
        path.joinpath(*parts).is_dir()
        or path.joinpath(*parts).with_suffix(".py").is_file()
    ):
        parts.pop()
    return Thing(room, "modules", ".".join(parts) or "__init__")


def edges(known: Iterable[Use]) -> dict[str, set[str]]:
    """User → the parts that it uses."""
    found: dict[str, set[str]] = {part: set() for part in tree.PARTS}
    for use in known:
        found[use.user].add(use.thing.owner)
    return found


def order() -> list[str]:
    """The parts, each after all that it uses.

    :raises graphlib.CycleError: parts use each other; its second argument is the circle
    """
    return list(TopologicalSorter(edges(uses())).static_order())


def circle() -> list[Use]:
    """The uses that close a circle, one way round; empty if there is none."""
    try:
        order()
    except CycleError as error:
        # graphlib goes from what is used to its user
        ring = list(reversed(error.args[1]))
        steps = set(zip(ring, ring[1:], strict=False))
        return [use for use in uses() if (use.user, use.thing.owner) in steps]
    return []


def page() -> str:
    """`docs/contracts.md`."""
    return _HEAD + "".join(map(_section, tree.PARTS))


_HEAD = """\
# Contracts between rooms

Rooms do not import each other. What one uses of another it calls by name: an action, an
endpoint, a helper or a template, a signal or an interface; what several need stands in
`common/`. This page is generated from the code (`python -m docs.generate`). A test fails
when it is out of date, and when following the names leads back to where one began.
"""


def _section(part: str) -> str:
    by_owner: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for use in uses():
        if use.user == part:
            by_owner[use.thing.owner][use.thing.kind].add(use.thing.name)
    rows = [
        [
            owner,
            kind,
            ", ".join(
                code(name.removeprefix(names.INTERFACE)) for name in sorted(found)
            ),
        ]
        for owner, kinds in sorted(by_owner.items())
        for kind, found in sorted(kinds.items())
    ]
    body = (
        table(["of", "what", "which"], rows)
        if rows
        else "Uses nothing of the others.\n"
    )
    return f"\n## {part}\n\n{body}"
