"""What a request asks for, as queries of the engine.

In: Solr's parameters as text. Out: a `Request`, read and checked; for each tier of
results the query of the engine, and the filters; the counts of facets. What was looked
for in which field is recorded on the way, for highlights.
"""

from __future__ import annotations

from .approximate_match import ApproximateMatch
from .builder import QueryBuilder
from .dismax import weighted_fields
from .facets import facet_counts
from .highlight_request import HighlightRequest, Shape
from .lucene import Scope
from .matching import Matcher
from .request import Request, read_request
from .term_recorder import Accept, TermPredicate, TermRecorder, TermSequence
from .terms import FieldTerms, distance, terms_of

__all__ = [
    "Accept",
    "ApproximateMatch",
    "FieldTerms",
    "HighlightRequest",
    "Matcher",
    "QueryBuilder",
    "Request",
    "TermSequence",
    "Scope",
    "Shape",
    "TermRecorder",
    "TermPredicate",
    "distance",
    "facet_counts",
    "read_request",
    "terms_of",
    "weighted_fields",
]
