"""Whether a reader of a page asks for its RDF, and in which form."""

from __future__ import annotations

from typing import Final

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

RDF_TYPES: Final = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
}
"""Media type → ending of the address where a dataset or the catalogue is in that form."""

PAGE: Final = "text/html"


def rdf_ending(accept: str) -> str:
    """The ending of the form that a reader likes more than a page; empty for the page.

    :param accept: the header of that name
    """
    if not any(media_type in accept for media_type in RDF_TYPES):
        return ""  # a reader of pages, as almost all are
    accepted = parse_accept_header(accept, MIMEAccept)
    return RDF_TYPES.get(accepted.best_match([PAGE, *RDF_TYPES]) or PAGE, "")
