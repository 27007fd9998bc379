"""Actions of the search besides CKAN's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic.action import get as ckan_actions
from ckan.types import Action, Context, DataDict

from ckanext.gpo.common import clock
from ckanext.gpo.common.web.search_kinds import package_types
from ckanext.gpo.search.adapter import find_params, passthrough, public_index
from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.index import UNPRINTABLE
from ckanext.gpo.search.model import zero_result_queries_since
from ckanext.gpo.search.record_finder import answers, find, find_beginning
from ckanext.gpo.search.suggest import MAX_LENGTH, Suggestion
from ckanext.gpo.search.zero_result_queries import RETENTION

from . import schema

MAX_SUGGESTIONS = 20
MAX_NAMES = 100
MAX_RECORDS = 100
MAX_ZERO_RESULT_QUERIES = 1_000


@tk.chained_action
@tk.side_effect_free
def package_search(
    ckan_search: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """CKAN's own, for values of the types that it expects."""
    passthrough.check(data_dict)
    return ckan_search(context, data_dict)


# What `help_show` tells: CKAN copies these attributes to the action in its place.
vars(package_search)["__doc__"] = ckan_actions.package_search.__doc__


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

    :returns: for each `kind` (dataset, disclosure-item, organization, group, tag, …: what
        the rooms of the site bring), `name`, `title`, `title_en` if it has one, and `marks`:
        `[start, end)` of the stretches of the title that are what was typed, in characters.
        Before them the one `project`, `enterprise` or `record` whose code, number or name
        begins so; of a record `name` is the dataset, and `query` its key as a query string
    :rtype: list of dictionaries
    """
    tk.check_access("gpo_search_suggest", context, data_dict)
    limit = min(max(data_dict["limit"], 1), MAX_SUGGESTIONS)
    suggestions = public_index.public_suggester().suggest(
        data_dict["q"], public_index.all_names(), limit
    )
    row = answers.suggestion(find_beginning(UNPRINTABLE.sub(" ", data_dict["q"])))
    rows = [row] if row else []
    return (rows + [_suggestion(suggestion) for suggestion in suggestions])[:limit]


@tk.side_effect_free
@tk.validate_action_data(schema.alternatives)
def gpo_search_alternatives(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Tell what to ask instead of a query that found nothing, or only guesses.

    By sound, with one wrong, missing or exchanged character, with slips of the keyboard;
    else with the words left out that are not found. Only from what is public.

    :param q: what was asked, in plain words; nothing is told about Lucene syntax
    :type q: string
    :param fq: the filters of that search, as `package_search` takes them
    :type fq: string
    :param fq_list: more filters
    :type fq_list: list of strings

    :returns: `did_you_mean`: up to three queries that find public datasets with the same
        filters; `nearest`: up to five names as `gpo_search_suggest` tells them, without
        the filters; `guessed`: whether what `package_search` finds is itself guessed
    :rtype: dictionary
    :raises ValidationError: a filter cannot be read
    """
    tk.check_access("gpo_search_alternatives", context, data_dict)
    q = UNPRINTABLE.sub(" ", data_dict["q"]).strip()
    none: dict[str, Any] = {"did_you_mean": [], "nearest": [], "guessed": False}
    if not q or len(q) > MAX_LENGTH or ":" in q:
        return none
    spelling = public_index.public_spelling(
        [data_dict["fq"], *data_dict.get("fq_list", [])]
    )
    try:
        spelling.check()
    except QueryError as error:
        raise tk.ValidationError({"fq": [str(error)]}) from error
    try:
        return {
            "did_you_mean": spelling.meanings(q),
            "nearest": [
                _suggestion(suggestion)
                for suggestion in spelling.nearest(q, public_index.all_names())
            ],
            "guessed": spelling.is_guessed(q),
        }
    except QueryError:  # no plain words; `package_search` says what is wrong
        return none


@tk.side_effect_free
@tk.validate_action_data(schema.names)
def gpo_search_names(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Search departments, domains or tags by name.

    :param q: what to find, as in `gpo_search_suggest`; all of them if it is empty
    :type q: string
    :param kind: organization, group or tag (default: organization)
    :type kind: string
    :param start: how many to pass over (default: 0)
    :type start: int
    :param rows: how many at most, up to 100 (default: 20)
    :type rows: int

    :returns: `count`, and `results`: best first, else those with most datasets first; for
        each `kind`, `name`, `title`, `title_en`, `description`, `description_en` and
        `dataset_count`, the number of its public datasets
    :rtype: dictionary
    """
    tk.check_access("gpo_search_names", context, data_dict)
    q = UNPRINTABLE.sub(" ", data_dict["q"])
    kind, start = data_dict["kind"], data_dict["start"]
    matches = public_index.find_names(q, kind)
    rows = min(data_dict["rows"], MAX_NAMES)
    return {
        "count": len(matches),
        "results": [
            {
                "kind": entry.kind,
                "name": entry.name,
                "title": entry.title,
                "title_en": entry.title_en,
                "description": entry.description,
                "description_en": entry.description_en,
                "dataset_count": count,
            }
            for entry, count in matches[start : start + rows]
        ],
    }


@tk.side_effect_free
@tk.validate_action_data(schema.zero_result_query_list)
def gpo_search_zero_result_query_list(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """List the queries in plain words that found nothing.

    From the third time on that something was asked, and nothing that looks like personal
    data. Nobody knows who has asked.

    :param days: of how many days up to today, 1 to 365 (default: 30)
    :type days: int
    :param start: how many to pass over (default: 0)
    :type start: int
    :param rows: how many at most, up to 1,000 (default: 50)
    :type rows: int

    :returns: `count`, `since` (the first day) and `results`, those asked most often first:
        `{query, times, last}`
    :rtype: dictionary
    :raises NotAuthorized: the caller edits the datasets of no department
    """
    tk.check_access("gpo_search_zero_result_query_list", context, data_dict)
    days = min(max(data_dict["days"], 1), RETENTION.days)
    since = clock.today() - timedelta(days=days - 1)
    rows = min(data_dict["rows"], MAX_ZERO_RESULT_QUERIES)
    count, results = zero_result_queries_since(since, data_dict["start"], rows)
    return {"count": count, "since": since.isoformat(), "results": results}


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    entry = suggestion.entry
    answer: dict[str, Any] = {
        "kind": entry.kind,
        "name": entry.name,
        "title": entry.title,
        "marks": [list(mark) for mark in suggestion.marks],
    }
    if entry.title_en:
        answer["title_en"] = entry.title_en
    return answer


@tk.side_effect_free
@tk.validate_action_data(schema.find)
def gpo_search_find(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Packages of all kinds in one search, with what matched marked.

    :param q: words, or Lucene's syntax as `package_search` takes it
    :param kind: `dataset`, `disclosure-item` or another that a room of the site brings; all
        kinds without it
    :param filters: `{field: [values]}`, see `find_params.FACETS`; all of them must fit
    :param sort: `relevance`, `newest`, `title` or `downloads`
    :param start: how many results to pass over
    :param rows: how many to show, 50 at most

    :returns: `count`, `results` (as `package_show` has them) and `search_facets` as in
        `package_search`; `kinds`, how many of each kind there are whatever `kind` is;
        `marked`, for each id the fields in which something matched, with U+E000 before
        and U+E001 behind it; `tiers`, how exactly the results fit, as
        `[{"match": "full", "count": 3}, …]` in the order of the results: `full` has the
        words, `partial` fewer of them, `phonetic` and `typo` are guesses; `guessed`, whether
        the first results are guesses; `fq`, the filters as `gpo_search_alternatives`
        takes them
    :raises ckan.lib.search.SearchError: the query cannot be read
    """
    tk.check_access("gpo_search_find", context, data_dict)
    search = tk.get_action("package_search")
    data_dict["rows"] = min(data_dict["rows"], find_params.MOST_ROWS)
    if data_dict["q"] and (data_dict["kind"] or data_dict["filters"]):
        everything = {"kind": "", "filters": {}, "rows": 0, "start": 0}
        whole = find_params.find_params(**data_dict | everything)
        tiers = search(tk.fresh_context(context), whole).get("tiers", [])
        data_dict["tiers"] = " ".join(tier["match"] for tier in tiers)
    params = find_params.find_params(**data_dict)
    page = search(tk.fresh_context(context), dict(params))
    counted = page
    if data_dict["kind"]:
        all_kinds = find_params.find_params(
            **data_dict | {"kind": "", "rows": 0, "start": 0}
        )
        counted = search(tk.fresh_context(context), all_kinds)
    kinds = counted["facets"][find_params.KIND]
    page["search_facets"].pop(find_params.KIND)
    return {
        "count": page["count"],
        "kinds": {kind: kinds.get(kind, 0) for kind in package_types()},
        "results": page["results"],
        "marked": _whole(page["highlighting"]) if data_dict["q"] else {},
        "tiers": page.get("tiers", []),
        "guessed": page.get("guessed", False),
        "fq": params["fq"],
        "search_facets": page["search_facets"],
    }


def _whole(highlighting: dict[str, dict[str, list[str]]]) -> dict[str, dict[str, str]]:
    """Each field as one text: asked for without a length there is one piece of it."""
    return {
        id_: {field: "".join(pieces) for field, pieces in fields.items()}
        for id_, fields in highlighting.items()
    }


@tk.side_effect_free
@tk.validate_action_data(schema.record_find)
def gpo_search_record_find(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Find records of published tables by code, name, address or document number.

    Whole or in part, with any brackets, with a slip, by sound or in pinyin; what is only
    alike is looked for when nothing has it as it is typed. Each record is read from the
    live table with the caller's rights: what was withdrawn is not there.

    :param q: what to find; one character, or a text of more than forty, finds nothing
    :type q: string
    :param dataset: name of the only dataset to look into (default: all)
    :type dataset: string
    :param start: how many to pass over (default: 0)
    :type start: int
    :param rows: how many at most, up to 100 (default: 20)
    :type rows: int

    :returns: `count` and `count_is_exact`: if that is false there are more, which a longer
        query finds; `guessed`: whether the results are only alike; `results`, best first,
        those about the same thing together: `dataset` with `dataset_title` and
        `dataset_title_en`, `organization`, `key` (field → value), `title`, `url`, `match`
        (whole, beginning, part, words, sound or slip), `field` with `field_title` and
        `field_title_en`, `marked` (its value, U+E000 and U+E001 around what matched),
        `subject`, a `{kind, code, title, url}` with kind project or enterprise, or null;
        `groups`: the subjects of all results with the `count` of their records; `best`: the
        one subject, or the one record, with just this code, number or name; else the
        subject that all results are about, if there are no more; or null
    :rtype: dictionary
    """
    tk.check_access("gpo_search_record_find", context, data_dict)
    q = UNPRINTABLE.sub(" ", data_dict["q"])
    hits = find(context, q, data_dict["dataset"] or None)
    rows = min(data_dict["rows"], MAX_RECORDS)
    return answers.answer(hits, data_dict["start"], rows)
