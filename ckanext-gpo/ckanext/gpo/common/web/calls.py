"""API calls as text to copy: what a developer pastes into a shell or a script. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Call:
    """One question to the API: its address, and the same as curl and as Python."""

    url: str
    curl: str
    python: str


def action_call(site_url: str, action: str, parameters: dict[str, object]) -> Call:
    """A GET on CKAN's action API.

    :param parameters: values are sent as they are, lists and objects as JSON
    """
    query = {
        name: value
        if isinstance(value, (str, int))
        else json.dumps(value, ensure_ascii=False)
        for name, value in parameters.items()
    }
    base = f"{site_url.rstrip('/')}/api/3/action/{action}"
    url = f"{base}?{urlencode(query)}" if query else base
    return Call(url=url, curl=f"curl '{url}'", python=_python(base, query))


def _python(base: str, query: dict[str, str | int]) -> str:
    lines = [
        "import requests",
        "",
        "answer = requests.get(",
        f'    "{base}",',
    ]
    if query:
        pairs = ", ".join(
            f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in query.items()
        )
        lines.append(f"    params={{{pairs}}},")
    lines += [
        "    timeout=30,",
        ")",
        "answer.raise_for_status()",
        'print(answer.json()["result"])',
    ]
    return "\n".join(lines)
