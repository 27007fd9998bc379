"""Reports as the API gives them: the kept facts, with words for their reader."""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common.tables import Table, table
from ckanext.gpo.quality.faults import Card, Cards, Choice, clipped
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.reception import origin

from .explaining import Explainer
from .keeping import open_cards
from .rules import Translate
from .summary import sentence
from .wording import column_label, rule_title, slow_path, steps

LONGEST_CELL = 5_000
"""Characters of a cell that a card tells: rows of many mebibytes are no page."""

NUMBERS = frozenset({"number", "integer"})
"""Types whose cells stand in a report with their digits below each other."""


class Reader:
    """The faults of one file in the language of who reads them.

    :param origin_: where the file came from, see `Version.origin`
    """

    def __init__(
        self, origin_: Any, table: Table, translate: Translate, *, english: bool
    ) -> None:
        self._table = table
        self._explainer = Explainer(table, translate, english=english)
        self._origin = origin.readable(origin_)

    def fault(self, fact: dict[str, Any]) -> dict[str, Any]:
        """A fault with its words, see `Explainer.explain`.

        `source_row` is the row in the department's own file, where that is known;
        `marked` the names of the fields whose cells it is about.
        """
        words = self._explainer.explain(fact)
        field = fact.get("field") or ""
        is_key = fact["rule"] == "primary-key"
        return {
            **fact,
            **words,
            "source_row": origin.source_row(self._origin, fact.get("row")),
            "marked": list(self._table.primary_key)
            if is_key
            else list(filter(None, field.split(", "))),
        }

    def card(self, card: Card) -> dict[str, Any]:
        """`{row, source_row, key, cells, marked, faults}`; key are the key's cells."""
        faults = [self.fault(fact) for fact in card.faults]
        return {
            "row": card.row,
            "source_row": origin.source_row(self._origin, card.row),
            "key": [
                clipped(value)
                for name in self._table.primary_key
                if (value := card.cells.get(name))
            ],
            "cells": card.cells,
            "marked": sorted({name for fault in faults for name in fault["marked"]}),
            "faults": faults,
        }

    def error(self, card: Card, fact: dict[str, Any]) -> dict[str, Any]:
        """A fault alone, for programs: with its value, and the keys of its row."""
        fault = self.fault(fact)
        values = [card.cells.get(name, "") for name in fault["marked"]]
        value = fault.get("value") or ", ".join(filter(None, values))
        names = ("sheet", "column", "field", "label", "rule", "title", "message")
        return {
            "row": fault["source_row"] or fault.get("row"),
            **{name: fault.get(name) for name in names},
            "value": clipped(value),
            "expected": fault.get("meaning") or fault["expected"],
            "example": fault["example"],
            "fix": fault["fix"],
            "key": {name: card.cells.get(name) for name in self._table.primary_key}
            if card.cells
            else {},
        }


def open_faults(
    version: Version, translate: Translate, *, english: bool
) -> tuple[Reader, Cards]:
    """The faults of a version, and who words them."""
    described = table(version.table_ref)
    names = [field["name"] for field in described.fields]
    reader = Reader(version.origin, described, translate, english=english)
    return reader, open_cards(version, names)


def readable_cards(
    reader: Reader, cards: Cards, choice: Choice, offset: int, limit: int
) -> dict[str, Any]:
    """`{total, cards}`: those of the choice, see `Reader.card`.

    Beside it a card has `clipped`, the names of the fields of whose cells only the first
    `LONGEST_CELL` characters are there.
    """
    page = cards.page(choice, offset, limit)
    return {
        "total": cards.count(choice),
        "cards": [_clipped(reader.card(card)) for card in page],
    }


def _clipped(card: dict[str, Any]) -> dict[str, Any]:
    cells = {name: clipped(text, LONGEST_CELL) for name, text in card["cells"].items()}
    names = [name for name, text in cells.items() if text != card["cells"][name]]
    return {**card, "cells": cells, "clipped": names}


def readable_errors(
    reader: Reader, cards: Cards, choice: Choice, offset: int, limit: int
) -> dict[str, Any]:
    """`{total, errors}`: those of the choice, see `Reader.error`."""
    page = cards.faults(choice, offset, limit)
    return {
        "total": cards.count_faults(choice),
        "errors": [reader.error(card, fact) for card, fact in page],
    }


def readable_report(
    version: Version,
    table: Table,
    translate: Translate,
    *,
    staff: bool,
    english: bool,
) -> dict[str, Any] | None:
    """The report with the words that its reader needs.

    Only to `staff` is told what stood in a cell that was corrected, and who did it.

    `reading` is what was done to the file and `patterns` what many faults have in common,
    both in sentences, the latter with a right value as `example`. For `errors` see `Reader.fault`.
    """
    if version.report is None:
        return None
    report = (
        version.report if staff else _without_corrections(version.report, translate)
    )
    return readable(report, version.origin, table, translate, english=english)


def readable(
    report: dict[str, Any],
    origin_: Any,
    table: Table,
    translate: Translate,
    *,
    english: bool,
) -> dict[str, Any]:
    """The same for a report that belongs to no version.

    :param origin_: where the file came from, see `Version.origin`
    """
    names = [field["name"] for field in table.fields]
    examples = {field["name"]: field.get("example", "") for field in table.fields}
    reader = Reader(origin_, table, translate, english=english)
    return {
        **report,
        "reading": steps(report, translate),
        "slow_path": slow_path(report.get("slow"), translate),
        "fields": [
            {
                "name": field["name"],
                "title": field["title"],
                "number": field["type"] in NUMBERS,
            }
            for field in table.fields
        ],
        "counts": [
            {
                **count,
                "title": rule_title(count["rule"], translate),
                "label": column_label(count["field"], table),
            }
            for count in report["counts"]
        ],
        "patterns": [
            {
                **pattern,
                "sentence": sentence(
                    pattern, column_label(pattern["field"], table, english), translate
                ),
                "example": examples.get(pattern["field"], ""),
            }
            for pattern in report.get("patterns", [])
        ],
        "errors": [
            {
                **reader.fault(fact),
                "cells": dict(zip(names, fact.get("cells", []), strict=False)),
            }
            for fact in report["errors"]
        ],
    }


def _without_corrections(
    report: dict[str, Any], translate: Translate
) -> dict[str, Any]:
    """A report that tells where cells were corrected, not what or by whom."""
    unsaid = {"before": "…", "after": "…", "by": translate("the department")}
    return {
        **report,
        "steps": [
            {**step, "facts": unsaid} if step["code"] == "cell-corrected" else step
            for step in report.get("steps", ())
        ],
    }
