"""How often files were downloaded: a dataset, a day, a count; nothing about who."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk


class Download(tk.BaseModel):
    """Whole files of a dataset that left on a day, China's time."""

    __tablename__ = "gpo_dataapi_download"

    dataset: Mapped[str] = mapped_column(sa.TEXT, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
