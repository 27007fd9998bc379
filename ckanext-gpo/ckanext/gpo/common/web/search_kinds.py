"""The kinds of things that the one search finds: a room declares what it brings.

A room with things to find implements `ISearchKinds` in its plugin: packages of a type of its
own, or names, as those of departments. Tabs, suggestions and lists of results follow from
that, so that a room comes and goes without a change of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import ckan.plugins as p
import ckan.plugins.toolkit as tk

Words = Callable[[], str]
"""A text in the language of the present request."""

NAME = "__name__"
"""In the place of a name in `SearchKind.pattern`; no address writes it in another way."""


@dataclass(frozen=True)
class NamedThing:
    """Something that is found by its name alone; `name` is its address, texts may be empty."""

    name: str
    title: str
    title_en: str = ""
    description: str = ""
    description_en: str = ""


@dataclass(frozen=True)
class Names:
    """Where the names of a kind come from that is no type of package.

    :param field: of the index, with the names that stand at each dataset
    :param read: all things of the kind, asked anew each time; None: the values of the field
        are the names
    """

    field: str
    read: Callable[[], Iterable[NamedThing]] | None = None


@dataclass(frozen=True)
class Tab:
    """A kind on the page of results, with a list of its own at `/<kind>/`.

    :param title: of the tab and of the list: “Disclosure items”
    :param template: of packages a snippet for one result; it is given `package`, and by the
        search `title`, `notes` and `columns` with what matched marked. Of names a snippet
        for the list: it is given `form` (a `SearchForm`) and `page`, of `gpo_search_names`
    """

    title: Words
    template: str


@dataclass(frozen=True)
class SearchKind:
    """One kind of thing that is found.

    :param name: the type of its packages, or what the API calls the kind
    :param label: what one of them is called, beside a suggestion: “Disclosure item”
    :param order: the lowest comes first; the rooms leave tens between theirs
    :param endpoint: the page of one thing, whose `argument` takes its name
    :param tab: None: suggested only, which packages cannot be: the page of results has them
    :param names: None: the things are packages
    """

    name: str
    label: Words
    order: int
    endpoint: str
    argument: str = "id"
    tab: Tab | None = None
    names: Names | None = None

    def __post_init__(self) -> None:
        if self.names is None and self.tab is None:
            raise ValueError(f"{self.name}: packages need a tab")

    def address(self, name: str) -> str:
        """The page of one thing, in the language of the present request."""
        return tk.url_for(self.endpoint, **{self.argument: name})

    @property
    def pattern(self) -> str:
        """The address of any thing of the kind, with `NAME` in the place of its name."""
        return self.address(NAME)


class ISearchKinds(p.Interface):
    """A plugin whose things are found by the search."""

    def search_kinds(self) -> Iterable[SearchKind]:
        """The kinds that this plugin brings; asked outside of requests too."""
        return ()


def all_kinds() -> dict[str, SearchKind]:
    """The kinds of all plugins by name, in their order."""
    kinds = [
        kind
        for plugin in p.PluginImplementations(ISearchKinds)
        for kind in plugin.search_kinds()
    ]
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: kind.order)}


def package_types() -> tuple[str, ...]:
    """The kinds that are types of packages."""
    return tuple(name for name, kind in all_kinds().items() if kind.names is None)


def name_sources() -> dict[str, Names]:
    """Where the names of the other kinds come from."""
    return {name: kind.names for name, kind in all_kinds().items() if kind.names}


def tabs() -> dict[str, Tab]:
    """The tabs of the page of results by the name of their kind, in their order."""
    return {name: kind.tab for name, kind in all_kinds().items() if kind.tab}
