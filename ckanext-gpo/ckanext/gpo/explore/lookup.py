"""What the public sees of tables, read for dossiers by the actions of other rooms.

A dossier is the same for everybody: it is gathered as a reader without an account, so no
row of a private dataset is in it, nor counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from threading import Lock
from typing import Any, NamedTuple

from cachetools import LRUCache

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common import clock
from ckanext.gpo.common.tables import table

from .dossiers import Publication

ROWS = 50
"""Rows of one table in a dossier at most."""

KEPT_ROWS = 20_000
"""Rows that a process keeps of the answers to what pages have asked."""

READABLE = ("published", "superseded")
"""States of versions whose rows everybody may read."""


class Rows(NamedTuple):
    """Rows of a table, and how many there are; at least so many if `exact` is false."""

    records: list[dict[str, Any]]
    total: int
    exact: bool


NO_ROWS = Rows([], 0, exact=True)


def public_context() -> Context:
    """The context of whoever has no account."""
    return {"user": "", "ignore_auth": False}


def public_tables(table_refs: Collection[str]) -> dict[str, dict[str, Any]]:
    """Ref → publication of those of the tables that are public now, in their order.

    A publication is one of `gpo_quality_publication_list`.
    """
    names = {table(ref).dataset_name: ref for ref in table_refs}
    if not names:
        return {}
    answer = tk.get_action("gpo_quality_publication_list")(
        public_context(), {"datasets": [*names], "limit": len(names)}
    )
    public = {result["dataset"]: result for result in answer["results"]}
    return {ref: public[name] for name, ref in names.items() if name in public}


class Question(NamedTuple):
    """Which rows of a public table, by filters of `gpo_dataapi_record_list`.

    :param publication: of the table, as `public_tables` tells it
    """

    publication: Mapping[str, Any]
    filters: Mapping[str, Any]


def rows(questions: Collection[Question], *, limit: int = ROWS) -> list[Rows]:
    """Public rows of tables, the newest first where they have a day, for each question.

    Rows of a published version never change, so answers are kept until another is public.
    """
    keys = [
        (
            question.publication["version"],
            json.dumps([question.filters, limit], sort_keys=True, default=str),
        )
        for question in questions
    ]
    with _lock:
        answers: dict[tuple[str, str], Rows | None] = {k: _answers.get(k) for k in keys}
    new = {
        key: question
        for key, question in zip(keys, questions, strict=True)
        if answers[key] is None
    }
    for (key, question), (number, answer) in zip(
        new.items(), _ask([*new.values()], limit), strict=True
    ):
        answers[key] = answer
        if number == question.publication["number"]:
            with _lock:
                _answers[key] = answer
    return [answers[key] or NO_ROWS for key in keys]


def _weight(answer: Rows) -> int:
    return 1 + len(answer.records)


_answers: LRUCache[tuple[str, str], Rows] = LRUCache(KEPT_ROWS, _weight)
_lock = Lock()


def _ask(questions: Collection[Question], limit: int) -> list[tuple[int, Rows]]:
    """For each question the number of the version that is public, and its rows."""
    if not questions:
        return []
    answers = tk.get_action("gpo_dataapi_record_collect")(
        public_context(),
        {
            "questions": [
                {
                    "dataset": question.publication["dataset"],
                    "filters": dict(question.filters),
                }
                for question in questions
            ],
            "limit": limit,
        },
    )
    return [
        (
            answer["version"],
            Rows(answer["records"], answer["total"], answer["total_is_exact"]),
        )
        if answer
        else (0, NO_ROWS)
        for answer in answers
    ]


def publications(table_refs: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Ref → the publications of a table that is public now, the oldest first.

    They are told as by `gpo_quality_publication_histories`.
    """
    names = {ref: table(ref).dataset_name for ref in table_refs}
    if not names:
        return {}
    answer = tk.get_action("gpo_quality_publication_histories")(
        public_context(), {"datasets": [*names.values()]}
    )
    return {ref: answer.get(name, []) for ref, name in names.items()}


def history(
    table_ref: str, listed: Collection[Mapping[str, Any]]
) -> tuple[list[Publication], Callable[[Mapping[str, Any], int], bool | None]]:
    """The publications of a table up to the present one, and what tells whether one has a row.

    The function takes a key and the number of a version, as `first_public_day` needs it.

    :param listed: as `publications` tells them
    """
    readable = {each["version"]: each["state"] in READABLE for each in listed}

    def has_row(key: Mapping[str, Any], number: int) -> bool | None:
        if not readable[number]:
            return None
        name = table(table_ref).dataset_name
        return record(public_context(), name, key, number) is not None

    days = [Publication(p["version"], clock.china_day(p["published"])) for p in listed]
    return days, has_row


def record(
    context: Context, dataset: str, key: Mapping[str, Any], version: int | None = None
) -> dict[str, Any] | None:
    """The answer of `gpo_dataapi_record_show`; None if there is no such record.

    :param dataset: name or id
    """
    request: dict[str, Any] = {"dataset": dataset, "key": dict(key)}
    if version is not None:
        request["version"] = version
    try:
        return tk.get_action("gpo_dataapi_record_show")(context, request)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None
