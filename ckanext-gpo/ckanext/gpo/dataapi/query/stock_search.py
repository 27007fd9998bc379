"""What `datastore_search` asks of a published table, as pieces of SQL that CKAN puts together.

Its `filters` are read as ours are. Its words are parts of texts as in a list of records: CKAN
asks PostgreSQL for whole words, and takes a cell of Chinese for one word. Records in which a
cell is nothing but what is looked for come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from .conditions import Condition
from .fields import Field, Fields
from .selection import contains, has_words, where

Pieces = tuple[str, dict[str, Any]]
"""SQL with named parameters, and their values."""

_DIALECT: Final = postgresql.dialect(paramstyle="named")
_PARAMETER: Final = re.compile(r"(?<![:\w]):(\w+)")
_WHOLE, _PART = 1.0, 0.5
"""The ranks of a record with a cell that is what is looked for, and of any other."""


def filters_sql(condition: Condition) -> Pieces:
    """Which records filters name."""
    return _compiled(where(condition), "filter")


def record_words_sql(text: str, fields: Fields) -> Pieces:
    """That each word of a text stands somewhere in the texts of a record."""
    return _compiled(has_words(text.split(), fields.values()), "word")


def field_words_sql(text: str, field: Field) -> Pieces:
    """That each word of a text stands in a field, which may be a number or a day."""
    parts = (contains(_as_text(field), word) for word in text.split())
    return _compiled(sa.and_(sa.true(), *parts), f"word_{field.name}")


def rank_sql(text: str, fields: Iterable[Field], prefix: str) -> Pieces:
    """How well a record fits that has a text in one of these fields.

    :param prefix: what the names of parameters begin with
    """
    cells = [_as_text(field) == text.strip() for field in fields]
    ranks = [sa.literal_column(str(rank)) for rank in (_WHOLE, _PART)]
    is_whole = sa.or_(sa.false(), *cells)
    return _compiled(sa.case((is_whole, ranks[0]), else_=ranks[1]), prefix)


def _as_text(field: Field) -> sa.ColumnElement[Any]:
    return field.column if field.is_text else sa.cast(field.column, sa.Text())


def _compiled(clause: sa.ColumnElement[Any], prefix: str) -> Pieces:
    """A clause with its parameters, the names of which begin with a prefix."""
    compiled = clause.compile(
        dialect=_DIALECT, compile_kwargs={"render_postcompile": True}
    )
    values = {f"{prefix}_{name}": value for name, value in compiled.params.items()}
    return _PARAMETER.sub(rf":{prefix}_\1", str(compiled)), values
