"""Every code of a step or finding: what it does to values, and who decides.

What a person would read without doubt is a step. What changes how much a number says,
drops part of a value, or can be read two ways needs the table's consent
(`Declaration.allow`); without it the table is held by a finding of the same code. What
nobody can decide by machine is held always. The words of all of them are in `words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from .kinds.codes import CODES as KIND_CODES
from .kinds.codes import Code as KindCode


class Decision(Enum):
    """Who decides whether it may be done."""

    STEP = "step"
    CONSENT = "consent"
    FINDING = "finding"


@dataclass(frozen=True)
class Code:
    """Who decides, and whether a published value may say something else after it."""

    decision: Decision
    changes_value: bool = False


_STEP = Code(Decision.STEP)
_FILLED = Code(Decision.STEP, changes_value=True)
_CONSENT = Code(Decision.CONSENT, changes_value=True)
_CHOICE = Code(Decision.CONSENT)
_FINDING = Code(Decision.FINDING)

LAYOUT: Mapping[str, Code] = {
    "rows-above": _STEP,
    "rows-above-unknown": _FINDING,
    "header-levels": _STEP,
    "label-folded": _STEP,
    "label-synonym": _STEP,
    "columns-reordered": _STEP,
    "columns-blank": _STEP,
    # 序号, 备注: an office's own, which no table publishes
    "column-remark": _STEP,
    # any other may be a column of the table under a wrong label
    "column-extra": _CHOICE,
    "column-unlabelled": _FINDING,
    "column-missing": _FINDING,
    "column-missing-optional": _CHOICE,
    "column-repeated": _FINDING,
    "column-ambiguous": _FINDING,
    # the factor itself is declared, in `Declaration.units`
    "unit-converted": _FILLED,
    "unit-differs": _FINDING,
    "unit-factor-wrong": _FINDING,
    "unit-undeclared": _FINDING,
}

BODY: Mapping[str, Code] = {
    "rows-blank": _STEP,
    "rows-total": _STEP,
    # with a key of its own it may be a row that the table publishes
    "total-with-key": _CHOICE,
    "rows-note": _STEP,
    "rows-section": _STEP,
    "header-repeated": _STEP,
    "column-numbers": _STEP,
    "rows-missing": _FINDING,
    # a table that is handed in anew for each month may shrink
    "rows-dropped": _CHOICE,
    "second-table": _FINDING,
    "text-row": _FINDING,
    "row-too-long": _FINDING,
    "row-too-short": _FINDING,
    "merged-repeated": _FILLED,
    "merged-number": _FINDING,
    "merged-across": _FINDING,
    "ditto": _FILLED,
    # a number that stands once must not count twice by a slip of the pen
    "ditto-number": _CONSENT,
    "ditto-without-value": _FINDING,
}

VALUES: Mapping[str, Code] = {
    "code-mapped": _FILLED,
    "cell-corrected": _FILLED,
    "correction-differs": _FINDING,
    "correction-without-cell": _FINDING,
    "spaces-trimmed": _STEP,
    "invisible-removed": _STEP,
    "line-breaks": _STEP,
    "half-width": _STEP,
    "text-mark": _STEP,
    "private-use": _FINDING,
    "replacement-character": _FINDING,
    "control-character": _FINDING,
    "error-value": _FINDING,
    "line-break": _FINDING,
    "rows-swallowed": _FINDING,
    "number-as-text": _STEP,
    "shown-text": _STEP,
    "long-number": _FINDING,
    "digits-lost": _FINDING,
    "date-in-text": _CONSENT,
    "not-a-number": _FINDING,
    "number-doubtful": _FINDING,
    "number-form": _STEP,
    "thousands-mark": _STEP,
    "chinese-numeral": _STEP,
    "unit-removed": _STEP,
    "percent-shown": _STEP,
    # 50 % is 0.5 or 50
    "percent-fraction": _CONSENT,
    # (88) and △88 also mean "of which" and "more"
    "negative-brackets": _CONSENT,
    "negative-triangle": _CONSENT,
    "negative-trailing": _CONSENT,
    # a dash is nothing, or nought
    "placeholder-blank": _CONSENT,
    "date-form": _STEP,
    "date-ambiguous": _FINDING,
    "date-incomplete": _FINDING,
    "date-minguo": _FINDING,
    "excel-serial": _STEP,
    # in a text file nothing says whether days are counted from 1900 or 1904
    "excel-serial-text": _CONSENT,
    "time-dropped": _CONSENT,
    "day-dropped": _CONSENT,
    "zone-converted": _CONSENT,
    "yes-no-word": _STEP,
}

CODES: Mapping[str, Code] = {**LAYOUT, **BODY, **VALUES}
"""The codes of the stations after `kinds`."""


def _of_kind(code: KindCode) -> Code:
    decision = Decision.CONSENT if code.consent else Decision.STEP
    return Code(Decision.FINDING if code.holds else decision, code.changes)


ALL_CODES: Mapping[str, Code] = {
    **{name: _of_kind(code) for name, code in KIND_CODES.items()},
    **CODES,
}
"""Those of `kinds` too."""


def is_layout(code: str) -> bool:
    """Whether a code speaks of the header and the columns, on which all cells depend."""
    return code in LAYOUT
