"""Files that mean harm, or that went wrong on their way: refused with a code, in bounds."""

from __future__ import annotations

import gzip
import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.reception import archive, candidate
from ckanext.gpo.quality.reception.candidate import normalise

TABLE = table("tax/tax_arrears")
NAMES = ",".join(field["name"] for field in TABLE.fields)
ROW = ",".join("甲" for _ in TABLE.fields)
GOOD = f"{NAMES}\n{ROW}\n".encode()


def code_of(content: bytes, folder: Path) -> str:
    source = folder / "received"
    source.write_bytes(content)
    with pytest.raises(CandidateError) as caught:
        normalise(source, TABLE, folder)
    return caught.value.code


def workbook(**parts: bytes) -> bytes:
    """A good workbook with parts put in or replaced."""
    plain = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(NAMES.split(","))
    book.active.append(ROW.split(","))
    book.save(plain)
    changed = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w", 8) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, part in parts.items():
            new.writestr(name, part)
    return changed.getvalue()


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", 8) as archive_:
        for name in names:
            archive_.writestr(name, GOOD)
    return packed.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><worksheet/>"""


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            pytest.param(b"", "candidate-empty", id="nothing"),
            pytest.param(b"\0" * 4096, "candidate-nul", id="only NUL"),
            pytest.param(GOOD + b"a\0b\n", "candidate-nul", id="NUL in a cell"),
            pytest.param(b"%PDF-1.7 ...", "candidate-format", id="PDF named CSV"),
            pytest.param(
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
                "candidate-format",
                id="XLS of 1997",
            ),
            pytest.param(
                gzip.compress(GOOD)[:-9], "candidate-truncated", id="truncated gzip"
            ),
            pytest.param(
                gzip.compress(GOOD)[:-8] + b"12345678",
                "candidate-damaged",
                id="gzip with a wrong checksum",
            ),
            pytest.param(workbook()[:-30], "candidate-damaged", id="truncated XLSX"),
            pytest.param(
                b"PK\3\4" + b"x" * 100, "candidate-damaged", id="ZIP by its first bytes"
            ),
            pytest.param(
                zipped("a.csv", "b.csv"), "candidate-archive", id="two in ZIP"
            ),
            pytest.param(zipped(), "candidate-archive", id="empty ZIP"),
            pytest.param(
                workbook(**{"xl/worksheets/sheet1.xml": LAUGHS}),
                "candidate-entities",
                id="billion laughs",
            ),
            pytest.param(
                workbook(**{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
                "candidate-external-links",
                id="links to other workbooks",
            ),
            pytest.param(
                workbook(**{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}),
                "candidate-damaged",
                id="XML that ends early",
            ),
            pytest.param(
                ",".join(f"c{i}" for i in range(10_000)).encode() + b"\n1\n",
                "candidate-columns",
                id="10,000 columns",
            ),
        ],
    )
    def test_with_a_code(self, content: bytes, code: str, tmp_path: Path):
        assert code_of(content, tmp_path) == code

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("word", ["<!DOCTYPE", "<!ENTITY"])
    def test_entities_across_the_border_of_two_pieces(
        self, word: str, encoding: str, tmp_path: Path
    ):
        text = word.encode(encoding)
        for cut in range(len(text) + 1):
            sheet = b" " * (archive.CHUNK - cut) + text
            book = workbook(**{"xl/worksheets/sheet1.xml": sheet})
            assert code_of(book, tmp_path) == "candidate-entities", cut

    def test_csv_with_the_name_of_another_format_is_read(self, tmp_path: Path):
        """What a file is, its first bytes tell."""
        source = tmp_path / "table.xlsx"
        source.write_bytes(GOOD)

        assert normalise(source, TABLE, tmp_path).format == "csv"

    @pytest.mark.parametrize("pack", [gzip.compress, lambda _: zipped("a.csv")])
    def test_good_file_in_an_archive_is_read(self, pack, tmp_path: Path):
        source = tmp_path / "received"
        source.write_bytes(pack(GOOD))

        assert normalise(source, TABLE, tmp_path).path.read_bytes() == GOOD

    def test_zip_bomb_ends_at_the_limit(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        """A gigabyte of zeros packs into a megabyte; nothing beyond the limit is written."""
        limit = 8 << 20
        monkeypatch.setattr(archive.gunzip, "__defaults__", (limit,))
        bomb = gzip.compress(b"0" * (64 << 20))

        assert code_of(bomb, tmp_path) == "candidate-too-large"
        assert (tmp_path / "unpacked").stat().st_size <= limit

    def test_workbook_bomb_ends_at_the_limit(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(archive.inspect_workbook, "__defaults__", (8 << 20,))
        bomb = workbook(**{"xl/sharedStrings.xml": b" " * (64 << 20)})

        assert code_of(bomb, tmp_path) == "candidate-too-large"


READ = """
import sys
from pathlib import Path
from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.reception import normalise
try:
    normalise(Path(sys.argv[1]), table("tax/tax_arrears"), Path(sys.argv[2]))
except CandidateError as err:
    print(err.code)
"""


def test_line_of_a_gigabyte_needs_no_memory(tmp_path: Path):
    """One line without an end, in a process that may not have 512 MiB."""
    source = tmp_path / "received"
    with source.open("wb") as target:
        target.write(GOOD)
        target.truncate(1 << 30)  # zeros, and sparse: the disk holds none of them
        target.seek(len(GOOD))
        target.write(b"x" * (candidate.RECORD + (2 << 20)))

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (512 << 20, 512 << 20))

    done = subprocess.run(
        [sys.executable, "-c", READ, str(source), str(tmp_path)],
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    assert done.stdout.strip() == "candidate-line"


def test_error_values_of_a_workbook_are_not_lost(tmp_path: Path):
    """`#N/A` is a value that somebody has to mend, not an empty cell."""
    book = openpyxl.Workbook()
    book.active.append(NAMES.split(","))
    book.active.append(["#N/A", *ROW.split(",")[1:]])
    source = tmp_path / "received"
    book.save(source)

    assert "#N/A" in normalise(source, TABLE, tmp_path).path.read_text("utf-8")
