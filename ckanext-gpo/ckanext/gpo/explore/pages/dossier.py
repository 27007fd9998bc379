"""What pages of dossiers show beside the answers of actions: facts in words, a line of time."""

from __future__ import annotations

from datetime import date
from typing import Any

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web import cells
from ckanext.gpo.explore.dossiers import Point, points, row_format


def facts(station: dict[str, Any], english: bool) -> list[cells.Column]:
    """The columns that tell most of a station's records, in words."""
    names = row_format(station["table_ref"]).facts
    fields = {field["name"]: field for field in table(station["table_ref"]).fields}
    values = [entry["values"] for entry in station["records"]]
    return cells.columns([fields[name] for name in names], values, english)


def line(dossier: dict[str, Any]) -> list[Point]:
    """The stations of a project on its line of time."""
    return points(
        (point["station"], date.fromisoformat(point["date"]))
        for point in dossier["timeline"]
    )


def is_sample(dossier: dict[str, Any]) -> bool:
    """Whether any of it is made up."""
    return any(
        table(station["table_ref"]).gpo.get("data_kind") == "sample"
        for station in dossier["stations"]
        if station["records"]
    )
