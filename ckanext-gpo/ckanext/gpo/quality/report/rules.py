"""What each rule that says more than its cell is called, expects, and how to mend it.

Pure, like `wording.py`, which asks here: the translator is passed in.
"""

from __future__ import annotations

from collections.abc import Callable

from . import former_rules

Translate = Callable[[str], str]

Words = tuple[str, str, str]
"""Title, what is expected, how to mend it."""


def words(rule: str, _: Translate) -> Words | None:
    """The words of a rule of files, checks or whole tables; None for any other."""
    return all_words(_).get(rule)


def all_words(_: Translate) -> dict[str, Words]:
    """Every rule of files, checks or whole tables with its words."""
    return (
        former_rules.all_words(_)
        | _files(_)
        | _checks(_)
        | _tables(_)
        | _kinds(_)
        | _descriptors(_)
    )


def general(_: Translate) -> Words:
    """The words of a rule that nobody has given any: no bare code reaches a person."""
    return (
        _("Does not keep a rule of the table"),
        _("what the schema of the table says"),
        _("Compare the row with the schema; if nothing is wrong, ask the operator."),
    )


def _files(_: Translate) -> dict[str, Words]:
    return {
        "candidate-changed": (
            _("File changed after it was handed in"),
            _("the file that was handed in"),
            _("Submit the file again and tell the operator of the platform."),
        ),
        "malware-found": (
            _("Malware in the file"),
            _("a file in which the scanner finds nothing"),
            _(
                "Do not open the file. Tell your IT staff, and hand in a file from a clean"
                " computer."
            ),
        ),
        "value-not-storable": (
            _("Value that cannot be kept"),
            _("a value within the limits of its type"),
            _(
                "Correct the value in the business system; a code of many digits belongs"
                " into a text column."
            ),
        ),
    }


def _checks(_: Translate) -> dict[str, Words]:
    operator = _("Submit it again; if that ends the same, ask the operator.")
    return {
        "check-too-slow": (
            _("Check took too long"),
            _("a table that is checked within the time limit"),
            _("Split the table, or ask the operator to raise the limit."),
        ),
        "check-too-large": (
            _("Check needed too much memory"),
            _("a table that is checked within the memory limit"),
            _("Split the table, or ask the operator to raise the limit."),
        ),
        "check-aborted": (
            _("Check broken off"),
            _("a check that comes to its end; this one was begun three times"),
            operator,
        ),
        "check-error": (
            _("Check that cannot be made"),
            _("a check that fits the table"),
            _("Ask the operator to correct the checks in the schema."),
        ),
    }


def _tables(_: Translate) -> dict[str, Words]:
    again = _("Export the table again and submit it.")
    correct = _("Correct the value in the business system.")
    compare = _("Compare the value with its source; correct it or confirm it.")
    whole = _("Export the whole table again and submit it.")
    return {
        "source-error": (_("Unreadable file"), _("a table that can be read"), again),
        "encoding-error": (
            _("Unreadable characters"),
            _("UTF-8 or GB18030"),
            _("Save the file as CSV UTF-8 and submit it again."),
        ),
        "format-error": (
            _("Unreadable format"),
            _("a CSV or XLSX file, whatever its name ends with"),
            _("Open the file and save it as XLSX or as CSV UTF-8."),
        ),
        "scheme-error": (_("File not found"), _("a file that is handed in"), again),
        "compression-error": (
            _("Damaged archive"),
            _("an archive that can be unpacked"),
            _("Submit the table without packing it."),
        ),
        "table-dimensions": (
            _("Wrong number of rows or columns"),
            _("as many rows and columns as the schema asks for, at least one row"),
            whole,
        ),
        "row-count": (
            _("Wrong number of rows"),
            _("as many rows as were announced"),
            whole,
        ),
        "field-count": (
            _("Wrong number of columns"),
            _("as many columns as were announced"),
            whole,
        ),
        "byte-count": (
            _("Wrong file size"),
            _("a file of the size that was announced"),
            _("Transfer the file again; compare its size before and after."),
        ),
        "hash-count": (
            _("Wrong checksum"),
            _("the very file that was announced"),
            _("Transfer the file again; compare its checksum before and after."),
        ),
        "blank-header": (_("No header"), _("a name above every column"), again),
        "unmatched-header": (
            _("Header does not fit"),
            _("the columns of the schema"),
            _("Compare the header with the schema and correct it."),
        ),
        "blank-label": (
            _("Column without a name"),
            _("a name above every column"),
            _("Name or remove the column."),
        ),
        "duplicate-label": (
            _("Duplicate column name"),
            _("each name once"),
            _("Rename or remove one of the two."),
        ),
        "missing-label": (
            _("Missing column"),
            _("the column {label}"),
            _("Add the column to the export."),
        ),
        "extra-label": (
            _("Unknown column"),
            _("only the columns of the schema"),
            _("Remove the column, or have it entered into the schema."),
        ),
        "incorrect-label": (
            _("Wrong column name"),
            _("a column name of the schema"),
            _("Correct the column's name."),
        ),
        "blank-row": (_("Blank row"), _("no blank rows"), _("Remove the row.")),
        "duplicate-row": (
            _("Duplicate row"),
            _("each row once"),
            _("Remove one of the two rows."),
        ),
        "missing-cell": (
            _("Missing cell"),
            _("as many cells as columns"),
            _("Complete the row."),
        ),
        "extra-cell": (
            _("Extra cell"),
            _("as many cells as columns"),
            _("Remove the extra cells."),
        ),
        "unique-error": (
            _("Duplicate value"),
            _("a value that occurs once"),
            _("Correct one of the two rows."),
        ),
        "primary-key": (
            _("Duplicate or missing key"),
            _("a key that is filled in and occurs once"),
            _("Remove the repeated row or correct its key."),
        ),
        "row-constraint": (
            _("Values that contradict each other"),
            _("values that fit together by the rule of the schema"),
            _("Compare the values of the row and correct the wrong one."),
        ),
        "forbidden-value": (
            _("Forbidden value"),
            _("a value that the schema does not forbid"),
            correct,
        ),
        "sequential-value": (
            _("Gap in the numbering"),
            _("the number after that of the row before"),
            _("Put the rows in order and number them without gaps."),
        ),
        "deviated-value": (
            _("Value far from the others"),
            _("a value in the range of the others in the column"),
            compare,
        ),
        "deviated-cell": (
            _("Text much longer than the others"),
            _("a text about as long as the others in the column"),
            compare,
        ),
        "truncated-value": (
            _("Value that may be cut off"),
            _("a value in its full length"),
            compare,
        ),
        "required-value": (
            _("Missing value"),
            _("every value that the schema requires in the column"),
            _("Add the rows that are missing."),
        ),
        "ascii-value": (
            _("Characters beyond ASCII"),
            _("letters, digits and signs of ASCII"),
            correct,
        ),
    }


def _kinds(_: Translate) -> dict[str, Words]:
    """Frictionless's names for whole families of errors."""
    again = _("Export the table again and submit it.")
    header = _("Compare the header with the schema and correct it.")
    correct = _("Correct the value in the business system.")
    table = (_("Table that cannot be checked"), _("a table that can be read"), again)
    label = (_("Header does not fit"), _("the columns of the schema"), header)
    row = (_("Row with a fault"), _("a row as the schema describes it"), correct)
    cell = (_("Value not allowed"), _("a value as the schema describes it"), correct)
    return {
        "error": table,
        "data-error": table,
        "file-error": (_("Unreadable file"), _("a table that can be read"), again),
        "table-error": table,
        "header-error": label,
        "label-error": label,
        "row-error": row,
        "cell-error": cell,
    }


def _descriptors(_: Translate) -> dict[str, Words]:
    wrong = (
        _("Schema that cannot be applied"),
        _("a schema without faults"),
        _("Ask the operator to correct the schema; the data need no change."),
    )
    return dict.fromkeys(DESCRIPTORS, wrong)


DESCRIPTORS = (
    "metadata-error",
    "catalog-error",
    "dataset-error",
    "package-error",
    "resource-error",
    "schema-error",
    "field-error",
    "dialect-error",
    "control-error",
    "detector-error",
    "checklist-error",
    "stats-error",
    "inquiry-error",
    "inquiry-task-error",
    "pipeline-error",
    "step-error",
    "report-error",
    "report-task-error",
)
"""Rules of Frictionless that speak of descriptions, not of data."""
