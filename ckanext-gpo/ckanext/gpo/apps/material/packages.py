"""Files that are offered for download beside a link, or in its place. Pure.

They are never opened here, so nothing that unpacks to more than it is can do harm.
"""

from __future__ import annotations

import re
from typing import Final

from ckanext.gpo.common import characters

from .errors import MaterialError

SUFFIXES: Final = (
    *(".apk", ".hap", ".zip", ".gz", ".7z"),
    *(".pdf", ".docx", ".pptx", ".ipynb"),
)
"""What may be offered: programs for phones, archives, papers and notebooks."""

LONGEST_NAME: Final = 120


def safe_name(file_name: str) -> str:
    """The name under which a file is offered.

    :raises MaterialError: `package-kind`
    """
    base = re.split(r"[/\\]", characters.strip(file_name))[-1]
    name = re.sub(r"[^\w.()\-]+", "-", base).strip("-.")
    stem, dot, suffix = name.rpartition(".")
    suffix = (dot + suffix).lower()
    if not stem or suffix not in SUFFIXES:
        raise MaterialError("package-kind", "this kind of file is not offered")
    return stem[: LONGEST_NAME - len(suffix)] + suffix
