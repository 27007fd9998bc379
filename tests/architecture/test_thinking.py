"""Thinking imports neither CKAN nor Flask; what does is named with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from docs.generate import tree

MODULES = [path for part in tree.PARTS for path in tree.modules(part)]

STANDARD = {
    f"{name}.py"
    for name in (
        *("plugin", "model", "views", "jobs", "cli", "config", "helpers"),
        *("navigation", "search_kinds", "subscriptions"),
    )
}
"""Modules that speak with CKAN, of the same name in every room."""

STANDARD_FOLDERS = {"logic", "pages", "web"}

ALLOWED: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("ckan_allowed.yaml").read_text("utf-8")
)
"""Module, or folder with a slash at its end → why it knows CKAN all the same."""


def _is_standard(path: Path) -> bool:
    name = tree.short_name(path)
    return path.name in STANDARD or bool(STANDARD_FOLDERS & {*name.split("/")})


def _knows_ckan(path: Path) -> bool:
    return any(
        name.split(".")[0] in ("ckan", "flask", "flask_login")
        or (name.startswith("ckanext.") and not name.startswith("ckanext.gpo."))
        for name in tree.imports(path)
    )


def _allowance(path: Path) -> str:
    """The line of the list that covers a module; empty if none does."""
    name = tree.short_name(path)
    return next(
        (
            allowed
            for allowed in ALLOWED
            if name == allowed or (allowed.endswith("/") and name.startswith(allowed))
        ),
        "",
    )


@pytest.mark.parametrize(
    "path", [path for path in MODULES if not _is_standard(path)], ids=tree.short_name
)
def test_thinking_needs_no_site(path: Path):
    assert not _knows_ckan(path) or _allowance(path), "see ckan_allowed.yaml"


def test_nothing_is_allowed_without_use_or_reason():
    used = {_allowance(p) for p in MODULES if _knows_ckan(p) and not _is_standard(p)}

    assert set(ALLOWED) <= used
    assert not [name for name, reason in ALLOWED.items() if len(reason) < 15]
