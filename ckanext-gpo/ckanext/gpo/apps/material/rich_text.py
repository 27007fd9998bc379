"""What a builder writes with marks of Markdown, as HTML in which nothing runs. Pure."""

from __future__ import annotations

from typing import Final

import nh3
from markdown import Markdown

TAGS: Final = frozenset(
    (
        *("p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote"),
        *("h3", "h4", "a", "hr", "table", "thead", "tbody", "tr", "th", "td"),
    )
)
"""Marks of text; no pictures, which stand beside it, and nothing that loads anything."""

_HEADINGS: Final = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
"""A page has its own headings above these."""


def render(text: str) -> str:
    """Markdown → HTML. Whatever it held, only `TAGS` are left, and links to web pages."""
    html = Markdown(extensions=["tables", "sane_lists"]).convert(text)
    for heading, level in _HEADINGS.items():
        html = html.replace(f"<{heading}>", f"<{level}>")
        html = html.replace(f"</{heading}>", f"</{level}>")
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"https", "http", "mailto"},
        url_relative="deny",
        link_rel="nofollow noopener ugc",
        strip_comments=True,
    )
