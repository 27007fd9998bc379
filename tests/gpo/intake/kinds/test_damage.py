"""Damaged files end in one sentence or in a table, never in another error."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.intake.steps import IntakeError

from .reading import FILES, open_grid

NAMES = [
    "00_clean.csv",
    "00_clean.xlsx",
    "06_formulas_cached.xlsx",
    "16_xls_renamed.xlsx",
    "17_html_table.xls",
    "26_wps.et",
    "27_libreoffice.ods",
    "29_json_pretty.json",
    "29c_ndjson.ndjson",
    "31_spreadsheetml.xls",
    "mac.zip",
]

damages = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 20), st.binary(max_size=6)),
    min_size=1,
    max_size=4,
)


def damage(content: bytes, places: list[tuple[float, int, bytes]]) -> bytes:
    for share, removed, inserted in places:
        at = int(share * len(content))
        content = content[:at] + inserted + content[at + removed :]
    return content


def damage_member(content: bytes, which: float, places) -> bytes:
    """A package whose archive is whole, and one of whose parts is damaged."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as sink,
    ):
        names = source.namelist()
        chosen = names[int(which * (len(names) - 1))]
        for name in names:
            part = source.read(name)
            sink.writestr(name, damage(part, places) if name == chosen else part)
    return target.getvalue()


@pytest.mark.parametrize("name", NAMES)
@given(places=damages, which=st.floats(0, 1), whole=st.booleans())
def test_damage(name, places, which, whole, tmp_path_factory):
    content = (FILES / name).read_bytes()
    if content.startswith(b"PK") and not whole:
        content = damage_member(content, which, places)
    else:
        content = damage(content, places)
    folder = tmp_path_factory.mktemp("damage")
    path = folder / "file"
    path.write_bytes(content)
    with contextlib.suppress(IntakeError):
        open_grid(path, folder)
