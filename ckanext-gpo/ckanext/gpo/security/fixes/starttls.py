"""STARTTLS that verifies the server's certificate; CKAN 2.12.0 accepts any."""

from __future__ import annotations

import smtplib
import ssl
import types
from typing import Any

from ckan.lib import mailer


class VerifyingSMTP(smtplib.SMTP):
    """An SMTP client that checks the server's certificate when it turns to TLS."""

    # without the files that Python 3.12 takes no more; CKAN never gave any
    def starttls(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, *, context: ssl.SSLContext | None = None
    ) -> Any:
        return super().starttls(context=context or ssl.create_default_context())


_MAILER_SMTPLIB = types.SimpleNamespace(**{**vars(smtplib), "SMTP": VerifyingSMTP})


def install() -> None:
    mailer.smtplib = _MAILER_SMTPLIB  # type: ignore[assignment]
