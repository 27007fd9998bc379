"""What templates of other rooms ask of this one."""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.actions import reader_context

from .pages import rows as rows_page


def gpo_explore_first_rows(pkg: dict[str, Any], limit: int) -> dict[str, Any] | None:
    """The first rows of a dataset, for `gpo_explore/snippets/first_rows.html`."""
    return rows_page.first_rows(reader_context(), pkg, table(pkg["table_ref"]), limit)


def gpo_explore_quantity(value: Any) -> str:
    """A total or a mean with separators of thousands, and at most two decimals."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
