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
from ckanext.gpo.common.notices.connections import connections

SILENCE_SECONDS = 30
"""How long a mail server may say nothing before the client gives up."""

MAILS = 50
"""Mails over one connection; servers that limit them allow no fewer."""


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


class KeptClient(Client):
    """A client whose connection lasts for several mails: what was agreed on stays agreed."""

    def __init__(self, host: str, port: int) -> None:
        self.place = (host, port)
        self.mails = 0
        self._is_ready = False
        self._has_tls = False
        super().__init__(host, port)

    def is_usable(self, host: str, port: int) -> bool:
        """Whether the next mail may go over this connection."""
        if self.place != (host, port) or self.sock is None or self.mails >= MAILS:
            return False
        try:
            return self.noop()[0] == 250
        except OSError:
            return False

    def ehlo(self, name: str = "") -> Any:
        return (250, b"") if self._is_ready else super().ehlo(name)

    def has_extn(self, opt: str) -> bool:
        is_agreed = self._has_tls and opt.lower() == "starttls"
        return is_agreed or super().has_extn(opt)

    def starttls(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, *, context: ssl.SSLContext | None = None
    ) -> Any:
        if not self._is_ready:
            super().starttls(context=context)
            self._has_tls = True

    def login(self, user: str, password: str, **options: Any) -> Any:
        return None if self._is_ready else super().login(user, password, **options)

    def data(self, msg: Any) -> Any:
        try:
            return super().data(msg)
        except UnconfirmedMail:
            self.close()  # nobody knows what the server would answer next
            raise

    def quit(self) -> Any:
        """Keep the connection for the next mail, if it is whole and mails are to come."""
        self.mails += 1
        if self.sock is None or not connections.keeps:
            return super().quit()
        self._is_ready = True
        return None


def connect(host: str = "", port: int = 0) -> Client:
    """A client for one mail; inside `kept_connection` the one of the mail before."""
    if not connections.keeps:
        return Client(host, port)
    client = connections.client
    if isinstance(client, KeptClient) and client.is_usable(host, port):
        return client
    if client is not None:
        client.close()
    connections.client = None
    fresh = connections.client = KeptClient(host, port)
    return fresh


_MAILER_SMTPLIB = types.SimpleNamespace(**{**vars(smtplib), "SMTP": connect})


def install() -> None:
    mailer.smtplib = _MAILER_SMTPLIB  # type: ignore[assignment]
