"""An SMTP server in a process of its own that takes every mail and counts them."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from aiosmtpd.smtp import SMTP


class Sink:
    """The server, as the process that sends sees it."""

    def __init__(self, address: str, connection: Connection) -> None:
        self.address = address
        self._connection = connection

    def take_counts(self) -> Counter[str]:
        """How many mails each recipient has got since this was asked last."""
        self._connection.send("counts")
        return self._connection.recv()


@contextmanager
def running() -> Iterator[Sink]:
    """A sink that listens on the loopback."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Sink(ours.recv(), ours)
    finally:
        process.terminate()
        process.join()


class _Handler:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.counts.update(envelope.rcpt_tos)
        return "250 OK"


def _serve(connection: Connection) -> None:
    asyncio.run(_listen(connection))


async def _listen(connection: Connection) -> None:
    handler = _Handler()
    loop = asyncio.get_running_loop()
    make = partial(SMTP, handler, hostname="sink.test", loop=loop)
    server = await loop.create_server(make, "127.0.0.1", 0, backlog=1024)
    connection.send(f"127.0.0.1:{server.sockets[0].getsockname()[1]}")
    while await asyncio.to_thread(connection.recv):
        connection.send(handler.counts)
        handler.counts = Counter()
