"""The fast path: rows keep their order and numbers, however many threads read them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from frictionless import Check, Dialect, Error, Schema
from frictionless.formats.csv import CsvControl
from frictionless.resources import TableResource

from ckanext.gpo.common.tables import ForeignKey
from ckanext.gpo.quality.engine.checks import (
    CodeCheck,
    Reference,
    ReferenceCheck,
)
from ckanext.gpo.quality.engine.judge import Judgement, judge
from ckanext.gpo.quality.engine.rows import Spool

SCHEMA = {
    "fields": [
        {"name": "code", "type": "string", "constraints": {"pattern": "[A-Z]\\d+"}},
        {"name": "amount", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "day", "type": "date"},
    ],
    "primaryKey": ["code"],
}
NAMES = [field["name"] for field in SCHEMA["fields"]]
DAY = "2026-11-24"


class Verdict:
    """What judging some rows found, and the rows that were spooled."""

    def __init__(
        self,
        folder: Path,
        lines: list[str],
        asked: list[Check] | None = None,
        schema: dict[str, Any] = SCHEMA,
    ) -> None:
        path = folder / "table.csv"
        path.write_text("\n".join([",".join(NAMES), *lines, ""]), "utf-8")
        control = CsvControl(delimiter=",", quote_char='"', skip_initial_space=False)
        table = TableResource(
            path=path.name,
            basepath=str(folder),
            format="csv",
            encoding="utf-8",
            schema=Schema.from_descriptor(schema),
            dialect=Dialect(controls=[control]),
        )
        found: list[Error] = []
        self.spooled = folder / "spool.csv"
        spool = Spool(path=self.spooled, field_names=NAMES)
        self.judged: Judgement = judge(table, asked or [], found.append, spool=spool)
        self.errors = [
            (error.type, getattr(error, "row_number", None)) for error in found
        ]

    @property
    def rows(self) -> list[list[str]]:
        with self.spooled.open(encoding="utf-8", newline="") as source:
            return list(csv.reader(source))[1:]


def good(number: int) -> str:
    return f"A{number},{number},{DAY}"


def test_rows_of_a_large_file_keep_their_numbers(tmp_path: Path):
    """More rows than DuckDB gives to one thread at a time."""
    lines = [good(number) for number in range(400_000)]
    faults: dict[int, tuple[str, str]] = {
        1: ("type-error", "A1,x,2026-11-24"),
        99_999: ("constraint-error", "A99999,-1,2026-11-24"),
        130_000: ("missing-cell", "A130000,1"),
        200_001: ("blank-row", ""),
        262_144: ("extra-cell", "A262144,1,2026-11-24,more"),
        300_000: ("primary-key", good(7)),
        399_999: ("type-error", "A399999,1,2026-02-30"),
    }
    for number, (_, line) in faults.items():
        lines[number] = line

    verdict = Verdict(tmp_path, lines)

    expected = [(kind, at + 2) for at, (kind, _) in faults.items()]
    expected.insert(4, ("primary-key", 200_003))  # a blank row has no key either
    assert verdict.errors == expected
    assert verdict.judged.rows == 400_000
    assert verdict.judged.slow is None
    # the first of the two rows with the same key is looked at too
    assert verdict.judged.examined == len(faults) + 1


def test_spool_of_a_large_file_is_in_its_order(tmp_path: Path):
    lines = [good(number) for number in range(400_000)]
    lines[250_000] = "A250000,+250000,2026-11-24"  # not canonical, and no fault

    verdict = Verdict(tmp_path, lines)

    assert not verdict.errors
    assert verdict.judged.examined == 1
    assert verdict.rows == [good(number).split(",") for number in range(400_000)]


def test_equal_values_in_other_words_are_the_same_key(tmp_path: Path):
    schema = {**SCHEMA, "primaryKey": ["amount"]}

    verdict = Verdict(tmp_path, [good(7), f"B7,007,{DAY}", good(8)], schema=schema)

    assert verdict.errors == [("primary-key", 3)]


def test_codes_and_references_are_looked_up(tmp_path: Path):
    key = ForeignKey(("code",), "culture/venues", ("id",))
    known = frozenset((f"A{number}",) for number in range(5))
    asked: list[Check] = [
        CodeCheck(codes={"code": "division"}),
        ReferenceCheck(references=[Reference(key, known)]),
    ]

    verdict = Verdict(tmp_path, [good(number) for number in (0, 4, 5)], asked)

    assert Counter(kind for kind, _ in verdict.errors) == {
        "code-error": 3,
        "foreign-key": 1,
    }
    assert ("foreign-key", 4) in verdict.errors


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('A1,1,"2026-11-24"x', "quoting"),
        ("A1,1,2026\r-11-24", "quoting"),
        ("A1," + "1" * 3_000_000 + f",{DAY}", "unreadable"),
    ],
)
def test_where_the_fast_way_is_not_exact_it_says_so(
    line: str, reason: str, tmp_path: Path
):
    verdict = Verdict(tmp_path, [good(0), line])

    assert verdict.judged.slow == reason
    assert verdict.judged.examined == verdict.judged.rows
    assert verdict.errors


def test_key_of_numbers_goes_the_slow_way(tmp_path: Path):
    """1 and 1.0 are one number, in two texts."""
    code, amount, day = SCHEMA["fields"]
    fields = [code, amount | {"type": "number"}, day]
    schema = {"fields": fields, "primaryKey": ["amount"]}

    verdict = Verdict(tmp_path, [f"A1,1,{DAY}", f"A2,1.0,{DAY}"], schema=schema)

    assert verdict.judged.slow == "key-type"
    assert verdict.errors == [("primary-key", 3)]
