"""The words of our own domain: dictionary, synonyms and stop words, all plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

from .segmenter import Segmenter


@dataclass(frozen=True)
class Synonyms:
    """Other words for a word.

    Asking for one of a group of `groups` finds the others too; asking for the word of
    `mappings` finds what stands behind it, but not the other way round.
    """

    groups: tuple[tuple[str, ...], ...]
    mappings: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def lookup(self, word: str) -> tuple[str, ...]:
        """The other words for a word given in small letters."""
        return self._others.get(word, ())

    @cached_property
    def _others(self) -> dict[str, tuple[str, ...]]:
        table: dict[str, dict[str, None]] = {}
        pairs = [(word, group) for group in self.groups for word in group]
        for word, others in [*pairs, *self.mappings]:
            table.setdefault(word.lower(), {}).update(dict.fromkeys(others))
        return {
            word: tuple(other for other in others if other.lower() != word)
            for word, others in table.items()
        }

    @property
    def words(self) -> list[str]:
        """All words of our domain among them; what is mapped to may be any text."""
        grouped = (word for group in self.groups for word in group)
        return list(dict.fromkeys([*grouped, *(word for word, _ in self.mappings)]))


def lines(text: str) -> Iterable[str]:
    """Lines that are neither empty nor a comment."""
    stripped = (line.strip() for line in text.splitlines())
    return (line for line in stripped if line and not line.startswith("#"))


def read_synonyms(text: str) -> Synonyms:
    """A line for each group of equal words, divided by commas, or for words that also
    find others: `words => others`. Solr's synonyms.txt, but what stands before the arrow
    always finds itself too."""
    groups: list[tuple[str, ...]] = []
    mappings: list[tuple[str, tuple[str, ...]]] = []
    for line in lines(text):
        source, arrow, right = line.partition("=>")
        if arrow:
            mappings += [(word, _divided(right)) for word in _divided(source)]
        else:
            groups.append(_divided(source))
    return Synonyms(tuple(groups), tuple(mappings))


def _divided(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def resource(name: str) -> str:
    """A text file of this station."""
    return (
        resources.files("ckanext.gpo.search.analysis").joinpath(name).read_text("utf-8")
    )


def domain_synonyms() -> Synonyms:
    return read_synonyms(resource("synonyms.txt"))


def domain_stopwords() -> frozenset[str]:
    return frozenset(lines(resource("stopwords.txt")))


def domain_segmenter(synonyms: Synonyms) -> Segmenter:
    """A segmenter that knows our dictionary, every synonym and stop word as one word."""
    stopwords = (word for word in domain_stopwords() if len(word) > 1)
    return Segmenter([*lines(resource("dictionary.txt")), *synonyms.words, *stopwords])
