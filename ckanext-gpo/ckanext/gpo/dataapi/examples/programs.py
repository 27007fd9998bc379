"""The programs, each a file with places for addresses. Pure but for reading them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from string import Template
from typing import Final

from ckanext.gpo.common.types import Translate


class _Program(Template):
    delimiter = "@"
    """`$` has a meaning in most of the languages."""


@dataclass(frozen=True)
class Example:
    """A program. `tool` is a proper name, the same in every language."""

    name: str
    tool: str
    task: str
    code: str


FILES: Final = {
    "curl": "curl.sh.txt",
    "requests": "requests.py.txt",
    "pandas": "pandas.py.txt",
    "ckanapi": "ckanapi.py.txt",
    "frictionless": "frictionless.py.txt",
    "duckdb": "duckdb.py.txt",
    "javascript": "fetch.js.txt",
    "r": "base.r.txt",
    "excel": "excel.pq.txt",
}


def examples(addresses: Mapping[str, str], _: Translate) -> list[Example]:
    """The programs with the addresses of a dataset put in.

    :param addresses: `site`, `dataset` (its name), `records`, `aggregate` (a question that
        groups), `csv`, `parquet`, `package`
    """
    return [
        Example(name, tool, task, _code(FILES[name], addresses))
        for name, tool, task in _tasks(_)
    ]


def _tasks(_: Translate) -> list[tuple[str, str, str]]:
    return [
        ("curl", "curl", _("The first records")),
        ("requests", "Python · requests", _("All records, page by page")),
        ("pandas", "Python · pandas", _("The whole table as a data frame")),
        ("ckanapi", "Python · ckanapi", _("Records by the action API of CKAN")),
        (
            "frictionless",
            "Python · Frictionless",
            _("The Data Package, checked by its own schema"),
        ),
        ("duckdb", "Python · DuckDB", _("SQL on the Parquet file, without a download")),
        (
            "javascript",
            "JavaScript",
            _("Groups for a chart, from the page of any other site"),
        ),
        ("r", "R", _("The whole table as a data frame")),
        ("excel", "Excel · Power Query", _("A query that refreshes itself")),
    ]


def _code(file: str, addresses: Mapping[str, str]) -> str:
    program = resources.files("ckanext.gpo.dataapi.examples").joinpath("files", file)
    return _Program(program.read_text("utf-8")).substitute(addresses).rstrip("\n")
