"""One JSON service: where it is, how long it may take, what it may not do.

The address comes from the site's configuration only; nothing in a YAML, a form or an
answer leads a request, or the token, to another host.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from decimal import Decimal
from types import TracebackType
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from ckanext.gpo.harvest import config
from ckanext.gpo.harvest.failures import HarvestError, Texts, Translate

_CHUNK = 1 << 16
_REDIRECTS = 3
_REFUSED = (401, 403)
_PORTS = {"http": 80, "https": 443}


class ServiceError(HarvestError):
    """What a service answers cannot be used."""

    @staticmethod
    def texts(_: Translate) -> Texts:
        return {
            "source-answer-invalid": (
                _("The answer to {place} cannot be used: {reason}."),
                _("Compare the source's path, paging and items_path with the service."),
            ),
            "source-incomplete": (
                _("{place} announced {announced} rows and gave {received}."),
                _(
                    "Run again; if it stays, compare paging and total_path with the service."
                ),
            ),
        }


class Service:
    """A session with one service; use it as a context manager.

    :param token_header: the header that carries the bare token, instead of
        `Authorization: Bearer <token>`
    :raises HarvestError: `source-connection-missing`, see `config.connection`
    """

    def __init__(self, connection: str, token_header: str | None) -> None:
        self.connection = connection
        self.base = config.connection(connection).rstrip("/")
        self.deadline = time.monotonic() + config.table_timeout()
        if urlsplit(self.base).scheme not in _PORTS or not urlsplit(self.base).hostname:
            raise HarvestError(
                "source-connection-missing",
                connection=connection,
                option=config.connection_option(connection),
                reason="no-http",
            )
        self.session = _session(token_header, config.token(connection))

    def __enter__(self) -> Service:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.session.close()

    def get(self, path: str, params: Mapping[str, str], place: str) -> Any:
        """The JSON at a path below the base URL; decimals are exact.

        :raises HarvestError: `source-unreachable`, `source-token-wrong`,
            `source-answer-invalid` or `source-too-slow`
        """
        if ".." in path.split("/"):
            raise invalid(place, "leads-out")
        url = self.base + path
        for _ in range(_REDIRECTS + 1):
            with self._request(url, params, place) as response:
                if not response.is_redirect:
                    return self._json(response, place)
                url = urljoin(url, response.headers["Location"])
                params = dict[str, str]()
            if _origin(urlsplit(url)) != _origin(urlsplit(self.base)):
                raise invalid(place, "other-host")
        raise invalid(place, "circle")

    def _request(
        self, url: str, params: Mapping[str, str], place: str
    ) -> requests.Response:
        try:
            return self.session.get(
                url,
                params=params,
                timeout=config.timeout(),
                stream=True,
                allow_redirects=False,
            )
        except (requests.exceptions.InvalidHeader, UnicodeEncodeError):
            # The error quotes the token.
            raise self._refused("cannot-be-sent") from None
        except requests.RequestException as err:
            raise self._unreachable(err) from err

    def _json(self, response: requests.Response, place: str) -> Any:
        status = response.status_code
        if status in _REFUSED:
            raise self._refused(f"HTTP {status}")
        if status >= 500 or status == requests.codes.too_many_requests:
            raise HarvestError(
                "source-unreachable",
                connection=self.connection,
                reason=f"HTTP {status}",
            )
        if status != requests.codes.ok:
            raise invalid(place, f"HTTP {status}")
        body = self._body(response, place)
        try:
            return json.loads(body, parse_float=Decimal)
        except (ValueError, RecursionError) as err:
            raise invalid(place, "no-json") from err

    def _body(self, response: requests.Response, place: str) -> bytes:
        """The answer, unpacked, as long as it keeps within size and time."""
        limit, body = config.max_answer_size(), bytearray()
        try:
            # Not iter_content: it waits for a full chunk, however slowly it trickles in.
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > limit:
                    raise invalid(place, "too-large", limit=limit // config.MIB)
                if time.monotonic() > self.deadline:
                    raise HarvestError(
                        "source-too-slow", place=place, seconds=config.table_timeout()
                    )
        except (HTTPError, OSError) as err:
            raise self._unreachable(err) from err
        return bytes(body)

    def _refused(self, reason: str) -> HarvestError:
        return HarvestError(
            "source-token-wrong",
            connection=self.connection,
            option=config.token_option(self.connection),
            reason=reason,
        )

    def _unreachable(self, err: Exception) -> HarvestError:
        # The kind of the error only: its text names the address.
        kinds = {
            ssl.SSLError: "no-trust",
            TimeoutError: "no-answer",
        }
        reason = next(
            (name for kind, name in kinds.items() if _because(err, kind)),
            "no-connection",
        )
        return HarvestError(
            "source-unreachable", connection=self.connection, reason=reason
        )


def _because(err: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether an error goes back to one of that kind, through all its wrappings."""
    errors: list[Any] = [err]
    for each in errors:
        errors += [
            cause
            for cause in (*each.args, getattr(each, "reason", None), each.__context__)
            if isinstance(cause, BaseException) and cause not in errors
        ]
    return any(isinstance(each, kind) for each in errors)


def _session(token_header: str | None, token: str) -> requests.Session:
    session = requests.Session()
    # No proxy and no .netrc of whoever started the process.
    session.trust_env = False
    session.headers["Accept"] = "application/json"
    if token:
        header = token_header or "Authorization"
        session.headers[header] = token if token_header else f"Bearer {token}"
    retry = Retry(
        total=config.retries(),
        backoff_factor=0.3,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods=("GET",),
        raise_on_status=False,
        retry_after_max=config.timeout(),
        redirect=False,
    )
    for scheme in _PORTS:
        session.mount(f"{scheme}://", HTTPAdapter(max_retries=retry))
    return session


def _origin(url: SplitResult) -> tuple[str, str | None, int | None]:
    return url.scheme, url.hostname, url.port or _PORTS.get(url.scheme)


def invalid(place: str, reason: str, **facts: Any) -> ServiceError:
    return ServiceError("source-answer-invalid", place=place, reason=reason, **facts)
