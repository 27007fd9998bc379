"""A document that is not in the index yet, read where it waits.

Whoever changes a dataset reads it before, in a harvest thousands of times. If each look
brought into the index what waits, a harvest would commit as often.
"""

from __future__ import annotations

import re
from pathlib import Path

from .documents import SolrDocument
from .pending import Operation, Pending

REFERENCE = re.compile(r'name:"(?P<reference>[^"\\]+)" OR id:"(?P=reference)"')
"""How CKAN asks for one dataset by its name or its id."""


class PendingDocuments:
    """The documents that wait, by name and id; each file of them is read once."""

    def __init__(self, pending: Pending) -> None:
        self.pending = pending
        self._operations: dict[Path, list[Operation]] = {}

    def newest(self, reference: str) -> SolrDocument | None:
        """The normalised document as it waits last; None if it does not wait.

        :raises LookupError: something is to be deleted, and only the index knows what
        """
        files = self.pending.files()
        self._operations = {
            file: self._operations.get(file) or self._read(file) for file in files
        }
        for file in reversed(files):
            for operation in reversed(self._operations[file]):
                if "delete" in operation:
                    raise LookupError(operation["delete"])
                document = operation["add"]
                if [reference] in (document.get("name"), document.get("id")):
                    return document
        return None

    def _read(self, file: Path) -> list[Operation]:
        try:
            return [entry.operation for entry in self.pending.read([file])]
        except FileNotFoundError:  # it has just gone into the index
            return []
