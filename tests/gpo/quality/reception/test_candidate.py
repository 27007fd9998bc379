"""Bytes that came in → UTF-8 CSV with field names."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from ckanext.gpo.common import labels
from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.reception.candidate import Candidate, content_hash, normalise

TABLE = table("tax/tax_arrears")
TITLES = ",".join(field["title"] for field in TABLE.fields)
NAMES = ",".join(field["name"] for field in TABLE.fields)


def normalised(content: bytes, folder: Path) -> Candidate:
    source = folder / "received"
    source.write_bytes(content)
    return normalise(source, TABLE, folder)


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
    candidate = normalised(content, tmp_path)

    assert candidate.encoding == encoding
    assert candidate.path.read_text("utf-8").splitlines()[0] == NAMES


def test_unknown_labels_are_left_for_the_check(tmp_path: Path):
    candidate = normalised("单位名称,金额\n".encode(), tmp_path)

    assert candidate.path.read_text("utf-8") == "单位名称,金额\n"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \r\n"])
def test_empty_file_is_named(content: bytes, tmp_path: Path):
    with pytest.raises(CandidateError) as caught:
        normalised(content, tmp_path)

    assert caught.value.code == "candidate-empty"


def test_undecodable_file_says_where(tmp_path: Path):
    with pytest.raises(CandidateError) as caught:
        normalised(b"a,b\n1,2\n\xff\xff,3\n", tmp_path)

    assert caught.value.code == "candidate-undecodable"
    assert caught.value.row == 3


def test_hash_is_of_the_bytes_and_rewinds():
    stream = io.BytesIO(b"abc")
    stream.read()

    assert content_hash(stream) == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert stream.read() == b"abc"


FIRST_CELL = f"'=1+1{',' * (len(TABLE.fields) - 1)}"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        pytest.param(TITLES, "=1+1", id="the form of our download"),
        pytest.param(NAMES, "'=1+1", id="the form of a program"),
        pytest.param("单位名称,金额", "'=1+1", id="a form of somebody's own"),
    ],
)
def test_only_our_own_download_loses_its_marks(header: str, cell: str, tmp_path: Path):
    candidate = normalised(f"{header}\n{FIRST_CELL}\n".encode(), tmp_path)

    row = candidate.path.read_text("utf-8").splitlines()[1]
    assert row.split(",")[0] == cell


def test_headers_of_our_workbook_are_known(tmp_path: Path):
    """They carry the units beside the titles."""
    book = openpyxl.Workbook()
    book.active.append(labels.workbook_labels(TABLE.fields))
    book.active.append(["甲"])
    path = tmp_path / "received"
    book.save(path)

    candidate = normalise(path, TABLE, tmp_path)

    assert candidate.path.read_text("utf-8").splitlines()[0] == NAMES
