"""What public/gpo_explore/chart.js draws, as JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from ckanext.gpo.common.types import Translate

from .charts import Choice, Figures, measure_label


def drawing(choice: Choice, figures: Figures, title: str, _: Translate) -> str:
    """The chart's kind, words and figures; every text in it comes from rows or the schema
    and is drawn as text, never read as markup."""
    return json.dumps(
        {
            "kind": choice.kind.value,
            "title": title,
            "measure": measure_label(choice.measure, _),
            "unit": choice.measure.unit,
            "isTime": choice.dimension.is_time,
            "labels": [figure.label for figure in figures.drawn],
            "values": [_number(figure.value) for figure in figures.drawn],
        },
        ensure_ascii=False,
    )


def _number(value: Decimal | None) -> Any:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
