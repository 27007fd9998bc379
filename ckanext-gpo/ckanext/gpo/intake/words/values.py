"""The words of values."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]
Templates = dict[str, tuple[str, str, str]]


def texts(_: Translate) -> Templates:
    """Texts, codes and characters."""
    as_text = _(
        "Format the column as text, enter the values anew and submit the file again."
    )
    correct_again = _(
        "Correct the cell in the report of the version that was rejected, or hand in a"
        " mended file."
    )
    character = _("Replace the character by the one that is meant.")
    return {
        "code-mapped": (
            _("Code replaced"),
            _("Codes were replaced by what the table declares for them."),
            "",
        ),
        "cell-corrected": (
            _("Cell corrected"),
            _("“{before}” was corrected to “{after}” by {by}."),
            "",
        ),
        "correction-differs": (
            _("Correction of another value"),
            _("“{before}” was to be corrected to “{after}”, but does not stand there."),
            correct_again,
        ),
        "correction-without-cell": (
            _("Correction without a cell"),
            _(
                "“{before}” was to be corrected to “{after}” in a cell that the file does"
                " not have."
            ),
            correct_again,
        ),
        "spaces-trimmed": (
            _("Spaces removed"),
            _("Spaces before or after a value were removed."),
            "",
        ),
        "invisible-removed": (
            _("Invisible characters removed"),
            _(
                "Characters that do not show were removed, special spaces made plain ones."
            ),
            "",
        ),
        "line-breaks": (
            _("Line breaks unified"),
            _("Line breaks within cells were written in one form."),
            "",
        ),
        "half-width": (
            _("Full-width characters converted"),
            _(
                "Full-width digits, letters and signs were converted to half-width ones."
            ),
            "",
        ),
        "text-mark": (
            _("Text mark removed"),
            _('An apostrophe, or ="…", by which a program marks text was removed.'),
            "",
        ),
        "private-use": (
            _("Character that only one computer shows"),
            _("{character} belongs to a font of your own; others see something else."),
            character,
        ),
        "replacement-character": (
            _("Lost character"),
            _("A character was lost when the text was converted, and shows as �."),
            character,
        ),
        "control-character": (
            _("Control character"),
            _("{character} is no character of a text."),
            _("Delete the character; enter the value anew if it cannot be seen."),
        ),
        "error-value": (
            _("Error value"),
            _("The cell holds the error of a formula, not a value."),
            _("Correct the formula, or enter the value."),
        ),
        "line-break": (
            _("Line break in a short text"),
            _(
                "A value that has one line holds several; a quotation mark may be missing."
            ),
            _("Remove the line break, or close the quotation mark."),
        ),
        "rows-swallowed": (
            _("Quotation mark that is not closed"),
            _(
                "The cell holds whole rows of the table: a quotation mark is not closed."
            ),
            _("Close the quotation mark in this row, or delete it."),
        ),
        "number-as-text": (
            _("Number read as text"),
            _("A number in a column of texts was read by its digits."),
            "",
        ),
        "shown-text": (
            _("Value read as it is shown"),
            _("The cell was read as it is shown, e.g. 001 for a stored 1."),
            "",
        ),
        "long-number": (
            _("Number of more than 15 digits"),
            _("Spreadsheets keep 15 digits of a number; the others are made up."),
            as_text,
        ),
        "digits-lost": (
            _("Code that lost its digits"),
            _("A spreadsheet turned the code into a number like 3.2E+17."),
            as_text,
        ),
        "date-in-text": (
            _("Date in a column of texts"),
            _(
                "The cell holds a date; a spreadsheet may have made it out of a code like 3-1."
            ),
            as_text,
        ),
        "yes-no-word": (
            _("Yes or no in another word"),
            _("Words or marks for yes and no were written in the form of the schema."),
            "",
        ),
    }


def numbers(_: Translate) -> Templates:
    """Numbers."""
    minus = _("Write negative numbers with a minus sign.")
    return {
        "number-form": (
            _("Number written plainly"),
            _("A number was written without exponent, plus sign or idle decimals."),
            "",
        ),
        "thousands-mark": (
            _("Thousands marks removed"),
            _("Commas or spaces between the thousands were removed."),
            "",
        ),
        "chinese-numeral": (
            _("Chinese numeral read"),
            _("A number in Chinese characters was written in digits."),
            "",
        ),
        "unit-removed": (
            _("Unit beside a number removed"),
            _("The unit beside the number is that of the schema, and was removed."),
            "",
        ),
        "percent-shown": (
            _("Percentage read as it is shown"),
            _("A number that is shown as a percentage was read as it is shown."),
            "",
        ),
        "percent-fraction": (
            _("Percentage"),
            _("50% may be meant as 0.5 or as 50; the column has no unit %."),
            _("Write the number in the unit of the column, without a percent sign."),
        ),
        "negative-brackets": (
            _("Number in brackets"),
            _("A number in brackets may be negative, or a part of another."),
            minus,
        ),
        "negative-triangle": (
            _("Number with a triangle"),
            _("A triangle may mean a negative number, or an increase."),
            minus,
        ),
        "negative-trailing": (
            _("Minus sign behind the number"),
            _("A dash behind the number may be a minus sign, or a slip."),
            minus,
        ),
        "placeholder-blank": (
            _("Dash or word in the place of a number"),
            _("It may mean that there is no number, or nought."),
            _("Leave the cell blank, or write 0."),
        ),
        "not-a-number": (
            _("Not a number"),
            _("NaN or infinity is no number that can be published."),
            _("Leave the cell blank, or enter the number."),
        ),
        "number-doubtful": (
            _("Number that is not exact"),
            _("A person sees a number in it, but not exactly which."),
            _("Write the exact number in digits."),
        ),
    }


def moments(_: Translate) -> Templates:
    """Dates and times."""
    full = _("Write the full date, e.g. 2026-03-05.")
    return {
        "date-form": (
            _("Date written in the standard form"),
            _(
                "Dates and times were written in the form of the schema, e.g. 2026-03-05."
            ),
            "",
        ),
        "date-ambiguous": (
            _("Ambiguous date"),
            _("The date can be read in several ways, e.g. 26/3/5 or 3/5/2026."),
            full,
        ),
        "date-incomplete": (
            _("Incomplete date"),
            _("A part of the date or the time is missing."),
            full,
        ),
        "date-minguo": (
            _("Date of another calendar"),
            _("The year is not counted by the common calendar."),
            full,
        ),
        "excel-serial": (
            _("Day number of a spreadsheet"),
            _("The number by which the workbook counts days was written as a date."),
            "",
        ),
        "excel-serial-text": (
            _("Day number in a text file"),
            _(
                "The number may be a day as spreadsheets count it, from 1900 or from 1904."
            ),
            full,
        ),
        "time-dropped": (
            _("Date with a time"),
            _("The cell holds a time of day; the column is for dates only."),
            _("Remove the time of day."),
        ),
        "day-dropped": (
            _("Date that is too exact"),
            _("The cell holds a day; the column is for months or years only."),
            _("Remove the day, e.g. 2026-03."),
        ),
        "zone-converted": (
            _("Time of another zone"),
            _("The time names a zone; the column holds local times."),
            _("Write the local time without a zone."),
        ),
    }
