"""Links between the documents lead somewhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from docs.generate import tree

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)\s]*)?\)")


def _documents() -> list[Path]:
    """The Markdown that belongs to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [tree.ROOT / name for name in sorted(listed.split("\0")) if name]


@pytest.mark.parametrize(
    "document", _documents(), ids=lambda path: path.relative_to(tree.ROOT).as_posix()
)
def test_every_link_of_a_document_leads_somewhere(document: Path):
    links = LINK.findall(document.read_text("utf-8"))

    assert not [link for link in links if not (document.parent / link).exists()]
