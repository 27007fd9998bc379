"""Actions of the search."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.search.common import make_connection
from ckan.logic import validate
from ckan.types import Context

from ckanext.gpo.search import finding, ranking

from . import schema

__all__ = ["gpo_search_find"]


@tk.side_effect_free
@validate(schema.find)
def gpo_search_find(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Datasets and disclosure items in one search, with what matched marked.

    :param q: words, or Lucene's syntax as `package_search` takes it
    :param kind: `dataset` or `disclosure-item`; all kinds without it
    :param filters: `{field: [values]}`, see `finding.FACETS`; all of them must fit
    :param sort: `relevance`, `newest`, `title` or `downloads`
    :param start: how many results to pass over
    :param rows: how many to show, 50 at most

    :returns: `count`, `results` (as `package_show` has them) and `search_facets` as in
        `package_search`; `kinds`, how many of each kind there are whatever `kind` is;
        `marked`, for each id the fields in which something matched, with U+E000 before
        and U+E001 behind it
    :raises ckan.lib.search.SearchError: the query cannot be read
    """
    tk.check_access("gpo_search_find", context, data_dict)
    search = tk.get_action("package_search")
    data_dict["rows"] = min(data_dict["rows"], finding.MOST_ROWS)
    wanted = finding.asked(**data_dict)
    found = search(tk.fresh_context(context), wanted)
    counted = found
    if data_dict["kind"]:
        all_kinds = finding.asked(**data_dict | {"kind": "", "rows": 0, "start": 0})
        counted = search(tk.fresh_context(context), all_kinds)
    kinds = counted["facets"][finding.KIND]
    found["search_facets"].pop(finding.KIND)
    return {
        "count": found["count"],
        "kinds": {kind: kinds.get(kind, 0) for kind in finding.KINDS},
        "results": found["results"],
        "marked": _marked(data_dict["q"], found["results"]),
        "search_facets": found["search_facets"],
    }


def _marked(q: str, results: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    if not q or not results:
        return {}
    ids = [result["id"] for result in results]
    answer = make_connection().search(**finding.marking(q, ids, ranking.words(q)))
    keys = {document["index_id"]: document["id"] for document in answer}
    return {
        keys[key]: {field: " … ".join(texts) for field, texts in fields.items()}
        for key, fields in answer.highlighting.items()
    }
