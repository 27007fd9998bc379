"""What things are called: in the reader's language, and as headers of the files that we give
out, by which we know them when they come back. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

NOTES_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "zh_Hans_CN": ("字段", "类型", "单位", "填写要求", "示例", "可选内容"),
    "en": ("Field", "Type", "Unit", "Requirements", "Example", "Choices"),
}
"""The header of the notes in a template that is filled in, by language."""


def title(entry: Mapping[str, Any], english: bool) -> str:
    """The title of a field, a table or another thing; Chinese where there is no English one.

    :param entry: with `title`, and maybe `title_en`
    """
    return (entry.get("title_en") if english else None) or entry["title"]


def csv_labels(fields: Sequence[dict[str, Any]]) -> list[str]:
    """The header of the CSV file: the titles."""
    return [field["title"] for field in fields]


def workbook_labels(fields: Sequence[dict[str, Any]]) -> list[str]:
    """The header of the workbook: titles with their units, each of them once."""
    labels: list[str] = []
    for field in fields:
        unit = f"（{field['unit']}）" if field.get("unit") else ""
        title = field["title"] + unit
        # DuckDB tells names apart without regard to case
        used_labels = {label.casefold() for label in labels}
        name = field["name"]
        labels.append(
            f"{title}（{name}）" if title.casefold() in used_labels else title
        )
    return labels
