"""What the data API keeps: how often files were downloaded, and profiles of fields.

Of downloads a dataset, a day, a count; nothing about who.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web import page_cache


class Download(tk.BaseModel):
    """Whole files of a dataset that left on a day, China's time."""

    __tablename__ = "gpo_dataapi_download"
    __table_args__ = page_cache.COUNTERS

    dataset: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]


class TableProfile(tk.BaseModel):
    """The profiles of the fields of a dataset's table, of the version that was public last.

    They are derived: what is lost is computed again.
    """

    __tablename__ = "gpo_dataapi_profile"

    dataset: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    version: Mapped[str] = mapped_column(sa.TEXT)
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """See `profiles.Profile`; empty if they could not be computed."""
