"""Both ways over one table, and what each of them says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frictionless import Check, Checklist, Error
from frictionless.resources import TableResource

from ckanext.gpo.quality.engine.judge import Judgement, judge

Fact = tuple[Any, ...]


@dataclass(frozen=True)
class Verdicts:
    """Every error as kind, row, field, label, note, cell and cells, counted."""

    ours: Counter[Fact]
    frictionless: Counter[Fact]
    judged: Judgement

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


def compare(
    resource: TableResource,
    checks: Callable[[], list[Check]] = list,
) -> Verdicts:
    """Judge a table by us and by Frictionless alone.

    :param checks: makes the checks anew for each way: a check remembers what it has seen
    """
    found: list[Error] = []
    judged = judge(resource.to_copy(), checks(), found.append)
    report = resource.to_copy().validate(Checklist(checks=checks()), limit_errors=10**9)
    return Verdicts(
        Counter(map(fact, found)), Counter(map(fact, report.task.errors)), judged
    )


def fact(error: Error) -> Fact:
    """All that two equal errors have in common."""
    return (
        error.type,
        getattr(error, "row_number", None),
        getattr(error, "field_name", None),
        getattr(error, "label", None),
        error.note,
        getattr(error, "cell", None),
        tuple(getattr(error, "cells", ())),
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
