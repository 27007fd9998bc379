"""The errors that our own modules raise, before an action turns them into CKAN's three.

GpoError
├── UnknownTable      no Data Package describes this table
├── CandidateError    a candidate cannot be read at all (empty, undecodable, no header …)
└── SourceError       a business system cannot be read (down, wrong token, missing column …)
"""

from __future__ import annotations

import smtplib


class UnconfirmedMail(smtplib.SMTPException):
    """A mail server had all of a mail, and did not say whether it has taken it.

    Raised by the SMTP client in `security/fixes`, below CKAN's mailer.
    """


class GpoError(Exception):
    """What went wrong, where, and how to mend it.

    `code` is stable and for programs; `message` and `hint` are English msgids already
    filled in, or translated text, for the person who has to act.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}" + (f" {self.hint}" if self.hint else "")


class UnknownTable(GpoError):  # noqa: N818 - named like CKAN's NotFound
    """No Data Package in dataset_schemas/ describes the table."""

    def __init__(self, ref: str) -> None:
        super().__init__("table-unknown", f"No Data Package describes the table {ref}")


class CandidateError(GpoError):
    """A candidate file cannot be read at all; `row` is where reading ended, if known."""

    def __init__(self, code: str, message: str, *, row: int | None = None) -> None:
        super().__init__(code, message)
        self.row = row


class SourceError(GpoError):
    """A business system cannot be read; the other sources go on."""
