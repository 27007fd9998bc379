"""What templates of other rooms show of this one."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from .pages import chart
from .streets import street_title


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
