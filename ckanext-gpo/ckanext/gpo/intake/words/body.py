"""The words of rows, merged cells and ditto marks."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]
Templates = dict[str, tuple[str, str, str]]


def all_words(_: Translate) -> Templates:
    """Every code of `codes.BODY`."""
    return _left_out(_) | _doubtful(_) | _filled(_)


def _left_out(_: Translate) -> Templates:
    return {
        "rows-blank": (
            _("Blank rows skipped"),
            _("Rows without any content were left out."),
            "",
        ),
        "rows-total": (
            _("Totals skipped"),
            _("Rows of totals and subtotals are no data, and were left out."),
            "",
        ),
        "rows-note": (
            _("Notes skipped"),
            _("Notes, sources and signatures were left out."),
            "",
        ),
        "rows-section": (
            _("Section titles skipped"),
            _("Rows that only name a part of the table were left out."),
            "",
        ),
        "header-repeated": (
            _("Repeated header skipped"),
            _("The header or title comes again further down, and was left out."),
            "",
        ),
        "column-numbers": (
            _("Column numbers skipped"),
            _("The row below the header only numbers the columns, and was left out."),
            "",
        ),
    }


def _doubtful(_: Translate) -> Templates:
    split = _("Hand in each table as a file of its own.")
    return {
        "total-with-key": (
            _("Row that may be a total"),
            _(
                "The row reads like a total, but has a key of its own like any other row."
            ),
            _("Delete the row if it is a total."),
        ),
        "rows-missing": (
            _("No data"),
            _("There is no row of data below the header."),
            _("Check that it is the right file, then export the table again."),
        ),
        "rows-dropped": (
            _("Far fewer rows than are public"),
            _("The table has {rows} rows; {published} are public now."),
            _("Check that the file is whole, then export the table again."),
        ),
        "second-table": (
            _("Second table"),
            _("Another table begins below the first one."),
            split,
        ),
        "text-row": (
            _("Line of text among the data"),
            _(
                "A row holds a single text that is neither a note nor a row of the table."
            ),
            _("Delete the row, or complete it."),
        ),
        "row-too-long": (
            _("Row with too many cells"),
            _("The row has more cells than the {columns} of the header."),
            _(
                "Put quotation marks around texts that hold the delimiter, or submit XLSX."
            ),
        ),
        "row-too-short": (
            _("Row with too few cells"),
            _("The row has {cells} cells, the header {columns}."),
            _(
                "Check whether the file is cut off or a line is broken, then export it again."
            ),
        ),
    }


def _filled(_: Translate) -> Templates:
    unmerge = _("Unmerge the cells and fill in each of them.")
    fill_in = _("Write out what is meant in each row.")
    return {
        "merged-repeated": (
            _("Merged text repeated"),
            _("The text of a merged cell was written into each of its rows."),
            "",
        ),
        "merged-number": (
            _("Merged number"),
            _("One number stands for several rows; nobody can say how it is divided."),
            unmerge,
        ),
        "merged-across": (
            _("Cells merged across columns"),
            _("One cell stands for several columns of a row."),
            unmerge,
        ),
        "ditto": (
            _("Ditto mark written out"),
            _(
                "The value of the cell above was written in the place of 同上 or a ditto mark."
            ),
            "",
        ),
        "ditto-number": (
            _("Ditto mark for a number"),
            _("A ditto mark stands where a number belongs."),
            fill_in,
        ),
        "ditto-without-value": (
            _("Ditto mark with nothing above"),
            _("The cell above the ditto mark holds no value."),
            fill_in,
        ),
    }
