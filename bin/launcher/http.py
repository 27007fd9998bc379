"""The site as its readers see it: CKAN's action API over HTTP."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any

import requests

_SECONDS = 30
_TOKEN = re.compile(r'name="_csrf_token" (?:content|value)="([^"]+)"')


class Reader:
    """Someone who reads the site: anonymous until `login`."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the machine has no part in this

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def login(self, name: str, password: str) -> None:
        """Log in through the form, as a person does."""
        url = f"{self._address}/user/login"
        page = self._session.get(url, timeout=_SECONDS)
        match = _TOKEN.search(page.text)
        form = {"login": name, "password": password}
        form["_csrf_token"] = match[1] if match else ""
        self._session.post(url, data=form, timeout=_SECONDS).raise_for_status()

    def call(self, action: str, **arguments: Any) -> Any:
        """Call an action that only reads; return its result.

        Raises:
            requests.RequestException: no answer, or an answer other than success.
        """
        answer = self._session.get(
            f"{self._address}/api/3/action/{action}", params=arguments, timeout=_SECONDS
        )
        answer.raise_for_status()
        return answer.json()["result"]


def answers(address: str) -> bool:
    """Tell whether the site is up."""
    try:
        with Reader(address) as reader:
            reader.call("status_show")
    except requests.RequestException:
        return False
    return True
