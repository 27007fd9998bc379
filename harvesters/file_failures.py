"""What can go wrong with a file of an office."""

from __future__ import annotations

from ckanext.gpo.harvest.failures import HarvestError, Texts, Translate


class FileError(HarvestError):
    """A file cannot be read, or is not the agreed form."""

    @staticmethod
    def texts(_: Translate) -> Texts:
        return {
            "source-file-missing": (
                _("No file of the connection {connection} matches {pattern}."),
                _("Put the export there, or correct the pattern."),
            ),
            "source-file-empty": (
                _("The file {file} is empty (0 bytes)."),
                _("Export it again."),
            ),
            "source-file-too-large": (
                _("The file {file} is larger than {limit} MiB."),
                _("Send less at once, or raise {option}."),
            ),
            "source-file-unreadable": (
                _("The file {file} cannot be read: {reason}."),
                _("Save it as CSV or XLSX and send it again."),
            ),
            "source-encoding-unknown": (
                _("The file {file} is no {encoding}: byte {position}, line {line}."),
                _("Save it as CSV UTF-8 and send it again."),
            ),
            "source-sheet-missing": (
                _("The file {file} has no sheet {sheet}. It has: {sheets}."),
                _("Rename the sheet, or correct the source."),
            ),
            "source-header-missing": (
                _("The file {file} has no row that holds the columns {columns}."),
                _("Send the agreed form, or correct the source's columns."),
            ),
            "source-column-ambiguous": (
                _("{place} has the column {columns} more than once."),
                _("Rename one of them, or name it with the header above it."),
            ),
            "source-row-too-long": (
                _(
                    "Row {row} of the file {file} has {cells} cells, its header {columns}."
                ),
                _("Put values that contain a comma in quotation marks, or send XLSX."),
            ),
        }
