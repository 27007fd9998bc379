"""Code lists of codes.yaml: what is stored, and how it reads in both languages."""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common.errors import GpoError
from ckanext.gpo.common.tables import read_yaml

DEPARTMENTAL = "3"
"""Class of the classification that is by department."""


def entries(name: str) -> list[dict[str, Any]]:
    """A list as written: `[{value, label: {zh_Hans_CN, en}, …}]`.

    :raises KeyError: there is no such list
    """
    return read_yaml("codes.yaml")[name]


def entry(name: str, value: str) -> dict[str, Any]:
    """One entry of a list, or an empty one if the value is not in it."""
    nothing: dict[str, Any] = {}
    return next((e for e in entries(name) if e["value"] == value), nothing)


def permitted_values(name: str, value: str, key: str = "types") -> list[str]:
    """What a value of a list permits in the list linked with it."""
    return entry(name, value).get(key, [])


def code_value(name: str, text: str) -> str:
    """The value for a value or its Chinese label: Data Packages are written in words.

    :raises GpoError: `code-unknown`, the list has neither
    """
    for e in entries(name):
        if text in (e["value"], e["label"]["zh_Hans_CN"]):
            return e["value"]
    raise GpoError(
        "code-unknown",
        f"{text!r} is not in the code list {name}.",
        "Use a value or a Chinese label of dataset_schemas/codes.yaml.",
    )


def classification(pkg: dict[str, Any], *, english: bool) -> dict[str, str]:
    """Second and third level of a dataset's classification by field: name and code.

    Only the departmental class has names; of the others the code stays.
    """
    if pkg.get("cat_lei") != DEPARTMENTAL:
        return {}
    names: dict[str, str] = {}
    for level in ("cat_xiang", "cat_mu"):
        if code := entry(level, pkg.get(level, "")):
            name = code["label"]["en" if english else "zh_Hans_CN"]
            value = code["value"]
            names[level] = f"{name} ({value})" if english else f"{name}（{value}）"
    return names
