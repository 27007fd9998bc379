"""How often each value of a field occurs among the documents found."""

from __future__ import annotations

import tantivy
from tantivy import Query

from ckanext.gpo.search.analysis import PAIR
from ckanext.gpo.search.index import DYNAMIC_STRING, MARK, Kind, Layout, solr_date

from .request import FacetRequest
from .terms import terms_of

MAX_VALUES = 60_000
"""The engine counts this many different values of a field at most."""

Counts = list[tuple[str, int]]


def facet_counts(
    searcher: tantivy.Searcher,
    query: Query,
    facet: FacetRequest,
    layout: Layout,
    visible: Query | None = None,
) -> dict[str, Counts]:
    """The values of each field with their counts, in the order asked for.

    With `visible` the values of those documents are there too, with the count of 0.

    Equal counts are in the order of the values, so that a page shows the same each time.
    """
    columns = {name: layout.column(name) for name in facet.fields}
    counted = _aggregated(searcher, query, facet, columns)
    if visible is not None:
        for name, counts_of_all in _count(
            searcher, visible, columns, MAX_VALUES
        ).items():
            listed = {key for key, _ in counted[name]}
            counted[name] += [(key, 0) for key, _ in counts_of_all if key not in listed]
    result: dict[str, Counts] = {}
    for name, column in columns.items():
        if column is None:
            counts = _token_counts(searcher, query, name, layout)
        else:
            counts = [(_value(name, key, layout), n) for key, n in counted[name]]
        if facet.mincount > 0:
            counts = [(value, n) for value, n in counts if n >= facet.mincount]
        counts.sort(key=lambda c: (-c[1], c[0]) if facet.by_count else (0, c[0]))
        result[name] = counts[: facet.limit] if facet.limit >= 0 else counts
    return result


def _aggregated(
    searcher: tantivy.Searcher,
    query: Query,
    facet: FacetRequest,
    columns: dict[str, str | None],
) -> dict[str, list[tuple[str | int | float, int]]]:
    # Those with the highest counts are asked for; by value any of them may come first.
    cut = facet.by_count and 0 < facet.limit < MAX_VALUES
    size = facet.limit + 1 if cut else MAX_VALUES
    counted = _count(searcher, query, columns, size)
    # Where the cut falls between equal counts, all of them decide who is shown.
    tied = {
        name: columns[name]
        for name, buckets in counted.items()
        if len(buckets) == size < MAX_VALUES and buckets[-1][1] == buckets[-2][1]
    }
    if tied:
        counted.update(_count(searcher, query, tied, MAX_VALUES))
    return counted


def _count(
    searcher: tantivy.Searcher,
    query: Query,
    columns: dict[str, str | None],
    size: int,
) -> dict[str, list[tuple[str | int | float, int]]]:
    aggregations = {
        name: {
            "terms": {
                "field": column,
                "size": size,
                "segment_size": MAX_VALUES,
                "min_doc_count": 1,
            }
        }
        for name, column in columns.items()
        if column is not None
    }
    if not aggregations:
        return {}
    try:
        answer = searcher.aggregate(query, aggregations)
    except ValueError:
        # All fields together have more different values than the engine counts at once.
        answer = {
            name: searcher.aggregate(query, {name: how})[name]
            for name, how in aggregations.items()
        }
    return {
        name: [(bucket["key"], bucket["doc_count"]) for bucket in part["buckets"]]
        for name, part in answer.items()
    }


def _token_counts(
    searcher: tantivy.Searcher, query: Query, name: str, layout: Layout
) -> Counts:
    """Of a text field the words are counted, as in Solr."""
    terms = terms_of(layout, name)
    term_counts = searcher.terms_with_prefix(
        terms.field, terms.prefix, query, MAX_VALUES
    )
    counts = [
        (term[len(terms.prefix) :], count) for term, count in term_counts if count
    ]
    return [(word, count) for word, count in counts if not word.startswith(PAIR)]


def _value(name: str, key: str | int | float, layout: Layout) -> str:
    if layout.rule(name).kind is Kind.DATE:
        return solr_date(int(key))
    text = str(key)
    column = layout.column(name) or ""
    return text.removeprefix(MARK) if column.startswith(DYNAMIC_STRING) else text
