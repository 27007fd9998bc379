"""A chart in words: its title, what is measured, what by."""

from __future__ import annotations

from ckanext.gpo.common.types import Translate

from .choice import Choice
from .dimensions import Dimension, Measure


def title(table: str, choice: Choice, _: Translate) -> str:
    """`<table>: <measure> by <dimension>`."""
    return _("{table}: {measure} by {dimension}").format(
        table=table,
        measure=measure_label(choice.measure, _),
        dimension=dimension_label(choice.dimension, _),
    )


def measure_label(measure: Measure, _: Translate) -> str:
    labels = {
        "count": _("Number of records"),
        "sum": _("Total of {field}"),
        "avg": _("Average of {field}"),
        "min": _("Lowest {field}"),
        "max": _("Highest {field}"),
    }
    return labels[measure.function].format(field=measure.label)


def dimension_label(dimension: Dimension, _: Translate) -> str:
    labels = {
        "": "{field}",
        "year": _("year of {field}"),
        "month": _("month of {field}"),
        "day": _("day of {field}"),
    }
    return labels[dimension.unit].format(field=dimension.label)


def short_title(choice: Choice, _: Translate) -> str:
    """The title where the table is named already."""
    return _("{measure} by {dimension}").format(
        measure=measure_label(choice.measure, _),
        dimension=dimension_label(choice.dimension, _),
    )
