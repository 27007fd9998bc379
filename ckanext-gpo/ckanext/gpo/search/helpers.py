"""What the templates of the search need: what matched, and where a suggestion leads."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.search_kinds import all_kinds

from .pages import marks


def gpo_search_matched(
    marked: dict[str, str], thing: dict[str, Any], field: str
) -> str:
    """The title or the description of a result, with what matched in it marked."""
    text = tk.h.gpo_common_text(thing, field)
    english = tk.h.gpo_common_english() and thing.get(f"{field}_en")
    matched = marked.get(f"extras_{field}_en" if english else field)
    if field == "title":
        return marks.marked(matched or text)
    if matched:
        return marks.excerpt(matched)
    return tk.h.markdown_extract(text, marks.LENGTH)


def gpo_search_matched_columns(marked: dict[str, str]) -> list[Markup]:
    """The columns of a result in which something matched."""
    text = marked.get("extras_columns", "")
    return marks.columns(text, english=tk.h.gpo_common_english())


def gpo_search_marked(text: str) -> Markup:
    """A text with what matched in it marked."""
    return marks.marked(text)


def gpo_search_address(entry: dict[str, Any]) -> str:
    """The address of what a search suggests."""
    return all_kinds()[entry["kind"]].address(entry["name"])
