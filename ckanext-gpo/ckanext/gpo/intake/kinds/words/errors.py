"""Why a file cannot be read: what it is, how that shows, how to mend it."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]
Templates = dict[str, tuple[str, str, str]]


def all_errors(_: Translate) -> Templates:
    """Every code of `codes.ERRORS` with its words; facts are in braces."""
    return (
        _files(_) | _foreign(_) | _packing(_) | _sizes(_) | _encodings(_)
        | _lines(_) | _sheets(_) | _documents(_)
    )  # fmt: skip


def _files(_: Translate) -> Templates:
    transfer = _("Transfer the file again; compare its size before and after.")
    reopen = _("Open the file; if it opens, save it under a new name and submit that.")
    return {
        "file-empty": (
            _("Empty file"),
            _("The file holds no cells."),
            _("Check that it is the right file, then export the table again."),
        ),
        "file-zeros": (
            _("File of zero bytes"),
            _("The file has a size but holds only zeros, as after a failed copy."),
            transfer,
        ),
        "file-partial": (
            _("Incomplete file"),
            _("The file ends early: only part of it has come in."),
            transfer,
        ),
        "file-damaged": (
            _("Damaged file"),
            _("The file is damaged inside; its own program may mend it."),
            reopen,
        ),
        "file-growing": (
            _("File still being written"),
            _("The file changed while it was read."),
            _("Wait until it is complete, then submit it again."),
        ),
        "file-password": (
            _("File with a password"),
            _("The file is encrypted and opens only with a password."),
            _("Remove the password in its program, save the file and submit it again."),
        ),
        "file-unknown": (
            _("Unknown kind of file"),
            _("The file is no table that can be read."),
            _("Save the table as XLSX or CSV and submit that."),
        ),
    }


def _foreign(_: Translate) -> Templates:
    table = _("Submit the table itself, as XLSX or CSV.")
    return {
        "file-picture": (
            _("Picture"),
            _("The file is a picture; figures in a picture cannot be read."),
            table,
        ),
        "file-pdf": (
            _("PDF"),
            _("The file is a PDF document, which has no cells."),
            table,
        ),
        "file-word": (
            _("Text document"),
            _("The file is a text document, as Word or WPS Writer makes it."),
            _("Copy its table into a workbook, save it as XLSX and submit that."),
        ),
        "file-slides": (_("Slides"), _("The file holds slides, not a table."), table),
        "file-program": (_("Program"), _("The file is a program."), table),
        "file-web-page": (
            _("Web page without a table"),
            _("The file is a web page, perhaps a login or error page."),
            _("Download the table again while you are logged in to the system."),
        ),
        "file-web-archive": (
            _("Web archive"),
            _("The file is a web page saved with everything in it (MHT)."),
            _("Open it in Excel or WPS, save it as XLSX and submit that."),
        ),
    }


def _packing(_: Translate) -> Templates:
    alone = _("Submit the table by itself, or in a ZIP archive of its own.")
    return {
        "archive-kind": (
            _("Archive of another kind"),
            _("The file is packed as RAR, 7z or the like; only ZIP and gzip are read."),
            _("Unpack it and submit the table."),
        ),
        "archive-empty": (
            _("Archive without the table"),
            _("No table is in the archive. It holds: {members}"),
            alone,
        ),
        "archive-several": (
            _("Archive of several tables"),
            _("The archive holds {count} files, and one is expected: {members}"),
            alone,
        ),
        "archive-members": (
            _("Archive of too many files"),
            _("The archive holds more than {limit} files."),
            alone,
        ),
        "archive-nested": (
            _("Archive within archives"),
            _("The file is packed more than twice."),
            alone,
        ),
        "unpacked-too-large": (
            _("File too large when unpacked"),
            _("Unpacked, the file is larger than {limit} MiB."),
            _("Leave out blank rows and sheets, or split the table by year."),
        ),
        "unpacked-ratio": (
            _("File too large when unpacked"),
            _("Unpacked, the file is more than {limit} times as large."),
            _("Leave out blank rows and sheets, or split the table by year."),
        ),
    }


def _sizes(_: Translate) -> Templates:
    return {
        "rows-too-many": (
            _("Too many rows"),
            _("The table has more than {limit} rows."),
            _("Split the table, for instance by year."),
        ),
        "columns-too-many": (
            _("Too many columns"),
            _("The table has more than {limit} columns."),
            _("Delete the columns that do not belong to the table."),
        ),
        "record-too-long": (
            _("Line too long"),
            _("Line {line} is longer than {limit} characters."),
            _("Check the ends of lines and the quotation marks there."),
        ),
        "document-too-large": (
            _("Document too large"),
            _("A file of this kind may have {limit} MiB at most."),
            _("Save the table as CSV or XLSX and submit that."),
        ),
    }


def _encodings(_: Translate) -> Templates:
    utf8 = _("Export the table again as CSV UTF-8, or save it as XLSX.")
    return {
        "text-nul": (
            _("Zero byte in a text"),
            _("Line {line} holds a zero byte, which no text has."),
            utf8,
        ),
        "encoding-damaged": (
            _("Damaged characters"),
            _("The file is {encoding}, but byte {byte} in line {line} is damaged."),
            utf8,
        ),
        "encoding-unknown": (
            _("Unreadable characters"),
            _(
                "The file is neither UTF-8 nor GB18030: byte {byte} in line {line} "
                "belongs to neither."
            ),
            utf8,
        ),
        "encoding-twice": (
            _("Garbled characters"),
            _("The text was read in a wrong encoding once and saved so."),
            _("Go back to the original and export it as CSV UTF-8."),
        ),
        "encoding-implausible": (
            _("Not Chinese text"),
            _(
                "Read as GB18030 the file gives no plausible Chinese; it may be {guess}."
            ),
            utf8,
        ),
    }


def _lines(_: Translate) -> Templates:
    return {
        "quote-unclosed": (
            _("Quotation mark not closed"),
            _(
                "The quotation mark that opens in line {line} swallows the rows after it."
            ),
            _("Close or delete the quotation mark there."),
        ),
        "quote-stray": (
            _("Quotation mark within a cell"),
            _(
                "In line {line} something stands between a quotation mark and the comma."
            ),
            _("Double the quotation marks within the cell, or delete them."),
        ),
        "delimiter-mixed": (
            _("Several delimiters"),
            _("Line {line} is divided by “{other}”, the others by “{delimiter}”."),
            _("Use one delimiter in the whole file."),
        ),
        "row-broken": (
            _("Row broken in two"),
            _("The row in line {line} goes on in the next line."),
            _("Delete the line break there, or put its cell in quotation marks."),
        ),
        "file-cut": (
            _("File cut off"),
            _("The file ends in the middle of a row."),
            _("Export the table again, and wait until the export is complete."),
        ),
    }


def _sheets(_: Translate) -> Templates:
    one = _(
        "Keep one sheet with the table, or name the sheet in the table's description."
    )
    return {
        "sheet-missing": (
            _("Sheet not there"),
            _("There is no sheet “{sheet}”. Sheets are: {sheets}"),
            _("Name the sheet as before."),
        ),
        "sheet-hidden": (
            _("Hidden sheet"),
            _("The table can only be on a hidden sheet: {sheets}"),
            _("Show the sheet, check that it may be published, and submit it again."),
        ),
        "sheets-equal": (
            _("Several sheets that fit"),
            _("More than one sheet fits the table equally well: {sheets}"),
            one,
        ),
        "sheets-unfit": (
            _("No sheet that fits"),
            _("On none of the sheets are the table's columns: {sheets}"),
            one,
        ),
    }


def _documents(_: Translate) -> Templates:
    return {
        "xml-entities": (
            _("XML with declarations of its own"),
            _("The file declares entities, by which it could draw in other content."),
            _("Save the table anew with its program and submit that."),
        ),
        "xml-malformed": (
            _("Faulty XML"),
            _("The XML is not well formed from line {line} on."),
            _("Have the system that made it export it again."),
        ),
        "json-malformed": (
            _("Faulty JSON"),
            _("The JSON cannot be read to its end."),
            _("Have the system that made it export it again."),
        ),
        "path-undeclared": (
            _("Place of the records unknown"),
            _("The records can be at several places: {paths}"),
            _("Declare the path of the records in the table's description."),
        ),
        "path-missing": (
            _("No records at their place"),
            _("There are no records at “{path}”. Records are at: {paths}"),
            _("Compare the file with one that was read before."),
        ),
        "records-missing": (
            _("No records"),
            _("The file holds no list of records."),
            _("Export the table as a list in which each record is a row."),
        ),
        "records-mixed": (
            _("Records of several kinds"),
            _("Entry {line} is of another kind than the first."),
            _("Export all records in the same form."),
        ),
        "cell-binary": (
            _("Binary data in a column"),
            _("The column “{label}” holds binary data, for instance pictures."),
            _("Leave the column out."),
        ),
    }
