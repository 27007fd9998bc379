"""What templates of other rooms show of this one."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import Any

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.actions import reader_context

from .pages import chart
from .pages import rows as rows_page
from .streets import street_title


def gpo_explore_first_rows(pkg: dict[str, Any], limit: int) -> dict[str, Any] | None:
    """The first rows of a dataset, for `gpo_explore/snippets/first_rows.html`."""
    return rows_page.first_rows(reader_context(), pkg, table(pkg["table_ref"]), limit)


def gpo_explore_charts(dataset: str) -> list[dict[str, str]]:
    """The charts that suit a dataset's table: `{kind, title, address}`."""
    return chart.proposed(dataset)


def gpo_explore_street(name: str, english: bool) -> str:
    """The name of a street or town in the reader's language."""
    return street_title(name, english)


def gpo_explore_number(value: Decimal) -> str:
    """A figure with separators of thousands, and not more digits than it needs."""
    digits = 0 if value == value.to_integral_value() else 2
    return f"{value:,.{digits}f}"


def gpo_explore_frame(address: str, title: str) -> str:
    """The markup by which another page shows a chart."""
    values = {"src": address, "title": title, "width": "100%", "height": "520"}
    attributes = " ".join(f'{name}="{escape(text)}"' for name, text in values.items())
    return f'<iframe {attributes} loading="lazy"></iframe>'
