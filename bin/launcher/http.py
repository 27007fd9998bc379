"""The site as its readers see it: CKAN's action API over HTTP."""

from __future__ import annotations

from typing import Any

import requests

_SECONDS = 30


def call(address: str, action: str, token: str = "", **arguments: Any) -> Any:
    """Call an action; return its result.

    Raises:
        requests.RequestException: no answer, or an answer other than success.
    """
    with requests.Session() as session:
        session.trust_env = False  # a proxy of the machine has no part in this
        answer = session.post(
            f"{address}/api/3/action/{action}",
            json=arguments,
            headers={"Authorization": token} if token else {},
            timeout=_SECONDS,
        )
    answer.raise_for_status()
    return answer.json()["result"]


def answers(address: str) -> bool:
    """Tell whether the site is up."""
    try:
        call(address, "status_show")
    except requests.RequestException:
        return False
    return True
