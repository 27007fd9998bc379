"""The publications of a dataset as an Atom feed (RFC 4287)."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.feeds import add_entry, make_feed

ENTRIES = 50
"""The latest publications that a feed holds."""


def atom(pkg: dict[str, Any], publications: list[dict[str, Any]]) -> bytes:
    """The feed of a dataset's publications, given the oldest first."""
    title = tk.h.gpo_common_text(pkg, "title")
    page = _address("gpo_history.index", pkg)
    owner = pkg.get("organization") or {}
    latest = publications[: -ENTRIES - 1 : -1]
    feed = make_feed(
        tk._("Changes of {title}").format(title=title),
        page=page,
        address=_address("gpo_history.changes", pkg),
        id_=page,
        author=tk.h.gpo_common_department(
            owner.get("name", ""), owner.get("title", "")
        ),
    )
    feed.updated(latest[0]["published"] if latest else pkg["metadata_modified"] + "Z")
    for publication in latest:
        add_entry(
            feed,
            id_=publication["id"],
            title=_title(publication),
            page=_target(pkg, publication),
            published=publication["published"],
            summary=_summary(publication),
        )
    return feed.atom_str(pretty=True)


def _title(publication: dict[str, Any]) -> str:
    title = tk._("version {number}").format(number=publication["version"])
    if publication["state"] != "withdrawn":
        return title
    return f"{title} · {tk.h.gpo_quality_state('withdrawn')[1]}"


def _summary(publication: dict[str, Any]) -> str:
    rows = tk.h.gpo_common_number(publication["row_count"])
    summary = tk._("{rows} rows").format(rows=rows)
    if not publication["totals"]:
        return summary
    return f"{summary} · {tk.h.gpo_quality_changes(publication['totals'])}"


def _target(pkg: dict[str, Any], publication: dict[str, Any]) -> str:
    if not publication["diff"]:
        return _address("gpo_history.index", pkg)
    numbers = {"from": publication["previous"], "to": publication["version"]}
    return _address("gpo_history.diff", pkg, **numbers)


def _address(endpoint: str, pkg: dict[str, Any], **params: Any) -> str:
    return tk.url_for(endpoint, id=pkg["name"], qualified=True, **params)
