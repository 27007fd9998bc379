"""API calls as text to copy: what a developer pastes into a shell or a script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import ckan.plugins as p


@dataclass(frozen=True)
class Call:
    """One question to the API: its address, and the same as curl and as Python."""

    url: str
    curl: str
    python: str


@dataclass(frozen=True)
class Example:
    """A question that the guide to the API begins with: what it answers, and its action."""

    title: str
    action: str


class IApiExamples(p.Interface):
    """A plugin with actions that those who are new to the API should know."""

    def api_examples(self) -> Iterable[Example]:
        """The plugin's first questions, in the language of the present request."""
        return ()


def examples() -> Iterator[Example]:
    """What the plugins show of themselves in the guide."""
    for plugin in p.PluginImplementations(IApiExamples):
        yield from plugin.api_examples()


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
    return _call(base, query, "result")


def rest_call(address: str, parameters: Mapping[str, str | int]) -> Call:
    """A GET on an address of the REST API."""
    return _call(address, parameters, "data")


def _call(base: str, query: Mapping[str, str | int], member: str) -> Call:
    url = f"{base}?{urlencode(query)}" if query else base
    return Call(url=url, curl=f"curl '{url}'", python=_python(base, query, member))


def _python(base: str, query: Mapping[str, str | int], member: str) -> str:
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
        f'print(answer.json()["{member}"])',
    ]
    return "\n".join(lines)
