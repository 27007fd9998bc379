"""One connection to the mail server for many mails: kept by who sends them, in its thread.

CKAN's mailer makes a client for each mail. The client that the platform puts in its place
(`security.fixes.smtp_client`) asks here whether there is one to go on with.
"""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Generator
from contextlib import contextmanager


class _Connections(threading.local):
    keeps = False
    client: smtplib.SMTP | None = None


connections = _Connections()
"""Of this thread: whether connections are kept, and the one that is."""


@contextmanager
def kept_connection() -> Generator[None, None, None]:
    """Let the mails of a block go over one connection, as long as the server likes it."""
    connections.keeps = True
    try:
        yield
    finally:
        connections.keeps = False
        client, connections.client = connections.client, None
        if client is not None:
            client.quit()
