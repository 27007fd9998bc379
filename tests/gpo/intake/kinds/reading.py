"""Opens files as a test needs them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ckanext.gpo.intake import kinds
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Grid, Row, single_rows

FILES = Path(__file__).parent / "files"


def count_cells(rows: Sequence[Row]) -> float:
    """Fits better the more cells there are; enough to tell sheets apart."""
    return min(1.0, sum(len(cells) for _, cells in rows) / 1000)


def open_grid(
    file: Path,
    folder: Path,
    /,
    *,
    limits: kinds.Limits | None = None,
    fits: Callable[[Sequence[Row]], float] = count_cells,
    **declared: Any,
) -> tuple[Grid, list[Row]]:
    """The grid of a file, and all its rows."""
    declaration = Declaration(**declared)
    grid = kinds.open_file(file, declaration, limits or kinds.Limits(), folder, fits)
    return grid, list(single_rows(grid.stream))


def codes(grid: Grid) -> list[str]:
    """The codes of all steps and findings."""
    return [*(s.code for s in grid.steps), *(f.code for f in grid.findings)]


def table(rows: Sequence[Row]) -> list[list[Any]]:
    """The cells of the rows, without their numbers."""
    return [list(cells) for _, cells in rows]


def rewritten(
    path: Path, change: Callable[[str], str], part: str = "xl/worksheets/sheet1.xml"
) -> Path:
    """The same workbook with the text of one part changed."""
    target = path.with_name(f"rewritten{path.suffix}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as sink:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                content = change(content.decode()).encode()
            sink.writestr(info.filename, content, zipfile.ZIP_DEFLATED)
    return target
