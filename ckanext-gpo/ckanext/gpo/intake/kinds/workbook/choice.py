"""Which sheet of a workbook holds the table: a visible one, and no other would do as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ckanext.gpo.common.labels import NOTES_TITLES
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Row
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.steps import IntakeError

FIRST_ROWS: Final = 30
"""By so many rows at the top of a sheet it is told whether it fits."""


@dataclass(frozen=True)
class Candidate:
    """A sheet, or another table of several in a file; `first_rows` reads its top."""

    name: str
    visible: bool
    first_rows: Callable[[], Sequence[Row]]


def choose(
    candidates: Sequence[Candidate],
    declaration: Declaration,
    fits: Callable[[Sequence[Row]], float],
    tally: Tally,
) -> int:
    """The index of the sheet to read; names the others as a step.

    :raises IntakeError: `sheet-missing`, `sheet-hidden`, `sheets-equal`, `sheets-unfit`,
        `file-empty`
    """
    hidden = [c.name for c in candidates if not c.visible]
    if hidden:
        tally.add("sheets-hidden-ignored", count=len(hidden), sheets="、".join(hidden))
    if declaration.sheet:
        return _declared(candidates, declaration.sheet)
    visible = [i for i, c in enumerate(candidates) if c.visible]
    if len(visible) == 1 and not hidden:
        return visible[0]
    tops = {i: candidates[i].first_rows() for i in visible}
    filled = {
        i: rows
        for i, rows in tops.items()
        if _is_filled(rows) and not _are_notes_of_template(rows)
    }
    if not filled:
        code = "sheet-hidden" if hidden else "file-empty"
        raise IntakeError(code, sheets="、".join(hidden))
    if len(filled) == 1:
        return next(iter(filled))
    return _best({i: fits(rows) for i, rows in filled.items()}, candidates, tally)


def _declared(candidates: Sequence[Candidate], name: str) -> int:
    for index, candidate in enumerate(candidates):
        if candidate.name.strip() == name.strip():
            if not candidate.visible:
                raise IntakeError("sheet-hidden", sheets=candidate.name)
            return index
    visible = "、".join(c.name for c in candidates if c.visible)
    raise IntakeError("sheet-missing", sheet=name, sheets=visible)


def _best(
    scores: dict[int, float], candidates: Sequence[Candidate], tally: Tally
) -> int:
    best = max(scores.values())
    first, *equal = [i for i, score in scores.items() if score == best]
    if best <= 0 or equal:
        names = [candidates[i].name for i in (scores if best <= 0 else [first, *equal])]
        code = "sheets-unfit" if best <= 0 else "sheets-equal"
        raise IntakeError(code, sheets="、".join(names))
    others = [candidates[i].name for i in scores if i != first]
    tally.add("sheet-chosen", sheet=candidates[first].name, others="、".join(others))
    return first


def _are_notes_of_template(rows: Sequence[Row]) -> bool:
    """Whether a sheet holds the notes that we put beside the sheet to be filled in."""
    first = rows[0][1] if rows else ()
    titles = tuple(str(cell) for cell in first if cell is not None)
    return titles in NOTES_TITLES.values()


def _is_filled(rows: Sequence[Row]) -> bool:
    return any(cell is not None for _, cells in rows for cell in cells)
