"""Actions of the search besides CKAN's own."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.search import public
from ckanext.gpo.search.suggesting import Suggestion

from . import schema

MAX_SUGGESTIONS = 20


@tk.side_effect_free
@tk.validate_action_data(schema.suggest)
def gpo_search_suggest(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Suggest names for what somebody is typing, best first.

    Chinese in part or as an abbreviation, traditional characters, pinyin in part, initials,
    English names, codes. Answers everybody with the same: what is public.

    :param q: what is typed so far; of more than 100 characters the first 100 count
    :type q: string
    :param limit: how many, 1 to 20 (default: 8); half of them of one kind at most
    :type limit: int

    :returns: for each `kind` (dataset, disclosure-item, organization, group or tag),
        `name`, `title`, `title_en` if it has one, and `marks`: `[start, end)` of the
        stretches of the title that are what was typed, in characters
    :rtype: list of dictionaries
    """
    tk.check_access("gpo_search_suggest", context, data_dict)
    limit = min(max(data_dict["limit"], 1), MAX_SUGGESTIONS)
    found = public.now().suggest(data_dict["q"], public.groups(), limit)
    return [_suggestion(suggestion) for suggestion in found]


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    entry = suggestion.entry
    shown: dict[str, Any] = {
        "kind": entry.kind,
        "name": entry.name,
        "title": entry.title,
        "marks": [list(mark) for mark in suggestion.marks],
    }
    if entry.title_en:
        shown["title_en"] = entry.title_en
    return shown
