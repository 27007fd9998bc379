"""Files in a form of our own come back without a step."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ckanext.gpo.common import labels
from ckanext.gpo.common.tables import table
from ckanext.gpo.intake import CleanTable, Declaration, IntakeError, Limits, read

TABLE = table("tax/tax_arrears")
TITLES = ",".join(field["title"] for field in TABLE.fields)
NAMES = ",".join(field["name"] for field in TABLE.fields)


def read_bytes(content: bytes, folder: Path) -> CleanTable:
    source = folder / "received"
    source.write_bytes(content)
    return read(source, TABLE, Declaration(), folder, Limits())


def _header(clean: CleanTable) -> str:
    return clean.path.read_text("utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(f"{NAMES}\n甲\n".encode(), "utf-8", id="utf-8"),
        pytest.param(f"{NAMES}\r\n甲\n".encode("utf-8-sig"), "utf-8", id="BOM, CRLF"),
        pytest.param(
            f"{TITLES}\n甲\n".encode("gb18030"), "gb18030", id="GB18030 titles"
        ),
        pytest.param(f"{TITLES}\n甲\n".encode("utf-16"), "utf-16", id="UTF-16"),
        pytest.param(f'"{TITLES}"'.replace(",", '","').encode(), "utf-8", id="quoted"),
    ],
)
def test_header_becomes_field_names(content: bytes, encoding: str, tmp_path: Path):
    clean = read_bytes(content, tmp_path)

    assert clean.encoding.startswith(encoding)
    assert _header(clean) == NAMES


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \r\n"])
def test_empty_file_is_named(content: bytes, tmp_path: Path):
    with pytest.raises(IntakeError, match="file-empty"):
        read_bytes(content, tmp_path)


FIRST_CELL = f"'=1+1{',' * (len(TABLE.fields) - 1)}"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        pytest.param(TITLES, "=1+1", id="the form of our download"),
        pytest.param(NAMES, "'=1+1", id="the form of a program"),
    ],
)
def test_only_our_own_download_loses_its_marks(header: str, cell: str, tmp_path: Path):
    clean = read_bytes(f"{header}\n{FIRST_CELL}\n".encode(), tmp_path)

    row = clean.path.read_text("utf-8").splitlines()[1]
    assert row.split(",")[0] == cell


def test_headers_of_our_workbook_are_known(tmp_path: Path):
    """They carry the units beside the titles."""
    book = openpyxl.Workbook()
    book.active.append(labels.workbook_labels(TABLE.fields))
    book.active.append(["甲", *[None] * (len(TABLE.fields) - 1)])
    path = tmp_path / "received"
    book.save(path)

    clean = read(path, TABLE, Declaration(), tmp_path, Limits())

    assert _header(clean) == NAMES
    assert not clean.steps
