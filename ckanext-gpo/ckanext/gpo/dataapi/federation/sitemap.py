"""The site's map for search engines (sitemaps.org), each page in each of its languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

PAGES_PER_FILE: Final = 10_000
"""The most pages of one file; the limit of the protocol is 50,000."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS: Final = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True)
class Page:
    """A page in all its languages.

    :param addresses: language, as HTML writes it, → address; the first is the site's own
    :param modified: in ISO 8601; empty if nobody knows
    """

    addresses: Mapping[str, str]
    modified: str = ""


def sitemap(pages: Iterable[Page]) -> str:
    """One file of the map."""
    entries = "".join(map(_entries, pages))
    return f"{_HEAD}<urlset {_NAMESPACE} {_LINKS}>\n{entries}</urlset>\n"


def sitemap_index(addresses: Iterable[str]) -> str:
    """The list of the files of the map."""
    entries = "".join(
        f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses
    )
    return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{entries}</sitemapindex>\n"


def _entries(page: Page) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} '
        f"href={quoteattr(address)}/>"
        for language, address in page.addresses.items()
    )
    modified = f"<lastmod>{escape(page.modified)}</lastmod>" if page.modified else ""
    return "".join(
        f"<url><loc>{escape(address)}</loc>{modified}{links}</url>\n"
        for address in page.addresses.values()
    )
