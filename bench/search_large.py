"""Search at 100,000 datasets beside 1,000 and 10,000; the largest index takes minutes.

`search_growth[name]` says how many times longer, or larger, something is at 100,000 than
at 1,000. A table of all of them comes last, on the error output, for people.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench import search_speed, site
from bench.figure import Figure

COUNTS = (1_000, 10_000, 100_000)


def figures() -> Iterator[Figure]:
    results: dict[str, dict[int, Figure]] = {}
    with site.running():
        for count in COUNTS:
            for figure in search_speed.measure(count):
                results.setdefault(figure.name, {})[count] = figure
                yield figure
    for name, sizes in results.items():
        yield growth(name, sizes)
    print(table(results), file=sys.stderr)


def growth(name: str, sizes: dict[int, Figure]) -> Figure:
    small, large = sizes[COUNTS[0]], sizes[COUNTS[-1]]
    times = round(large.value / small.value, 2)
    plain = name.removeprefix("search_")
    return Figure(f"search_growth[{plain}]", times, "times", n=COUNTS[-1])


def table(results: dict[str, dict[int, Figure]]) -> str:
    """One row a figure, one column a number of datasets."""
    rows = [("", "unit", *(f"{count:,}" for count in COUNTS), "growth")]
    for name, sizes in results.items():
        values = [f"{sizes[count].value:,.1f}" for count in COUNTS]
        unit = sizes[COUNTS[0]].unit
        rows.append((name, unit, *values, f"{growth(name, sizes).value:.1f}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
