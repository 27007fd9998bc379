"""What the guide begins with: calls on a real dataset, each one click or one line away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.rest.operations import BASE
from ckanext.gpo.common.web import downloads
from ckanext.gpo.common.web.calls import Call, rest_call
from ckanext.gpo.dataapi.examples import examples
from ckanext.gpo.dataapi.questions import Publication

from .dataset_api import addresses, grouping

Query = dict[str, str]

_OPERATORS: Final = "eq ne lt lte gt gte in contains starts empty"
_FUNCTIONS: Final = "count sum avg min max distinct"

TOO_MANY: Final = 5_000
"""More records than a page has."""


@dataclass(frozen=True)
class Step:
    """A call, and what is to be known of it."""

    title: str
    text: str
    call: Call


def steps(context: Context, publication: Publication) -> Iterator[Step]:
    """The first ten minutes, with what is really published."""
    site = tk.config["ckan.site_url"].rstrip("/")
    datasets = f"{site}{BASE}/datasets"
    dataset = f"{datasets}/{publication.dataset}"
    condition = _condition(context, publication)
    yield Step(
        tk._("Find a dataset"),
        tk._(
            "By words, by domain, by department. Its name stands in all further addresses."
        ),
        rest_call(datasets, {"q": publication.table.title, "limit": 3}),
    )
    yield Step(
        tk._("Read its first records"),
        tk._(
            "Every answer has data, links to the pages beside it, and in meta the version"
            " and the fields."
        ),
        rest_call(f"{dataset}/records", {"limit": 5}),
    )
    yield Step(
        tk._("Filter and sort"),
        Markup.escape(
            tk._(
                "A filter is a field, a point and a comparison: {operators}. Several hold"
                " at once."
            )
        ).format(operators=_code(_OPERATORS)),
        rest_call(f"{dataset}/records", {**condition, "limit": 5}),
    )
    yield Step(
        tk._("Count and sum up by groups"),
        Markup.escape(tk._("What a chart is drawn from: {functions}.")).format(
            functions=_code(_FUNCTIONS)
        ),
        rest_call(f"{dataset}/aggregate", grouping(publication.table)),
    )
    yield Step(
        tk._("Read all pages"),
        tk._(
            "Follow links.next until there is none. It names the version too: the pages"
            " fit together though a newer version is published meanwhile."
        ),
        _all_pages(publication),
    )
    yield Step(
        tk._("Download the whole table"),
        tk._(
            "Made when the version was published; also as XLSX, JSON, Parquet and ZIP."
        ),
        _download(downloads.address(publication.dataset)),
    )
    yield Step(
        tk._("Download some of the rows"),
        tk._(
            "With the same filters, in any form: CSV, XLSX, JSON, NDJSON, XML, Parquet."
        ),
        _download(f"{dataset}/export.csv?{urlencode(condition)}"),
    )
    yield Step(
        tk._("Call with a key"),
        tk._(
            "No key is needed. One raises the limit, and its owner sees what is done with"
            " it."
        ),
        _with_key(f"{dataset}/records?limit=5"),
    )
    yield Step(
        tk._("Understand a refusal"),
        tk._(
            "A wrong call is told what is wrong: a stable code for programs, a sentence for"
            " people, the parameter (RFC 9457)."
        ),
        _refused(f"{dataset}/records?limit={TOO_MANY}"),
    )


def _condition(context: Context, publication: Publication) -> Query:
    """A filter that records answer to: by the most frequent word of a list, if there is one."""
    name = grouping(publication.table)["group_by"]
    question = {"dataset": publication.dataset, "field": name, "limit": 1}
    answer = tk.get_action("gpo_dataapi_value_list")(
        tk.fresh_context(context), question
    )
    for each in answer["values"]:
        if each["value"] is not None:
            return {f"{name}.eq": str(each["value"])}
    return {f"{name}.empty": "true"}


def _all_pages(publication: Publication) -> Call:
    places = addresses(publication.dataset, publication.table)
    programs = {each.name: each.code for each in examples(places, tk._)}
    url = f"{places['records']}?limit=1000"
    return Call(url, f"curl '{url}'", programs["requests"])


def _download(url: str) -> Call:
    python = f'import pandas as pd\n\nprint(pd.read_csv("{url}", dtype=str))'
    return Call(url, f"curl -OJ '{url}'", python)


def _with_key(url: str) -> Call:
    header = tk.config["apitoken_header_name"]
    python = (
        f'import requests\n\nheaders = {{"{header}": "YOUR_KEY"}}\n'
        f'answer = requests.get("{url}", headers=headers, timeout=30)\n'
        "answer.raise_for_status()\n"
        'print(answer.headers.get("RateLimit"))'
    )
    return Call(url, f"curl -H '{header}: YOUR_KEY' '{url}'", python)


def _refused(url: str) -> Call:
    python = (
        f'import requests\n\nanswer = requests.get("{url}", timeout=30)\n'
        "problem = answer.json()\n"
        'print(answer.status_code, problem["code"], problem["detail"])'
    )
    return Call(url, f"curl '{url}'", python)


def _code(text: str) -> str:
    return Markup("<code>{}</code>").format(text)
