"""An SMTP client that CKAN can leave alone with a mail server.

CKAN 2.12.0 accepts any certificate, waits for ever for a server that has gone silent, and
takes a mail for failed that the server has accepted when only the farewell fails.
"""

from __future__ import annotations

import smtplib
import ssl
import types
from contextlib import suppress
from typing import Any

from ckan.lib import mailer

from ckanext.gpo.common.errors import UnconfirmedMail

SILENCE_SECONDS = 30
"""How long a mail server may say nothing before the client gives up."""


class Client(smtplib.SMTP):
    """A client that verifies certificates, gives up on silence and tells what it knows."""

    def __init__(self, host: str = "", port: int = 0) -> None:
        super().__init__(host, port, timeout=SILENCE_SECONDS)

    # without the files that Python 3.12 takes no more; CKAN never gave any
    def starttls(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, *, context: ssl.SSLContext | None = None
    ) -> Any:
        return super().starttls(context=context or ssl.create_default_context())

    def data(self, msg: Any) -> Any:
        """Transmit a mail.

        :raises UnconfirmedMail: the server fell silent before it said whether it has it
        """
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            raise UnconfirmedMail(str(error)) from error

    def quit(self) -> Any:
        with suppress(OSError):  # nothing depends on a farewell
            return super().quit()
        self.close()
        return None


_MAILER_SMTPLIB = types.SimpleNamespace(**{**vars(smtplib), "SMTP": Client})


def install() -> None:
    mailer.smtplib = _MAILER_SMTPLIB  # type: ignore[assignment]
