"""Apps out of a file take the way of every other app."""

from __future__ import annotations

from pathlib import Path

import pytest

import ckan.plugins.toolkit as tk

from ckanext.gpo.apps import loading

from .conftest import IDEA, Registry


def _load(
    entries: list[dict[str, object]], folder: Path, registry: Registry
) -> list[tuple[str, str]]:
    return list(
        loading.load(
            entries, folder, builder=registry.builder, reviewer=registry.reviewer
        )
    )


def _entry(registry: Registry) -> dict[str, object]:
    uses = [{"id": registry.dataset, "purpose": "显示车位"}]
    return IDEA | {"datasets": uses}


def test_they_are_published_with_their_pictures(
    registry: Registry, picture: bytes, tmp_path: Path
):
    (tmp_path / "parking.png").write_bytes(picture)
    entry = _entry(registry) | {"pictures": ["parking.png"]}

    outcomes = _load([entry], tmp_path, registry)

    apps = registry.call("", "app_list")["results"]
    assert outcomes == [(IDEA["title"], "published")]
    assert [(app["title"], app["picture"]["width"]) for app in apps] == [
        (IDEA["title"], 64)
    ]


def test_what_is_there_already_is_left_alone(registry: Registry, tmp_path: Path):
    _load([_entry(registry)], tmp_path, registry)

    outcomes = _load([_entry(registry)], tmp_path, registry)

    assert outcomes == [(IDEA["title"], "unchanged")]
    assert registry.call("", "app_list")["count"] == 1


def test_no_check_is_passed_over(registry: Registry, tmp_path: Path):
    entry = _entry(registry) | {"datasets": [{"id": "nowhere", "purpose": "?"}]}

    with pytest.raises(tk.ValidationError, match="nowhere"):
        _load([entry], tmp_path, registry)
    assert registry.call("", "app_list")["count"] == 0


def test_nobody_approves_their_own(registry: Registry, tmp_path: Path):
    with pytest.raises(tk.NotAuthorized):
        list(
            loading.load(
                [_entry(registry)],
                tmp_path,
                builder=registry.reviewer,
                reviewer=registry.reviewer,
            )
        )
    assert registry.call("", "app_list")["count"] == 0
