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

from ckanext.gpo.common.tables import table
from ckanext.gpo.intake import CleanTable, Declaration, IntakeError, Limits, read

TABLE = table("tax/tax_arrears")
NAMES = ",".join(field["name"] for field in TABLE.fields)
ROW = ",".join(f"甲{number}" for number, _ in enumerate(TABLE.fields))
GOOD = f"{NAMES}\n{ROW}\n".encode()


LIMITS = Limits()


def read_bytes(content: bytes, folder: Path, limits: Limits = LIMITS) -> CleanTable:
    source = folder / "received"
    source.write_bytes(content)
    return read(source, TABLE, Declaration(), folder, limits)


def code_of(content: bytes, folder: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(IntakeError) as caught:
        read_bytes(content, folder, limits)
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
            pytest.param(b"", "file-empty", id="nothing"),
            pytest.param(b"\0" * 4096, "file-zeros", id="only NUL"),
            pytest.param(GOOD + b"a\0b\n", "text-nul", id="NUL in a cell"),
            pytest.param(b"%PDF-1.7 ...", "file-pdf", id="PDF named CSV"),
            pytest.param(
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
                "file-partial",
                id="XLS of 1997",
            ),
            pytest.param(gzip.compress(GOOD)[:-9], "file-partial", id="truncated gzip"),
            pytest.param(
                gzip.compress(GOOD)[:-8] + b"12345678",
                "file-damaged",
                id="gzip with a wrong checksum",
            ),
            pytest.param(workbook()[:-30], "file-partial", id="truncated XLSX"),
            pytest.param(
                b"PK\3\4" + b"x" * 100, "file-partial", id="ZIP by its first bytes"
            ),
            pytest.param(zipped("a.csv", "b.csv"), "archive-several", id="two in ZIP"),
            pytest.param(zipped(), "archive-empty", id="empty ZIP"),
            pytest.param(
                workbook(**{"xl/worksheets/sheet1.xml": LAUGHS}),
                "xml-entities",
                id="billion laughs",
            ),
            pytest.param(
                workbook(**{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}),
                "file-empty",
                id="XML that ends early",
            ),
            pytest.param(
                ",".join(f"c{i}" for i in range(10_000)).encode() + b"\n1\n",
                "columns-too-many",
                id="10,000 columns",
            ),
        ],
    )
    def test_with_a_code(self, content: bytes, code: str, tmp_path: Path):
        assert code_of(content, tmp_path) == code

    @pytest.mark.parametrize("word", ["<!DOCTYPE", "<!ENTITY"])
    def test_entities_far_below_the_beginning(self, word: str, tmp_path: Path):
        sheet = b" " * ((1 << 20) - 3) + word.encode()
        book = workbook(**{"xl/worksheets/sheet1.xml": sheet})

        assert code_of(book, tmp_path) in {"xml-entities", "file-empty"}

    def test_csv_with_the_name_of_another_format_is_read(self, tmp_path: Path):
        """What a file is, its first bytes tell."""
        source = tmp_path / "table.xlsx"
        source.write_bytes(GOOD)

        assert read(source, TABLE, Declaration(), tmp_path, LIMITS).kind == "csv"

    @pytest.mark.parametrize("pack", [gzip.compress, lambda _: zipped("a.csv")])
    def test_good_file_in_an_archive_is_read(self, pack, tmp_path: Path):
        assert read_bytes(pack(GOOD), tmp_path).path.read_bytes() == GOOD

    @pytest.mark.parametrize(
        "bomb",
        [
            gzip.compress(b"0" * (64 << 20)),
            workbook(**{"xl/sharedStrings.xml": b" " * (64 << 20)}),
        ],
        ids=["gzip", "workbook"],
    )
    def test_bombs_end_at_the_limit(self, bomb: bytes, tmp_path: Path):
        """Nothing beyond the limit is written."""
        limits = Limits(unpacked=8 << 20)

        assert code_of(bomb, tmp_path, limits) == "unpacked-too-large"
        written = sum(path.stat().st_size for path in tmp_path.iterdir())
        assert written <= len(bomb) + limits.unpacked


READ = """
import sys
from pathlib import Path
from ckanext.gpo.common.tables import table
from ckanext.gpo.intake import Declaration, IntakeError, Limits, read
path, folder = map(Path, sys.argv[1:])
try:
    read(path, table("tax/tax_arrears"), Declaration(), folder, Limits())
except IntakeError as err:
    print(err.code)
"""


def test_line_of_a_gigabyte_needs_no_memory(tmp_path: Path):
    """One line without an end, in a process that may not have 512 MiB."""
    source = tmp_path / "received"
    with source.open("wb") as target:
        target.write(GOOD)
        target.truncate(1 << 30)  # zeros, and sparse: the disk holds none of them
        target.seek(len(GOOD))
        target.write(b"x" * (LIMITS.record + (2 << 20)))

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

    assert done.stdout.strip() == "record-too-long"


def test_error_values_of_a_workbook_are_not_lost(tmp_path: Path):
    """`#N/A` is a value that somebody has to mend, not an empty cell."""
    book = openpyxl.Workbook()
    book.active.append(NAMES.split(","))
    book.active.append(["#N/A", *ROW.split(",")[1:]])
    source = tmp_path / "received"
    book.save(source)

    clean = read(source, TABLE, Declaration(), tmp_path, LIMITS)

    assert "#N/A" in clean.path.read_text("utf-8")
    assert [finding.code for finding in clean.findings] == ["error-values"]
