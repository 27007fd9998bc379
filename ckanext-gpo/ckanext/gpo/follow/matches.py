"""News of saved searches: datasets and items that they find for the first time."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib import search
from ckan.types import Context

from ckanext.gpo.common.lucene import quote
from ckanext.gpo.common.news import News, Subject, Topic

from . import config, queries
from .model import Follow
from .subjects import SEARCH
from .wording import MATCH

log = logging.getLogger(__name__)

ROUTES = {"dataset": "dataset", "item": "disclosure-item"}
"""Kind of subject → package type, whose pages are `<type>.read`."""


def news_of_searches(news: News) -> Iterator[News]:
    """What a new dataset or item means for saved searches; equal ones are asked once."""
    kind, id_ = news.subject
    if news.topic is not Topic.PUBLISHED or kind not in ROUTES:
        return
    if news.facts.get("previous") is not None:
        return  # it was there before
    keys = Follow.keys(SEARCH, config.most_searches())
    if not keys:
        return
    package = tk.get_action("package_show")(Context(ignore_auth=True), {"id": id_})
    # The worker that published it may not have come to the index yet.
    search.rebuild(id_)
    for key in keys:
        if _finds(key, id_):
            yield _match(news, key, package)


def _match(news: News, key: str, package: dict[str, Any]) -> News:
    kind, id_ = news.subject
    digest = hashlib.sha256(key.encode()).hexdigest()
    return News(
        f"match/{digest}/{id_}",
        MATCH,
        (Subject(SEARCH, key),),
        {
            "type": kind,
            "type_route": ROUTES[kind],
            "id": id_,
            "name": package["name"],
            "title": package["title"],
            "search": queries.title(key, english=False),
        },
        news.created,
    )


def _finds(key: str, id_: str) -> bool:
    words, filters = queries.parse(key)
    question = {
        "q": words or "*:*",
        "fq_list": [*queries.conditions(filters), f"id:{quote(id_)}"],
        "rows": 0,
    }
    try:
        answer = tk.get_action("package_search")(Context(user=""), question)
    except (search.SearchError, tk.ValidationError):
        log.warning("A saved search cannot be read")
        return False
    return answer["count"] > 0
