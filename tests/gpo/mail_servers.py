"""Mail servers as there are: one that takes mails, and those that do not."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP


class Mailbox:
    """Takes every mail and keeps it."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            message_from_bytes(envelope.content, policy=policy.default)
            for envelope in self.envelopes
        ]


class Refusing(Mailbox):
    """Answers recipients with these words, in their order, and then takes them."""

    def __init__(self, *answers: str) -> None:
        super().__init__()
        self.answers = [*answers]

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"


class RefusingContent(Mailbox):
    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await super().handle_DATA(server, session, envelope)
        return "554 not here"


class Silent(Mailbox):
    """Takes a mail and never says so."""

    def __init__(self) -> None:
        super().__init__()
        self.received = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await super().handle_DATA(server, session, envelope)
        self.received.set()
        return await asyncio.Event().wait()


class Curt(Mailbox):
    """Takes a mail, says so, and is gone before the client can say goodbye."""

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        server.transport.abort()
        return "221 Bye"


@contextmanager
def serve(handler: Mailbox) -> Iterator[str]:
    """Run a mail server; gives its address as `smtp.server` takes it."""
    loop = asyncio.new_event_loop()
    make = partial(SMTP, handler, hostname="mail.test", loop=loop)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    listen = loop.create_server(make, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(listen, loop).result()
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def hanging() -> Iterator[str]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def away() -> str:
    """Where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"127.0.0.1:{listener.getsockname()[1]}"


async def _end(server: asyncio.AbstractServer) -> None:
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
