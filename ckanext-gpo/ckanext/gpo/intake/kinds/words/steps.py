"""What was done to a file, and what of it must be held."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]
Templates = dict[str, tuple[str, str, str]]


def all_steps(_: Translate) -> Templates:
    """Every code of `codes.CODES` with its words; facts are in braces."""
    return _packing(_) | _texts(_) | _workbooks(_) | _findings(_) | _records(_)


def _packing(_: Translate) -> Templates:
    return {
        "gzip-unpacked": (_("Unpacked"), _("The file was packed by gzip."), ""),
        "zip-unpacked": (
            _("Unpacked"),
            _("“{member}” was taken out of the ZIP archive."),
            "",
        ),
        "archive-litter-ignored": (
            _("Files of the system ignored"),
            _("Files that operating systems add to archives were ignored: {members}"),
            "",
        ),
        "archive-readme-ignored": (
            _("Accompanying files ignored"),
            _("Files beside the table were ignored: {members}"),
            "",
        ),
    }


def _texts(_: Translate) -> Templates:
    return {
        "encoding-read": (_("Encoding"), _("The text was read as {encoding}."), ""),
        "delimiter-read": (
            _("Delimiter"),
            _("The cells are divided by “{delimiter}”."),
            "",
        ),
        "delimiter-line-ignored": (
            _("Line for Excel ignored"),
            _("The first line only tells Excel the delimiter."),
            "",
        ),
        "line-ends-read": (
            _("Ends of lines"),
            _("The lines end in {ends}, as other programs write them."),
            "",
        ),
        "byte-order-mark-ignored": (
            _("Stray marks ignored"),
            _("Byte order marks within the text were ignored."),
            "",
        ),
        "cell-line-breaks-joined": (
            _("Line breaks in cells"),
            _("Line breaks within cells were written in one form."),
            "",
        ),
    }


def _workbooks(_: Translate) -> Templates:
    return {
        "sheet-chosen": (
            _("Sheet"),
            _("The sheet “{sheet}” was read, not: {others}"),
            "",
        ),
        "sheets-hidden-ignored": (
            _("Hidden sheets ignored"),
            _("Hidden sheets were not read: {sheets}"),
            "",
        ),
        "comments-ignored": (
            _("Comments ignored"),
            _("Comments on cells were not read."),
            "",
        ),
        "blank-range-ignored": (
            _("Blank rows at the end ignored"),
            _("Rows that hold formats and nothing else were not read."),
            "",
        ),
        "dates-1904-read": (
            _("Dates counted from 1904"),
            _("The workbook counts days from 1904, and was read so."),
            "",
        ),
        "escapes-read": (
            _("Escaped characters"),
            _("Characters written as _x000D_ and the like were read as such."),
            "",
        ),
        "digits-rounded": (
            _("Digits that are not shown"),
            _("Numbers were read to the 15 digits that their program shows."),
            "",
        ),
    }


def _findings(_: Translate) -> Templates:
    return {
        "rows-hidden": (
            _("Hidden rows"),
            _("Rows of the table are hidden."),
            _("Show the rows, or delete them if they do not belong to the table."),
        ),
        "rows-filtered": (
            _("Filtered rows"),
            _("A filter hides rows of the table."),
            _("Clear the filter, check the rows and submit the file again."),
        ),
        "columns-hidden": (
            _("Hidden columns"),
            _("Columns of the table are hidden."),
            _("Show the columns, or delete them if they do not belong to the table."),
        ),
        "external-values": (
            _("Values from other workbooks"),
            _("Formulas take values from other workbooks, which may have changed."),
            _("Replace these formulas by their values and submit the file again."),
        ),
        "error-values": (
            _("Error values"),
            _("Formulas give errors such as #N/A instead of values."),
            _("Mend the formulas, or delete the cells that have no value."),
        ),
        "formula-without-value": (
            _("Formulas without values"),
            _("The file holds formulas, but not what they give."),
            _("Open it in Excel or WPS, save it there and submit it again."),
        ),
    }


def _records(_: Translate) -> Templates:
    return {
        "records-found": (
            _("Place of the records"),
            _("The records were found at “{path}”."),
            "",
        ),
        "geometry-kept": (
            _("Geometry"),
            _("The geometry of each feature is in the column “{label}”, as GeoJSON."),
            "",
        ),
        "records-deleted-ignored": (
            _("Deleted records ignored"),
            _("Records that are marked as deleted were not read."),
            "",
        ),
    }
