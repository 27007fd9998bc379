"""The words of headers, columns and units."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]
Templates = dict[str, tuple[str, str, str]]


def all_words(_: Translate) -> Templates:
    """Every code of `codes.LAYOUT` and the errors of this station."""
    return _headers(_) | _columns(_) | _units(_)


def _headers(_: Translate) -> Templates:
    return {
        "header-missing": (
            _("No header"),
            _(
                "No row among the first 30 names at least half of the columns {columns}."
                " The nearest one holds: {labels}."
            ),
            _(
                "Put the titles of the columns into one row above the data, or use the template."
            ),
        ),
        "rows-above": (
            _("Title rows skipped"),
            _("Rows above the header hold titles, and were left out."),
            "",
        ),
        "rows-above-unknown": (
            _("Data above the header"),
            _("A row above the header looks like data, not like a title."),
            _("Move the header to the top, or delete what stands above it."),
        ),
        "header-levels": (
            _("Header of several rows"),
            _("The header of {levels} rows was read as one."),
            "",
        ),
        "label-folded": (
            _("Title written differently"),
            _(
                "A title was recognised although its spaces, line breaks, width, case or"
                " unit are written differently."
            ),
            "",
        ),
        "label-synonym": (
            _("Title by another name"),
            _(
                "The column was recognised as “{title}” by a name that the schema lists."
            ),
            "",
        ),
        "columns-reordered": (
            _("Columns in another order"),
            _("The columns were put into the order of the schema."),
            "",
        ),
    }


def _columns(_: Translate) -> Templates:
    template = _("Compare the titles with the template and correct them.")
    return {
        "columns-blank": (
            _("Blank columns skipped"),
            _("Columns without any content were left out."),
            "",
        ),
        "column-remark": (
            _("Column of remarks skipped"),
            _("Row numbers or remarks that the schema does not have were left out."),
            "",
        ),
        "column-extra": (
            _("Column that the schema does not have"),
            _("The column holds data but is no column of this table."),
            _(
                "Delete the column, or correct its title if it is one of the table under"
                " another name."
            ),
        ),
        "column-unlabelled": (
            _("Column without a title"),
            _("Cells are filled in a column that has no title."),
            _("Give the column its title, or empty it."),
        ),
        "column-missing": (
            _("Missing column"),
            _("A required column of the table is not in the file."),
            template,
        ),
        "column-missing-optional": (
            _("Missing optional column"),
            _("An optional column of the table is not in the file."),
            _("Add the column; it may stay blank."),
        ),
        "column-repeated": (
            _("Title that stands twice"),
            _("Several columns have the same title; nobody can say which one counts."),
            _("Keep one of them, or move the second table to a file of its own."),
        ),
        "column-ambiguous": (
            _("Title that fits several columns"),
            _("The title may mean any of {names}."),
            template,
        ),
    }


def _units(_: Translate) -> Templates:
    return {
        "unit-converted": (
            _("Unit converted"),
            _("Numbers were converted to {expected}, as declared for this table."),
            "",
        ),
        "unit-differs": (
            _("Different unit"),
            _("The file says {unit}, the schema {expected}."),
            _(
                "Convert the numbers to {expected} and correct the unit, or have the"
                " conversion declared for this table."
            ),
        ),
        "unit-factor-wrong": (
            _("Wrong factor of a unit"),
            _("The factor declared for {unit} does not lead to {expected}."),
            _("Ask the operator to correct the declaration of the table."),
        ),
        "unit-undeclared": (
            _("Unit that the schema does not have"),
            _("The file says {unit}, but the schema gives no unit that it belongs to."),
            _(
                "Check whether the numbers are meant in this unit; ask the operator to declare it."
            ),
        ),
    }
