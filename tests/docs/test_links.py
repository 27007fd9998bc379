"""Links between the documents lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.generate import tree

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)\s]*)?\)")


FOLDERS = ("ckanext-gpo", "dataset_schemas", "docker", "docs", "harvesters", "tests")


def _documents() -> list[Path]:
    found = [path for name in FOLDERS for path in (tree.ROOT / name).rglob("*.md")]
    return sorted([*tree.ROOT.glob("*.md"), *found])


@pytest.mark.parametrize(
    "document", _documents(), ids=lambda path: path.relative_to(tree.ROOT).as_posix()
)
def test_every_link_of_a_document_leads_somewhere(document: Path):
    links = LINK.findall(document.read_text("utf-8"))

    assert not [link for link in links if not (document.parent / link).exists()]
