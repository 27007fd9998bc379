"""A disclosure item (政务公开事项), between its YAML, its CKAN record and the API.

Pure. The columns are those of the standard catalogue (国办发〔2019〕54号).
"""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common.tables import DOMAINS

from . import codes, reference

COLUMNS = (
    "seq",
    "item_code",
    "item_l1",
    "item_l2",
    "item_l3",
    "title_en",
    "content_elements",
    "legal_basis",
    "time_limit",
    "time_limit_text",
    "time_limit_period",
    "publishers",
    "audience",
    "audience_note",
    "mode",
    "level",
    "five_open",
    "channel_note",
    "table_refs",
    "source",
)


def name(domain: str, seq: int) -> str:
    """CKAN name of an item: from its domain and number, never from its title."""
    return f"item-{domain.replace('_', '-')}-{seq:03}"


def code(domain: str, seq: int) -> str:
    """Code of an item: division, number of the domain, number of the item."""
    number = DOMAINS.index(domain) + 1
    return f"{reference.division()['code']}-{number:02}-{seq:03}"


def record(domain: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The CKAN record of an item as written in disclosure_items.yaml."""
    seq = entry["seq"]
    levels = [entry[k] for k in ("item_l1", "item_l2", "item_l3") if k in entry]
    return {
        **{key: entry[key] for key in entry if key != "tables"},
        "type": "disclosure-item",
        "name": name(domain, seq),
        "title": " / ".join(levels),
        "item_code": code(domain, seq),
        "groups": [{"name": domain}],
        "table_refs": entry.get("tables", []),
    }


def row(stored: dict[str, Any]) -> dict[str, Any]:
    """The columns of an item for a reader of the API, from its CKAN record.

    `channels` joins the two lists of boxes: `[{code, label, required}]`.
    """
    channels: list[tuple[bool, list[str]]] = [
        (True, stored.get("channels_required") or []),
        (False, stored.get("channels_optional") or []),
    ]
    return {
        "id": stored["id"],
        "name": stored["name"],
        "title": stored["title"],
        **{column: stored.get(column, "") for column in COLUMNS},
        "channels": [
            {
                "code": box,
                "label": codes.entry("channel", box)["label"],
                "required": required,
            }
            for required, boxes in channels
            for box in boxes
        ],
    }
