"""What can go wrong with a file of an office."""

from __future__ import annotations

from ckanext.gpo.harvest.failures import HarvestError, Texts, Translate


class FileError(HarvestError):
    """A file is not there, or cannot be taken."""

    @staticmethod
    def texts(_: Translate) -> Texts:
        return {
            "source-file-missing": (
                _("No file of the connection {connection} matches {pattern}."),
                _("Put the export there, or correct the pattern."),
            ),
            "source-file-too-large": (
                _("The file {file} is larger than {limit} MiB."),
                _("Send less at once, or raise {option}."),
            ),
            "source-file-unreadable": (
                _("The file {file} cannot be read: {reason}."),
                _("See that the file can be read and lies inside the folder."),
            ),
        }
