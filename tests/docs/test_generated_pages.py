"""The pages of docs/ that are read from the code say what the code says today."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.generate import tree
from docs.generate.markdown import between_markers, table
from docs.generate.pages import PAGES

REMEDY = "out of date: run `.venv/bin/python -m docs.generate`"


@pytest.mark.parametrize(
    "path", PAGES, ids=lambda path: path.relative_to(tree.ROOT).as_posix()
)
def test_a_generated_page_is_up_to_date(path: Path):
    assert path.read_text("utf-8") == PAGES[path](), REMEDY


def test_no_page_of_the_reference_is_left_over():
    assert set((tree.ROOT / "docs" / "reference").iterdir()) <= set(PAGES)


def test_a_cell_keeps_bars_and_angle_brackets():
    text = table(["a"], [["one|two <name> `<name>`"]])

    assert "| one\\|two &lt;name> `<name>` |" in text


def test_text_without_its_markers_is_refused():
    with pytest.raises(ValueError, match="<!-- rooms -->"):
        between_markers("no markers", "rooms", "text")
