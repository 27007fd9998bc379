"""Suggestions for what somebody is typing: packages, tags, and names of other things.

Packages and tags come from the index; other names, as those of departments, are handed in.
Only what the public may see is looked at, whoever asks.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tantivy import DocAddress, Query

from ckanext.gpo.search.analysis import Span
from ckanext.gpo.search.answering import Search
from ckanext.gpo.search.index import BODY, UNPRINTABLE, all_of, filter_only
from ckanext.gpo.search.query import terms_of
from ckanext.gpo.search.scoring import Closeness

from .completion import Completion
from .names import name_of
from .typed_query import Fit, TypedQuery

MAX_LENGTH = 100
"""Characters of a query that are looked at."""

CANDIDATES = 60
"""Documents that are compared with the query."""

MAX_BEGINNINGS = 3_000
"""Up to so many documents that hold a text, those that begin with it are asked for."""

MAX_TAGS = 2_000
"""Tags that are compared with the query, those with most datasets first."""

MAX_VALUES = 60_000
"""The engine counts this many different values of a field at most."""

DEPARTMENT = "organization"
TAG = "tag"
TAGS = "tags"

ELSEWHERE = Fit(Closeness.ELSEWHERE, ())

CODES = ("extras_res_code", "extras_item_code")
PLACE = re.compile("(?:[^省市区县]{2,4}[省市])?(?:[^省市区县]{2,4}[区县市])?")
"""What stands before the name of a department: 常州市天宁区."""

FIELDS = ("name", "title", "dataset_type", "extras_title_en", *CODES)
STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
"""Read from the body as it is kept: all of it takes ten times as long."""


@dataclass(frozen=True)
class Entry:
    """Something that has a name: `kind` and `name` are its address."""

    kind: str
    name: str
    title: str
    title_en: str = ""
    code: str = ""
    description: str = ""
    description_en: str = ""


@dataclass(frozen=True)
class Suggestion:
    """An entry and which characters of its title are what was typed."""

    entry: Entry
    marks: tuple[Span, ...]


@dataclass(frozen=True)
class Public:
    """What may be shown: packages of a site that carry one of these labels.

    :param types: of the packages that the search brings
    """

    site_id: str
    labels: tuple[str, ...]
    types: tuple[str, ...]


class Suggester:
    """Suggests from one state of the index."""

    def __init__(self, search: Search, public: Public) -> None:
        self.search = search
        self.layout = search.layout
        self.searcher = search.searcher
        self.public = public

    def suggest(
        self, text: str, entries: Iterable[Entry], limit: int
    ) -> list[Suggestion]:
        """The best suggestions, not more than half of them of one kind.

        :param entries: what has a name and is no package, as it is now
        """
        text = UNPRINTABLE.sub(" ", text[:MAX_LENGTH])
        typed = TypedQuery(text, self.search.matcher.analyser)
        if not typed.readings:
            return []
        candidates = [
            *matching_entries(typed, entries),
            *self._tags(typed),
            *self._datasets(typed, limit),
        ]
        candidates.sort(key=_closeness)
        return list(_mix(candidates, limit))

    def names(
        self, text: str, kind: str, field: str, entries: Iterable[Entry] | None
    ) -> list[tuple[Entry, int]]:
        """The entries of a kind that fit, each with its number of public datasets.

        Best first; of equal ones, and if nothing is asked for, those with most datasets.

        :param field: of the index, which has the names of the entries
        :param entries: None: the names are the values of the field
        """
        counts = self.counts(field)
        if entries is None:
            entries = [Entry(kind, name, name) for name in counts]
        typed = TypedQuery(text[:MAX_LENGTH], self.search.matcher.analyser)
        candidates = [
            (_fit(typed, entry) if typed.readings else ELSEWHERE, entry)
            for entry in entries
        ]
        ranked = [(f.closeness, -counts.get(e.name, 0), e) for f, e in candidates if f]
        ranked.sort(key=lambda item: (*item[:2], item[2].title))
        return [(entry, -count) for _, count, entry in ranked]

    def _tags(self, typed: TypedQuery) -> list[tuple[Fit, Entry]]:
        """Tags of public datasets; which of those that fit are public is asked last."""
        tags = self.searcher.terms_with_prefix(TAGS, "", None, MAX_TAGS)
        candidates = list(
            matching_entries(typed, [Entry(TAG, tag, tag) for tag, _ in tags])
        )
        candidates = sorted(candidates, key=_closeness)[:CANDIDATES]
        if not candidates:
            return []
        public = self.counts(TAGS, [entry.name for _, entry in candidates])
        return [(fit, entry) for fit, entry in candidates if entry.name in public]

    def counts(self, name: str, names: Sequence[str] | None = None) -> dict[str, int]:
        """How many public datasets have each value of a field, most of them first.

        `names`: only datasets with one of these values are looked at.
        """
        query = self.public_documents(("dataset",))
        if names is not None:
            query = all_of([terms_of(self.layout, name).any_of(names), query])
        buckets = self.searcher.aggregate(
            query,
            {
                "values": {
                    "terms": {
                        "field": name,
                        "size": MAX_VALUES,
                        "segment_size": MAX_VALUES,
                    }
                }
            },
        )["values"]["buckets"]
        return {str(bucket["key"]): bucket["doc_count"] for bucket in buckets}

    def _datasets(self, typed: TypedQuery, limit: int) -> Iterator[tuple[Fit, Entry]]:
        """Datasets and items; a looser reading only where a closer one finds little."""
        places: set[tuple[int, int]] = set()
        for query in Completion(self.search.matcher).queries(typed):
            for address in self._candidates(query, typed):
                place = (address.segment_ord, address.doc)
                if place not in places:
                    places.add(place)
                    entry = entry_of(self.searcher.doc(address)[BODY][0])
                    # Sounds are those of the tags too.
                    yield from matching_entries(typed, [entry])
            if len(places) > limit:
                return

    def _candidates(self, query: Query, typed: TypedQuery) -> Iterator[DocAddress]:
        public = filter_only(self.public_documents(self.public.types))
        page = self.searcher.search(all_of([query, public]), CANDIDATES)
        yield from (address for _, address in page.hits)
        if CANDIDATES < page.count <= MAX_BEGINNINGS:  # pyright: ignore[reportAttributeAccessIssue]
            # The score does not know which titles begin so.
            begin = re.escape(typed.text) + ".*"
            query = Query.regex_query(self.layout.schema, "title_string", begin)
            page = self.searcher.search(all_of([query, public]), CANDIDATES)
            yield from (address for _, address in page.hits)

    def public_documents(self, kinds: tuple[str, ...]) -> Query:
        """Documents of these kinds that the public may see."""
        conditions = {
            "permission_labels": self.public.labels,
            "dataset_type": kinds,
            "site_id": (self.public.site_id,),
            "state": ("active",),
            "capacity": ("public",),
        }
        return all_of(
            [
                terms_of(self.layout, name).any_of(values)
                for name, values in conditions.items()
            ]
        )


def matching_entries(
    typed: TypedQuery, entries: Iterable[Entry]
) -> Iterator[tuple[Fit, Entry]]:
    """The entries that fit."""
    for entry in entries:
        if fit := _fit(typed, entry):
            yield fit, entry


def _fit(typed: TypedQuery, entry: Entry) -> Fit | None:
    """How well an entry fits by its title; else by its codes or its name in English."""
    fit = typed.fit(name_of(entry.title))
    if entry.kind == DEPARTMENT:
        fit = _better(fit, _fit_without_place(typed, entry.title))
    if fit:
        return fit
    for code in (entry.name, entry.code):
        start = code.lower().find(typed.plain)
        if start == 0:
            return Fit(
                Closeness.EXACT if len(code) == len(typed.plain) else Closeness.BEGINS,
                (),
            )
        if start > 0:
            return ELSEWHERE
    return ELSEWHERE if typed.fit(name_of(entry.title_en)) else None


def _fit_without_place(typed: TypedQuery, title: str) -> Fit | None:
    """As all departments of a district begin with its name, that says nothing."""
    match = PLACE.match(title)
    offset = match.end() if match else 0
    fit = typed.fit(name_of(title[offset:])) if offset else None
    marks = ((start + offset, end + offset) for start, end in fit.marks) if fit else ()
    return Fit(fit.closeness, tuple(marks), offset) if fit else None


def _better(one: Fit | None, other: Fit | None) -> Fit | None:
    if one and other:
        return min(other, one, key=lambda fit: (fit.closeness, len(fit.marks)))
    return one or other


def _closeness(candidate: tuple[Fit, Entry]) -> tuple[int, ...]:
    """The order of suggestions; a thing comes before the tag that is called like it."""
    fit, entry = candidate
    start = fit.marks[0][0] - fit.skipped if fit.marks else 0
    return fit.closeness, len(fit.marks), start, len(entry.title), entry.kind == TAG


def _mix(candidates: Iterable[tuple[Fit, Entry]], limit: int) -> Iterator[Suggestion]:
    """The first ones, not more than half of them of one kind.

    Each is there once; a tag only where nothing else is called so.
    """
    kinds: Counter[str] = Counter()
    keys: set[tuple[str, str]] = set()
    for fit, entry in candidates:
        key = (entry.kind, entry.title)
        if key in keys or kinds[entry.kind] >= (limit + 1) // 2:
            continue
        keys |= {key, (TAG, entry.title)}
        kinds[entry.kind] += 1
        yield Suggestion(entry, fit.marks)
        if sum(kinds.values()) == limit:
            return


def entry_of(body: bytes) -> Entry:
    """What a document is called, from its body as it is kept."""
    texts = {name: _text(body, name) for name in FIELDS}
    return Entry(
        texts["dataset_type"],
        texts["name"],
        texts["title"] or texts["name"],
        texts["extras_title_en"],
        next((texts[name] for name in CODES if texts[name]), ""),
    )


def _text(body: bytes, name: str) -> str:
    """A text of a document, without reading all of it.

    Inside other texts of the document the quotes are written in another way.
    """
    key = f'"{name}": '.encode()
    offset = body.find(key)
    match = STRING.match(body, offset + len(key)) if offset >= 0 else None
    return json.loads(match[0]) if match else ""
