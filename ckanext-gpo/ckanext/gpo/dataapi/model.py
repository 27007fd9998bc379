"""What the data API keeps: how often datasets are used, and profiles of fields.

Of uses a dataset, a day, a count; who it was is told by nothing but an API token, to its
owner.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web import page_cache


class Usage(tk.BaseModel):
    """How often something was done with a dataset on a day, China's time."""

    __tablename__ = "gpo_dataapi_usage"
    __table_args__ = page_cache.COUNTERS

    dataset: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    """Its name; empty for calls that were about no dataset."""
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    """`view`, `download` or `call`."""
    format: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    """Of a download; empty for those from before formats were told apart."""
    count: Mapped[int] = mapped_column(sa.BigInteger)


class KeyUsage(tk.BaseModel):
    """How often something was done with an API token on a day."""

    __tablename__ = "gpo_dataapi_key_usage"
    __table_args__ = page_cache.COUNTERS

    key: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    """Id of the token."""
    dataset: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    count: Mapped[int] = mapped_column(sa.BigInteger)


class TableProfile(tk.BaseModel):
    """The profiles of the fields of a dataset's table, of the version that was public last.

    They are derived: what is lost is computed again.
    """

    __tablename__ = "gpo_dataapi_profile"

    dataset: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    version: Mapped[str] = mapped_column(sa.TEXT)
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """See `profiles.Profile`; empty if they could not be computed."""
