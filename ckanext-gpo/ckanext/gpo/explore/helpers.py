"""What templates of other rooms show of this one."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.actions import reader_context

from .pages import chart
from .pages import rows as rows_page
from .rows import Drawn
from .streets import street_title


def gpo_explore_first_rows(pkg: dict[str, Any], limit: int) -> dict[str, Any] | None:
    """The first rows of a dataset, for `gpo_explore/snippets/first_rows.html`."""
    return rows_page.first_rows(reader_context(), pkg, table(pkg["table_ref"]), limit)


def gpo_explore_charts(pkg: dict[str, Any]) -> list[dict[str, Any]]:
    """The charts that suit a dataset's table: `{title, address, profile}`."""
    return chart.proposed(pkg)


def gpo_explore_frequent(drawn: Drawn) -> str:
    """The bars of a profile in words, the longest five: `甲 12, 乙 5`."""
    return ", ".join(f"{bar.label} {bar.count:,}" for bar in drawn.bars[:5])


def gpo_explore_street(name: str, english: bool) -> str:
    """The name of a street or town in the reader's language."""
    return street_title(name, english)


def gpo_explore_number(value: Decimal | float) -> str:
    """A figure with separators of thousands, and not more digits than it needs."""
    digits = 2 if value % 1 else 0
    return f"{value:,.{digits}f}"


def gpo_explore_frame(address: str, title: str) -> str:
    """The markup by which another page shows a chart."""
    values = {"src": address, "title": title, "width": "100%", "height": "520"}
    attributes = " ".join(f'{name}="{escape(text)}"' for name, text in values.items())
    return f'<iframe {attributes} loading="lazy"></iframe>'


def gpo_explore_validity(entry: dict[str, Any]) -> tuple[str, str]:
    """`(mood, word)` of whether what a record grants holds today; empty if it does not tell."""
    return {
        "valid": ("pass", tk._("valid")),
        "expired": ("hold", tk._("expired")),
        "ended": ("quiet", entry["status"]),
    }.get(entry["validity"], ("", ""))


def gpo_explore_term(term: dict[str, Any]) -> tuple[str, str, str]:
    """`(icon, mood, words)` of what became of a term that is judged.

    A contract's concerns its parties only, and is no fault to be marked.
    """
    state, agreed = term["state"], term["agreed"]
    icon, mood = {
        "kept": ("pass", "pass"),
        "late": ("overdue", "overdue"),
        "overdue": ("overdue", "overdue"),
    }.get(state, ("hold", "quiet"))
    if agreed:
        icon, mood = "hold", "quiet"
    words = (_agreed_words() if agreed else _legal_words())[state]
    return icon, mood, words.format(days=_days(term, term["excess"]))


def _legal_words() -> dict[str, str]:
    return {
        "kept": tk._("in time"),
        "late": tk._("{days} after the time limit"),
        "running": tk._("the time limit is running"),
        "overdue": tk._("{days} past the time limit, not published yet"),
    }


def _agreed_words() -> dict[str, str]:
    return {
        "kept": tk._("done within the agreed time"),
        "late": tk._("done {days} after the agreed time"),
        "running": tk._("the agreed time is running"),
        "overdue": tk._("the agreed time has passed, completion is not published yet"),
    }


def gpo_explore_arithmetic(term: dict[str, Any]) -> str:
    """How the last day of a term is counted, in words."""
    text = tk._("from {start}, {days}: until {due}").format(
        start=term["start"], days=_days(term, term["days"]), due=term["due"]
    )
    if term["end"]:
        text = tk._("{counted}; done {end}").format(counted=text, end=term["end"])
    if term["provisional"]:
        note = tk._("provisional: the holidays of that year are not ordered yet")
        text = f"{text} ({note})"
    return text


def _days(term: dict[str, Any], count: int) -> str:
    if term["unit"] == "working":
        text = tk.ungettext("{count} working day", "{count} working days", count)
    else:
        text = tk.ungettext("{count} day", "{count} days", count)
    return text.format(count=count)
