"""Questions about the rows of a dataset, asked for a reader: who may, which version, how long."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.datastore.backend.postgres import get_read_engine
from ckanext.gpo.common import duck, row_texts
from ckanext.gpo.common.row_texts import RowTexts
from ckanext.gpo.common.tables import Table, table

from . import config, query, version_files
from .query import Fields, FileRun, MissingRows, QueryError, Run, Selection, Unserved


@dataclass(frozen=True)
class Publication:
    """What is published of a dataset now, see `gpo_quality_publication_show`."""

    dataset: str
    resource_id: str
    table: Table
    version_id: str
    version: int
    published: str
    row_count: int

    @property
    def source(self) -> dict[str, Any]:
        """What every answer says of where it comes from."""
        return {
            "dataset": self.dataset,
            "version": self.version,
            "published": self.published,
        }


@dataclass
class Question:
    """A question about a publication while it is being answered."""

    publication: Publication
    run: Run
    columns: Mapping[str, str] | None = None
    """Of the table, if they are known already."""

    @cached_property
    def fields(self) -> Fields:
        columns = self.columns or self.run.columns(self.publication.resource_id)
        return query.queried_fields(self.publication.table, columns)

    def selection(self, filters: Any, q: str = "") -> Selection:
        """The rows that filters and words name.

        :raises QueryError: the filters cannot be read
        """
        return _selection(self.publication, self.fields, filters, q)


@dataclass
class FileQuestion:
    """A question about the file of a publication while it is being answered."""

    publication: Publication
    run: FileRun

    @cached_property
    def fields(self) -> Fields:
        return query.parquet_fields(self.publication.table, self.run.types)

    def selection(self, filters: Any, q: str = "") -> Selection:
        """As `Question.selection`."""
        return _selection(self.publication, self.fields, filters, q)


def _selection(
    publication: Publication, fields: Fields, filters: Any, q: str
) -> Selection:
    condition = query.parse_filters(filters, fields, tk._)
    words = tuple(dict.fromkeys(q.split()))
    return Selection(publication.resource_id, fields, condition, words)


def publication(context: Context, dataset: str) -> Publication:
    """What is published of a dataset.

    :raises ObjectNotFound: nothing is, or the reader may not see it
    """
    answer = tk.get_action("gpo_quality_publication_show")(
        tk.fresh_context(context), {"dataset": dataset}
    )
    return _publication(answer)


def is_public(publication: Publication) -> bool:
    """Whether everybody may see it, now still: no newer version is in its place."""
    answer = tk.get_action("gpo_quality_publication_list")(
        {"user": ""}, {"datasets": [publication.dataset], "limit": 1}
    )
    return [each["version"] for each in answer["results"]] == [publication.version_id]


def _publication(answer: Mapping[str, Any]) -> Publication:
    return Publication(
        dataset=answer["dataset"],
        resource_id=answer["resource"],
        table=table(answer["table_ref"]),
        version_id=answer["version"],
        version=answer["number"],
        published=answer["published"],
        row_count=answer["row_count"],
    )


@contextmanager
def ask(context: Context, dataset: str) -> Generator[Question]:
    """Ask about the published rows of a dataset.

    :raises ObjectNotFound: there are none, or the reader may not see them
    :raises ValidationError: what is asked cannot be read or takes too long; `code` says
        why, `field` where, and the parameter that is wrong has the message
    """
    with ask_rows(publication(context, dataset)) as question:
        yield question


@contextmanager
def ask_rows(publication: Publication) -> Generator[Question]:
    """Ask about the rows of a publication in PostgreSQL.

    :raises ObjectNotFound, ValidationError: as `ask`
    """
    with _run() as run:
        yield Question(publication, run)


@contextmanager
def ask_file(context: Context, publication: Publication) -> Generator[FileQuestion]:
    """Ask about the rows of a publication in its file.

    :raises Unserved: it has none on this machine, or one that keeps rows otherwise than
        PostgreSQL does
    :raises ValidationError: as `ask`
    """
    place = _place(context, publication)
    try:
        with query.run_on_file(*place, config.query_seconds(), tk._) as run:
            if not query.are_as_loaded(publication.table, run.types):
                raise Unserved
            yield FileQuestion(publication, run)
    except MissingRows as err:
        raise Unserved from err
    except QueryError as err:
        raise refusal(err) from err


def read_texts(
    context: Context, publication: Publication
) -> tuple[RowTexts, Callable[[str], str]]:
    """The texts of the rows of a publication, and what gives small letters as they have them.

    :raises Unserved: they are not on this machine
    """
    path, root = _place(context, publication)
    try:
        texts = row_texts.read(row_texts.texts_path(path))
    except (OSError, ValueError) as err:
        raise Unserved from err

    def lower(text: str) -> str:
        if not query.has_capitals(text):
            return text
        with duck.reader(root) as connection:
            return duck.one(connection, "SELECT lower($text)", {"text": text})[0]

    return texts, lower


def _place(context: Context, publication: Publication) -> tuple[Path, Path]:
    """Where the file of a publication lies, and the folder of all such files.

    :raises Unserved: it has none on this machine
    """
    try:
        file = tk.get_action("gpo_quality_file_show")(
            tk.fresh_context(context),
            {
                "dataset": publication.dataset,
                "format": "parquet",
                "number": publication.version,
            },
        )
    except tk.ObjectNotFound as err:
        raise Unserved from err
    place = version_files.local_path(file)
    if place is None:
        raise Unserved
    return place


@contextmanager
def ask_public(datasets: Sequence[str]) -> Generator[dict[str, Question]]:
    """Ask about the rows of those of the datasets that are public, by name.

    :raises ObjectNotFound, ValidationError: as `ask`
    """
    names = list(dict.fromkeys(datasets))
    answer = tk.get_action("gpo_quality_publication_list")(
        {"user": ""}, {"datasets": names, "limit": len(names)}
    )
    public = [_publication(result) for result in answer["results"]]
    with _run() as run:
        columns = run.columns_by_resource([each.resource_id for each in public])
        yield {
            each.dataset: Question(each, run, columns[each.resource_id])
            for each in public
            if each.resource_id in columns
        }


@contextmanager
def _run() -> Generator[Run]:
    """A run, the errors of which are those of actions."""
    engine, seconds = get_read_engine(), config.query_seconds()
    try:
        with query.run(engine, seconds, tk._) as run:
            yield run
    except MissingRows as err:
        message = tk._(
            "The rows of this dataset are not there yet. Try again in a minute."
        )
        raise tk.ObjectNotFound(message) from err
    except QueryError as err:
        raise refusal(err) from err


def refusal(error: QueryError) -> tk.ValidationError:
    """A query's error as actions tell it."""
    return tk.ValidationError(
        {
            "code": [error.code],
            "field": [error.field],
            error.parameter: [error.message],
        }
    )
