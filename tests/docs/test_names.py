"""What is read from a module or a template: every name that could be another room's."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.generate import names, tree


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ('tk.get_action("gpo_quality_summary")', "gpo_quality_summary"),
        ('PLACES = {"group": ("gpo_portal.domain", "id")}', "gpo_portal.domain"),
        ("title = tk.h.gpo_common_title()", "h.gpo_common_title"),
        ("h.gpo_common_title()", "h.gpo_common_title"),
        ("p.implements(INavigation, inherit=True)", "interface INavigation"),
        ("p.PluginImplementations(p.INotifier)", "interface INotifier"),
    ],
)
def test_a_name_in_a_module(code: str, name: str, tmp_path: Path):
    path = tmp_path / "module.py"
    path.write_text(code, "utf-8")

    assert name in set(names.in_module(path))


def test_a_docstring_names_nothing(tmp_path: Path):
    path = tmp_path / "module.py"
    path.write_text('"""gpo_quality_summary"""\nX = 1\n"""gpo_search"""\n', "utf-8")

    assert not set(names.in_module(path))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ h.url_for('gpo_quality.checks') }}", "gpo_quality.checks"),
        ("{{ h.gpo_common_number(3) }}", "h.gpo_common_number"),
        ('{% extends "gpo_portal/list.html" %}', "gpo_portal/list.html"),
        ('{% include "gpo_portal/list.html" %}', "gpo_portal/list.html"),
        ('{% import "gpo_portal/icon.html" as i %}', "gpo_portal/icon.html"),
        ('{% from "gpo_portal/icon.html" import icon %}', "gpo_portal/icon.html"),
        ('{% snippet "gpo_portal/line.html", item=item %}', "gpo_portal/line.html"),
        ('{% asset "gpo_portal/stock" %}', "gpo_portal/stock"),
        (
            "{% if a %}{{ f(x=[h.gpo_search_place(e)]) }}{% endif %}",
            "h.gpo_search_place",
        ),
    ],
)
def test_a_name_in_a_template(text: str, name: str, tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(text, "utf-8")

    assert name in set(names.in_template(path))


def test_no_name_of_another_room_is_put_together():
    """A name made at run time could not be read from the code."""
    beginnings = [
        f"{path.relative_to(tree.ROOT)}: {name}"
        for part in tree.PARTS
        for path in (*tree.modules(part), *tree.templates(part))
        for name in (names.in_module if path.suffix == ".py" else names.in_template)(
            path
        )
        for room in tree.ROOMS
        if room != part and name.startswith(f"gpo_{room}") and name[-1] in "_."
    ]

    assert not beginnings
