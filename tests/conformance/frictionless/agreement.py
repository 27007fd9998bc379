"""Both ways over one table, and what each of them says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frictionless import Check, Error
from frictionless.resources import TableResource

from ckanext.gpo.quality.engine.judge import Judged, judge


@dataclass(frozen=True)
class Verdicts:
    """Every error as kind, row, field, note and cells, counted."""

    ours: Counter[tuple[Any, ...]]
    frictionless: Counter[tuple[Any, ...]]
    judged: Judged

    @property
    def agree(self) -> bool:
        return self.ours == self.frictionless

    @property
    def difference(self) -> str:
        return (
            f"only ours: {list((self.ours - self.frictionless).items())[:5]}\n"
            f"only Frictionless: {list((self.frictionless - self.ours).items())[:5]}\n"
            f"way: {self.judged}"
        )


def compare(resource: TableResource, checks: list[Check] | None = None) -> Verdicts:
    """Judge a table by us and by Frictionless alone.

    :param checks: made anew for each way: a check keeps what it has seen
    """
    found: list[Error] = []
    judged = judge(
        resource.to_copy(), [c.to_copy() for c in checks or []], found.append
    )
    from frictionless import Checklist

    report = resource.to_copy().validate(
        Checklist(checks=[c.to_copy() for c in checks or []]), limit_errors=10**9
    )
    return Verdicts(
        Counter(map(fact, found)), Counter(map(fact, report.task.errors)), judged
    )


def fact(error: Error) -> tuple[Any, ...]:
    """What two equal errors have in common."""
    return (
        error.type,
        getattr(error, "row_number", None),
        getattr(error, "field_name", None),
        getattr(error, "cell", None),
        error.note,
        tuple(getattr(error, "cells", ())),
        getattr(error, "label", None),
    )


def on_disk(folder: Path, content: bytes, **options: Any) -> TableResource:
    """A CSV file with these bytes, read as the gate reads one."""
    (folder / "table.csv").write_bytes(content)
    return TableResource(
        path="table.csv",
        basepath=str(folder),
        format="csv",
        encoding="utf-8",
        **options,
    )
