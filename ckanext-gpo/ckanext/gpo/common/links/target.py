"""Where a link leads: its parts, as a request needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from typing_extensions import Self

from .guard import LinkError, resolve

_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """A host and what is asked of it.

    :param path: with the query
    """

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, link: str, *, private_allowed: bool = False) -> Self:
        """The parts of a link.

        :param private_allowed: without TLS too
        :raises LinkError: `link-malformed`
        """
        try:
            parts = urlsplit(link)
            port = parts.port
        except ValueError as err:
            raise LinkError("link-malformed", str(err)) from err
        host = parts.hostname or ""
        if not host or parts.scheme not in _PORTS:
            raise LinkError("link-malformed", link)
        if parts.scheme == "http" and not private_allowed:
            raise LinkError("link-malformed", f"{link} is without TLS")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(parts.scheme, host, port or _PORTS[parts.scheme], path)

    @property
    def is_plain(self) -> bool:
        """Whether it is asked without TLS."""
        return self.scheme == "http"

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def resolve(self, *, private_allowed: bool = False) -> str:
        """The address to which a connection may be made.

        :raises LinkError: `link-unresolved` or `link-private`
        """
        return resolve(self.host, self.port, private_allowed=private_allowed)
