"""The columns of the fields, the columns of nobody, and what is said of either."""

from __future__ import annotations

from collections.abc import Sequence

from ckanext.gpo.intake.journal import Journal

from .layout import Column, Extra
from .levels import Header
from .matching import Assignments
from .vocabulary import Field


def name_columns(
    fields: Sequence[Field],
    header: Header,
    assignments: Assignments,
    row: int,
    journal: Journal,
) -> tuple[Column, ...]:
    """One column for each field, in the schema's order.

    :param row: where the header begins
    """
    columns = tuple(_column(field, header, assignments) for field in fields)
    for column in columns:
        _note(column, assignments, row, journal)
    for index, names in assignments.ambiguous.items():
        journal.record(
            "column-ambiguous",
            row,
            index + 1,
            _label(header, index),
            names="、".join(names),
        )
    order = [column.index for column in columns if column.index is not None]
    if order != sorted(order):
        journal.record("columns-reordered", row)
    return columns


def extra_columns(header: Header, assignments: Assignments) -> tuple[Extra, ...]:
    """The columns that are no field's and of which nothing was said yet."""
    mentioned = {one.column for one in assignments.fields.values()}
    mentioned |= assignments.ambiguous.keys()
    mentioned |= {
        index for indices in assignments.repeated.values() for index in indices
    }
    return tuple(
        Extra(index, _label(header, index))
        for index in range(len(header.labels))
        if index not in mentioned
    )


def _column(field: Field, header: Header, assignments: Assignments) -> Column:
    assignment = assignments.fields.get(field["name"])
    if assignment is None:
        return Column(field, None, (field.get("title", field["name"]),))
    return Column(field, assignment.column, header.labels[assignment.column])


def _note(column: Column, assignments: Assignments, row: int, journal: Journal) -> None:
    name = column.field["name"]
    assignment = assignments.fields.get(name)
    if assignment is None:
        required = column.field.get("constraints", {}).get("required", False)
        code = "column-missing" if required else "column-missing-optional"
        journal.record(code, row, label=column.label)
        return
    if assignment.match.synonym:
        title = column.field.get("title", name)
        journal.record("label-synonym", row, column.number, column.label, title=title)
    elif assignment.match.fold:
        journal.record("label-folded", row, column.number, column.label)
    for index in assignments.repeated.get(name, ()):
        journal.record("column-repeated", row, index + 1, column.label)


def _label(header: Header, index: int) -> str:
    return "/".join(header.labels[index])
