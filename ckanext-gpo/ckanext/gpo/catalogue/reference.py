"""Reference data of dataset_schemas/: departments, domains, disclosure items, chains."""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common.tables import DOMAINS, read_yaml


def departments() -> list[dict[str, Any]]:
    """The departments as written in departments.yaml."""
    return read_yaml("departments.yaml")


def department(name: str) -> dict[str, Any]:
    """One department by its abbreviation.

    :raises KeyError: there is no such department
    """
    try:
        return next(d for d in departments() if d["name"] == name)
    except StopIteration:
        raise KeyError(name) from None


def department_choices() -> list[dict[str, Any]]:
    """The departments as a code list."""
    return [
        {"value": d["name"], "label": {"zh_Hans_CN": d["title"], "en": d["title_en"]}}
        for d in departments()
    ]


def sample_codes() -> set[str]:
    """Made-up 统一社会信用代码 of departments."""
    return {d["uscc"] for d in departments() if d["uscc_kind"] == "sample"}


def domains() -> list[dict[str, Any]]:
    """The nine domains in their order, each with its `order` counted from 1."""
    entries = {d["name"]: d for d in read_yaml("domains.yaml")["domains"]}
    return [{**entries[name], "order": n} for n, name in enumerate(DOMAINS, 1)]


def division() -> dict[str, str]:
    """The district: `{code, title, title_en}`."""
    return read_yaml("domains.yaml")["division"]


def items(domain: str) -> list[dict[str, Any]]:
    """The disclosure items of a domain as written."""
    return read_yaml(f"{domain}/disclosure_items.yaml")["items"]


def chains() -> list[dict[str, Any]]:
    """The data chains across domains as written in chains.yaml."""
    return read_yaml("chains.yaml")


def chain(name: str) -> dict[str, Any] | None:
    """One chain by its name."""
    return next((c for c in chains() if c["name"] == name), None)


def chains_through(domain: str) -> list[dict[str, Any]]:
    """The chains that have a station in a domain."""
    return [
        chain
        for chain in chains()
        if any(s["table"].startswith(f"{domain}/") for s in chain["stations"])
    ]
