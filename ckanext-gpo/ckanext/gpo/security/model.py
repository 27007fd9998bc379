"""The second factors of accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

text = Annotated[str, mapped_column(sa.TEXT)]
datetime_tz = Annotated[datetime, mapped_column(sa.DateTime(timezone=True))]


class Factor(tk.BaseModel):
    """One account's second factor; `secret` and `recovery` are of no use without the site's key.

    `last_step` is the 30 second step of the last code that was accepted: no code counts
    twice.
    """

    __tablename__ = "gpo_security_factor"

    user_id: Mapped[text] = mapped_column(primary_key=True)
    secret: Mapped[text]
    created: Mapped[datetime_tz]
    last_step: Mapped[int] = mapped_column(sa.BigInteger)
    recovery: Mapped[list[str]] = mapped_column(ARRAY(sa.TEXT))
