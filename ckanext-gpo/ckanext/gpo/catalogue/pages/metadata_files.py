"""The metadata of all that is public, or of one domain, as files: a workbook and JSON.

What a reader without an account may see, whoever asks: the same file for everybody.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from os import SEEK_END
from typing import Any, Final

from flask import Response, send_file
from xlsxwriter import Workbook

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import formats, lucene
from ckanext.gpo.common.spreadsheets import LONGEST_CELL, sheet_name
from ckanext.gpo.common.web import downloads

KINDS: Final = ("dataset", "disclosure-item")

USES: Final = ("views", "downloads", "calls")
_UNUSED: Final = dict.fromkeys(USES, 0)

REVISION: Final = "2"
"""Of how the files are written: another one makes what readers keep out of date."""

_PAGE: Final = 500
_IN_MEMORY: Final = 4 << 20

Package = dict[str, Any]


def answer(form: str, name: str, title: str, domain: str = "") -> Response:
    """The file of a form.

    :param form: `xlsx` or `json`
    :param name: of the file for programs
    :param title: the same for people
    :param domain: name of the domain; empty for all of them
    """
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - Flask closes it
    if form == "json":
        file.writelines(text.encode() for text in _json(domain))
    else:
        _write_workbook(file, domain)
    length = file.seek(0, SEEK_END)
    file.seek(0)
    response = send_file(file, formats.content_type(form))
    response.content_length = length
    downloads.attach(response, f"{title}.{form}", f"{name}.{form}")
    return response


def _json(domain: str) -> Iterator[str]:
    lead = "{"
    for kind, key in zip(KINDS, ("datasets", "items"), strict=True):
        yield f"{lead}{json.dumps(key)}: ["
        for number, package in enumerate(_packages(kind, domain)):
            text = json.dumps(package, ensure_ascii=False)
            yield f"{',' if number else ''}\n{text}"
        yield "\n]"
        lead = ",\n"
    yield "}\n"


def _packages(kind: str, domain: str) -> Iterator[Package]:
    """What is public of a kind, by name; datasets with how much they are used."""
    start, uses = 0, _uses() if kind == "dataset" else None
    while True:
        fq = f"dataset_type:{kind} capacity:public"
        answer = tk.get_action("package_search")(
            {"user": ""},
            {
                "fq": f"{fq} groups:{lucene.quote(domain)}" if domain else fq,
                "sort": "name asc",
                "rows": _PAGE,
                "start": start,
            },
        )
        for package in answer["results"]:
            if uses is None:
                yield package
            else:
                yield package | {"usage": uses.get(package["name"], _UNUSED)}
        start += _PAGE
        if start >= answer["count"]:
            return


def _uses() -> Mapping[str, Mapping[str, int]]:
    """How much each public dataset is used, asked at once."""
    return tk.get_action("gpo_dataapi_usage_totals")({"user": ""}, {})


def _write_workbook(target: Any, domain: str) -> None:
    # texts stay texts, whatever they look like
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    titles = (tk._("Datasets"), tk._("Disclosure items"))
    with Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        for kind, title in zip(KINDS, titles, strict=True):
            sheet = book.add_worksheet(sheet_name(title))
            sheet.freeze_panes(1, 0)
            columns = [*_columns(kind)]
            sheet.write_row(0, 0, [label for _name, label, _choices in columns], bold)
            for number, package in enumerate(_packages(kind, domain), start=1):
                for place, cell in enumerate(_cells(kind, package, columns)):
                    sheet.write_string(number, place, cell[: LONGEST_CELL // 2])


Column = tuple[str, str, dict[str, str]]
"""A field's name, its label and the labels of its choices."""


def _columns(kind: str) -> Iterator[Column]:
    """What describes a kind, in the order of its form; then its addresses."""
    schema = tk.h.scheming_get_dataset_schema(kind)
    for field in schema["dataset_fields"]:
        if field.get("intranet_only"):
            continue
        choices = tk.h.scheming_field_choices(field) or ()
        labels = {c["value"]: tk.h.scheming_language_text(c["label"]) for c in choices}
        label = tk.h.scheming_language_text(field.get("label", field["field_name"]))
        yield field["field_name"], label, labels
    yield "", tk._("Page"), {}
    if kind == "dataset":
        for label in (tk._("Page views"), tk._("Downloads"), tk._("API calls")):
            yield "", label, {}
        yield "", tk._("Download (CSV)"), {}


def _cells(kind: str, package: Package, columns: Iterable[Column]) -> Iterator[str]:
    for name, _label, choices in columns:
        if name:
            yield _text(name, package, choices)
    path = "dataset" if kind == "dataset" else kind
    yield tk.h.url_for_static(f"/{path}/{package['name']}", qualified=True)
    if kind == "dataset":
        for use in USES:
            yield str(package["usage"][use])
        is_live = any(r.get("downloads") for r in package.get("resources", ()))
        yield downloads.address(package["name"]) if is_live else ""


def _text(name: str, package: Package, choices: dict[str, str]) -> str:
    value = package.get(name)
    if name == "owner_org":
        value = (package.get("organization") or {}).get("title") or value
    if name == "tag_string":
        value = [tag["display_name"] for tag in package.get("tags", ())]
    values = value if isinstance(value, list) else [value]
    return "; ".join(
        choices.get(str(each), _plain(each)) for each in values if each is not None
    )


def _plain(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
