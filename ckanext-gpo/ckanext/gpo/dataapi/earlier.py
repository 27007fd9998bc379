"""Versions that were public before: which one was on a day, and its rows from its file."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timezone
from pathlib import Path
from typing import Any, Final

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.clock import CHINA

from . import config, query, version_files
from .query import FileRun, MissingRows, QueryError
from .questions import FileQuestion, Publication, refusal

_DAY: Final = len("2026-11-23")


def named_version(
    context: Context, current: Publication, number: int | None, as_of: str
) -> int:
    """The number of the version that is asked about.

    :param current: what is public of the dataset now
    :param number: the parameter `version`
    :raises QueryError: `version-ambiguous`, `value-unreadable`
    :raises ObjectNotFound: none was public then, or it has been taken back since
    """
    if not as_of:
        return number or current.version
    if number:
        message = tk._("Either a version is named or a day, not both")
        raise QueryError("version-ambiguous", message, "as_of")
    return _version_at(context, current.dataset, _parse_moment(as_of))


def _parse_moment(raw: str) -> datetime:
    """The moment that `as_of` names; of a day its end in China.

    :raises QueryError: `value-unreadable`
    """
    try:
        if len(raw) == _DAY:
            return datetime.combine(date.fromisoformat(raw), time.max, CHINA)
        moment = datetime.fromisoformat(raw)
    except ValueError:
        message = tk._("A day or a moment is wanted here, as 2026-11-23")
        raise QueryError("value-unreadable", message, "as_of") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _version_at(context: Context, dataset: str, moment: datetime) -> int:
    versions = tk.get_action("gpo_quality_version_list")(
        tk.fresh_context(context), {"dataset": dataset}
    )
    published = [
        (datetime.fromisoformat(version["published"]), version)
        for version in versions
        if version["published"]
    ]
    earlier = [(when, version) for when, version in published if when <= moment]
    last: dict[str, Any] = max(earlier, key=lambda pair: pair[0], default=(None, {}))[1]
    if last.get("state") not in ("published", "superseded"):
        raise tk.ObjectNotFound(tk._("Nothing was public of this dataset then"))
    return last["number"]


@contextmanager
def ask_version(
    context: Context, current: Publication, number: int
) -> Generator[FileQuestion]:
    """Ask about the rows of an earlier version, in its file.

    :param current: what is public of the dataset now
    :raises ObjectNotFound: it never was public, was taken back, or has no such file
    :raises ValidationError: as `questions.ask`
    """
    file = tk.get_action("gpo_quality_file_show")(
        tk.fresh_context(context),
        {"dataset": current.dataset, "format": "parquet", "number": number},
    )
    with _run(file) as run:
        ((count,),) = run.fetch(f"SELECT count(*) FROM {run.source}", [])  # noqa: S608
        version = replace(
            current, version=number, published=file["published"], row_count=count
        )
        yield FileQuestion(version, run)


@contextmanager
def _run(file: Mapping[str, Any]) -> Generator[FileRun]:
    """A run on a kept file, the errors of which are those of actions."""
    seconds, place = config.query_seconds(), version_files.local_path(file)
    try:
        if place:
            with query.run_on_file(*place, seconds, tk._) as run:
                yield run
            return
        with tempfile.TemporaryDirectory(prefix="gpo-version-") as name:
            path = version_files.bring(file, Path(name))
            with query.run_on_copy(path, Path(name), seconds, tk._) as run:
                yield run
    except MissingRows as err:
        raise tk.ObjectNotFound(tk._("The file of this version is missing")) from err
    except QueryError as err:
        raise refusal(err) from err
