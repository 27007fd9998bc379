"""Rules that no check names any more: stored reports of former versions still do. Pure."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]


def all_words(_: Translate) -> dict[str, tuple[str, str, str]]:
    """Title, what is expected, how to mend it."""
    again = _("Export the table again and submit it.")
    save = _("Open the file and save it as XLSX or as CSV UTF-8.")
    return {
        "candidate-archive": (
            _("Archive instead of a table"),
            _("a table, not packed or alone in its archive"),
            _("Submit the table without packing it."),
        ),
        "candidate-columns": (
            _("Too many columns"),
            _("a table of as many columns as the schema has"),
            _("Delete what stands right of the table and submit it again."),
        ),
        "candidate-damaged": (
            _("Damaged file"),
            _("a file that opens without a warning"),
            save,
        ),
        "candidate-empty": (
            _("Empty file"),
            _("a header and at least one row"),
            again,
        ),
        "candidate-entities": (
            _("File with declarations that are not read"),
            _("a workbook as office programs write it"),
            save,
        ),
        "candidate-external-links": (
            _("Values from other files"),
            _("values that stand in the file itself"),
            _("Replace the links to other files by their values."),
        ),
        "candidate-format": (
            _("Unreadable format"),
            _("a CSV or XLSX file, whatever its name ends with"),
            save,
        ),
        "candidate-line": (
            _("Line that is too long"),
            _("one row a line; a quotation mark may not be closed"),
            _("Close the quotation mark in this row, or save the file as XLSX."),
        ),
        "candidate-nul": (
            _("Zero bytes in the text"),
            _("a text file without NUL characters"),
            save,
        ),
        "candidate-too-large": (
            _("Too large when unpacked"),
            _("a table within the limits of size"),
            _("Split the table, or ask the operator to raise the limit."),
        ),
        "candidate-truncated": (
            _("File cut off"),
            _("a file that is whole to its end"),
            _("Transfer the file again; compare its size before and after."),
        ),
        "candidate-undecodable": (
            _("Unreadable characters"),
            _("UTF-8 or GB18030"),
            _("Save the file as CSV UTF-8 and submit it again."),
        ),
    }
