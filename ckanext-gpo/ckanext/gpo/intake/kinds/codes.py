"""Every step and finding of this station: whether it changes values, whether it needs consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Code:
    """What a step does.

    - `changes`: a value of the clean table can differ from the one in the file
    - `consent`: only by the table's consent (`Declaration.allow`); else it is a finding
    - `holds`: no consent makes it a step
    """

    changes: bool = False
    consent: bool = False
    holds: bool = False


_NAMED: Final = Code()
_CHANGES: Final = Code(changes=True)
_CONSENT: Final = Code(changes=True, consent=True)
_HOLDS: Final = Code(holds=True)

CODES: Final[Mapping[str, Code]] = {
    # Packing
    "gzip-unpacked": _NAMED,
    "zip-unpacked": _NAMED,
    "archive-litter-ignored": _NAMED,
    "archive-readme-ignored": _NAMED,
    # Text
    "encoding-read": _NAMED,
    "delimiter-read": _NAMED,
    "delimiter-line-ignored": _NAMED,
    "line-ends-read": _NAMED,
    "byte-order-mark-ignored": _NAMED,
    "cell-line-breaks-joined": _CHANGES,
    # Workbooks
    "sheet-chosen": _NAMED,
    "sheets-hidden-ignored": _NAMED,
    "comments-ignored": _NAMED,
    "blank-range-ignored": _NAMED,
    "dates-1904-read": _NAMED,
    "escapes-read": _CHANGES,
    "digits-rounded": _CHANGES,
    "rows-hidden": _CONSENT,
    "rows-filtered": _CONSENT,
    "columns-hidden": _CONSENT,
    "external-values": _CONSENT,
    "error-values": _CONSENT,
    "formula-without-value": _HOLDS,
    # Documents and databases
    "records-found": _NAMED,
    "geometry-kept": _NAMED,
    "records-deleted-ignored": _NAMED,
}

ERRORS: Final = frozenset(
    {
        # What the file is
        "file-empty",
        "file-zeros",
        "file-partial",
        "file-damaged",
        "file-growing",
        "file-password",
        "file-picture",
        "file-pdf",
        "file-word",
        "file-slides",
        "file-program",
        "file-web-page",
        "file-web-archive",
        "file-unknown",
        # Packing
        "archive-kind",
        "archive-empty",
        "archive-several",
        "archive-members",
        "archive-nested",
        "unpacked-too-large",
        "unpacked-ratio",
        # Size
        "rows-too-many",
        "columns-too-many",
        "record-too-long",
        "document-too-large",
        # Text
        "text-nul",
        "encoding-damaged",
        "encoding-unknown",
        "encoding-twice",
        "encoding-implausible",
        "quote-unclosed",
        "quote-stray",
        "delimiter-mixed",
        "row-broken",
        "file-cut",
        # Workbooks, and other files of several tables
        "sheet-missing",
        "sheet-hidden",
        "sheets-equal",
        "sheets-unfit",
        # Documents
        "xml-entities",
        "xml-malformed",
        "json-malformed",
        "path-undeclared",
        "path-missing",
        "records-missing",
        "records-mixed",
        "cell-binary",
    }
)
"""Every code of an `IntakeError`: why a file cannot be read."""
