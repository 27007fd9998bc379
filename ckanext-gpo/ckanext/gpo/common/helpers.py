"""What templates need beyond CKAN's helpers: words in the reader's language, figures, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from markupsafe import Markup

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.tables import read_yaml

from . import clock, config
from .notices.wording import failures
from .web import cells, chart, feeds, names, navigation, proof, row_pages, search_kinds

HAN = re.compile(r"[\u3400-\u9fff]")

CODED_FACETS = {
    "update_freq": "update_freq",
    "data_kind": "data_kind",
    "frequency": "update_freq",
}
"""Facets whose values are codes of codes.yaml, with the name of the list; `frequency` is
that of a harvest source, in capitals."""


def gpo_common_english() -> bool:
    """Whether the page is read in English; Chinese otherwise."""
    return tk.h.lang() == "en"


def gpo_common_title() -> str:
    """The site's name in the reader's language."""
    return config.title(gpo_common_english())


def gpo_common_owner() -> str:
    """The government that the site belongs to, in the reader's language."""
    return config.owner(gpo_common_english())


def gpo_common_text(thing: dict[str, Any], field: str) -> str:
    """A text of a thing in the reader's language: `title_en` on English pages, if there."""
    english = thing.get(f"{field}_en") if gpo_common_english() else ""
    return english or thing.get(field) or ""


def gpo_common_department(name: str, otherwise: str = "") -> str:
    """Title of a department in the reader's language, by short name or Chinese title."""
    return names.department(name, gpo_common_english(), otherwise)


def gpo_common_domain(name: str, otherwise: str = "") -> str:
    """Title of a domain in the reader's language."""
    return names.domain(name, gpo_common_english(), otherwise)


def gpo_common_dataset(name: str, title: str) -> str:
    """Title of a dataset in the reader's language; `title` is the Chinese one."""
    return names.dataset(name, gpo_common_english(), title)


def gpo_common_code(codes: str, value: str) -> str:
    """The label of a value of a code list, e.g. `("update_freq", "daily")` → 每日."""
    lang = "en" if gpo_common_english() else "zh_Hans_CN"
    for code in read_yaml("codes.yaml")[codes]:
        if code["value"] == value:
            return code["label"][lang]
    return value


def gpo_common_facet_label(name: str, item: dict[str, Any]) -> str:
    """The label of one value of a facet."""
    if name in CODED_FACETS:
        return gpo_common_code(CODED_FACETS[name], item["name"].lower())
    if name == "groups":
        return gpo_common_domain(item["name"], item["display_name"])
    if name == "organization":
        return gpo_common_department(item["name"], item["display_name"])
    if name == "source_type":
        titles = {info["name"]: info["title"] for info in tk.h.harvesters_info()}
        return titles.get(item["name"], item["name"])
    return item["display_name"]


def gpo_common_facet_title(name: str, title: str) -> str:
    """The title of a facet; ckanext-harvest leaves those of its own in English."""
    return {
        "frequency": tk._("Update cycle"),
        "source_type": tk._("Kind of source"),
    }.get(name, title)


def gpo_common_original(text: Any) -> Any:
    """A text that is kept in Chinese only, marked as Chinese on an English page."""
    if not (gpo_common_english() and text and HAN.search(str(text))):
        return text
    return Markup('<span lang="zh-Hans-CN">{}</span>').format(text)


def gpo_common_column(table_ref: str, name: str, otherwise: str) -> str:
    """Title of a column in the reader's language."""
    return names.column(table_ref, name, gpo_common_english(), otherwise)


def gpo_common_cell(column: cells.Column, value: Any) -> str:
    """A cell of a table as text."""
    return cells.cell(column, value)


def gpo_common_dossier(kind: str, code: Any) -> str:
    """The address of the dossier of a code; empty if it has none."""
    link = row_pages.dossier_link(kind, code)
    return tk.url_for(link.endpoint, **link.arguments) if link else ""


def gpo_common_record(
    dataset: str, record: Mapping[str, Any], version: int | None = None
) -> str:
    """The address of a record's page, see `row_pages.record_address`."""
    return row_pages.record_address(dataset, record, version)


def gpo_common_licence(id_: str) -> str:
    """Title of a licence in the reader's language."""
    licence = model.Package.get_license_register().get(id_)
    return licence.title if licence else id_


def gpo_common_month(month: str) -> str:
    """2026-11 → 2026年11月, on English pages November 2026."""
    style = ("MMMM y", "en") if gpo_common_english() else ("y年M月", "zh_Hans_CN")
    return format_date(date.fromisoformat(f"{month}-01"), *style)


def gpo_common_number(value: int | None) -> str:
    """52310 → 52,310; a dash for none."""
    return "–" if value is None else f"{value:,}"


def gpo_common_size(size: int) -> str:
    """A file size for people: 118 KB, 3.4 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} KB"
    return f"{size / 1_000_000:,.1f} MB"


def gpo_common_date(value: str | datetime | None) -> str:
    """The day in China on which something happened, as 2026-11-23."""
    return clock.in_china(value).strftime("%Y-%m-%d") if value else ""


def gpo_common_time(value: str | datetime | None) -> str:
    """Day and minute in China, as 2026-11-23 09:05."""
    return clock.in_china(value).strftime("%Y-%m-%d %H:%M") if value else ""


def gpo_common_bars(
    entries: list[dict[str, Any]], label: str, value: str
) -> list[chart.Bar]:
    """Geometry of a small bar chart."""
    return chart.bars(entries, label, value)


def gpo_common_menu(name: str) -> list[navigation.Entry]:
    """The entries of a menu that the reader sees; `name` as in `Menu`, in small letters."""
    return navigation.entries(navigation.Menu(name))


def gpo_common_feed_type(address: str) -> str:
    """The media type of a feed, by its address."""
    return feeds.FORMS[feeds.form_of_address(address)]


def gpo_common_search_kinds() -> dict[str, search_kinds.SearchKind]:
    """The kinds of things that the search finds, by name, in their order."""
    return search_kinds.all_kinds()


def gpo_common_suggested_kinds() -> str:
    """The kinds of suggestions as JSON: `{name: {label, address}}`, see `SearchKind`."""
    rows = {
        "record": tk._("Record"),
        "project": tk._("Project"),
        "enterprise": tk._("Enterprise"),
    }
    return tk.h.dump_json(
        {
            name: {"label": kind.label(), "address": kind.pattern}
            for name, kind in search_kinds.all_kinds().items()
        }
        | {
            name: {"label": rows[name], "address": address}
            for name, address in row_pages.address_patterns().items()
        }
    )


def gpo_common_desk() -> str:
    """The address of the page on which those who log in begin."""
    return tk.url_for(tk.config["ckan.auth.route_after_login"])


def gpo_common_mail_failure(failure: str) -> str:
    """Why a mail did not go out, in words; empty for no failure."""
    return failures(tk._).get(failure, failure)


def gpo_common_challenge(form: str) -> str:
    """The work that a browser does before it sends a form, as JSON for `proof.js`."""
    return proof.challenge(form)
