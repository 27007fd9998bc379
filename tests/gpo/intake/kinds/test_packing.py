"""Packed files, and files that are no tables at all."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from ckanext.gpo.intake import kinds
from ckanext.gpo.intake.steps import IntakeError

from .reading import codes, open_grid, table

CSV = "编号,名称\n1,甲\n".encode()
ROWS = [["编号", "名称"], ["1", "甲"]]


def packed(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def read(content: bytes, folder, **options):
    path = folder / "file"
    path.write_bytes(content)
    return open_grid(path, folder, **options)


def test_gzip_and_zip_within_it(tmp_path):
    grid, rows = read(gzip.compress(CSV), tmp_path)
    assert (table(rows), codes(grid)) == (ROWS, ["gzip-unpacked"])
    grid, rows = read(gzip.compress(packed({"表.csv": CSV})), tmp_path)
    assert (table(rows), codes(grid)) == (ROWS, ["gzip-unpacked", "zip-unpacked"])
    with pytest.raises(IntakeError, match="archive-nested"):
        read(gzip.compress(gzip.compress(gzip.compress(CSV))), tmp_path)


def test_litter_and_readme_beside_the_table(tmp_path):
    members = {
        "表.csv": CSV,
        "__MACOSX/._表.csv": b"\0\5\x16\7",
        ".DS_Store": b"\0",
        "Thumbs.db": b"\0",
        "~$表.xlsx": b"\0",
        "说明.txt": "示例数据".encode(),
    }
    grid, rows = read(packed(members), tmp_path)
    assert table(rows) == ROWS
    assert [(s.code, s.count) for s in grid.steps] == [
        ("archive-litter-ignored", 4),
        ("archive-readme-ignored", 1),
        ("zip-unpacked", 1),
    ]
    assert grid.steps[-1].facts == {"member": "表.csv"}


def test_a_lone_text_file_is_the_table(tmp_path):
    _, rows = read(packed({"导出/表.txt": CSV}), tmp_path)
    assert table(rows) == ROWS


def test_one_of_several_is_declared(tmp_path):
    content = packed({"2024/收入.csv": CSV, "2024/支出.csv": b"a,b\n1,2\n"})
    with pytest.raises(IntakeError) as caught:
        read(content, tmp_path)
    assert caught.value.code == "archive-several"
    assert caught.value.facts == {"count": 2, "members": "2024/收入.csv、2024/支出.csv"}
    grid, rows = read(content, tmp_path, archive_member="收入*.csv")
    assert (table(rows), codes(grid)) == (
        ROWS,
        ["archive-readme-ignored", "zip-unpacked"],
    )
    with pytest.raises(IntakeError, match="archive-empty"):
        read(content, tmp_path, archive_member="*.xlsx")


@pytest.mark.parametrize(
    "members", [{}, {".DS_Store": b"\0"}, {"a.txt": b"", "b.pdf": b""}]
)
def test_an_archive_without_a_table(members, tmp_path):
    with pytest.raises(IntakeError, match="archive-empty"):
        read(packed(members), tmp_path)


@pytest.mark.parametrize(
    "pack", [gzip.compress, lambda content: packed({"a.csv": content})]
)
def test_bombs(pack, tmp_path):
    content = pack(b"1,2\n" * (1 << 20))
    limits = kinds.Limits(unpacked=1 << 20)
    with pytest.raises(IntakeError, match="unpacked-too-large"):
        read(content, tmp_path, limits=limits)
    limits = kinds.Limits(ratio_from=1 << 20)
    with pytest.raises(IntakeError, match="unpacked-ratio"):
        read(content, tmp_path, limits=limits)


def test_half_a_download(tmp_path):
    with pytest.raises(IntakeError, match="file-partial"):
        read(gzip.compress(CSV)[:-6], tmp_path)
    with pytest.raises(IntakeError, match="file-partial"):
        read(packed({"表.csv": CSV})[:-6], tmp_path)


def test_a_member_with_a_password(tmp_path):
    content = bytearray(packed({"a.csv": CSV}))
    content[6] |= 1  # in the member's own head
    content[content.index(b"PK\1\2") + 8] |= 1  # and in the directory
    with pytest.raises(IntakeError, match="file-password"):
        read(bytes(content), tmp_path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n", "file-pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "file-picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "file-picture"),
        (b"BM\x36\0\0\0\0\0", "file-picture"),
        (b"\0\0\0\x18ftypheic\0\0", "file-picture"),
        (b"{\\rtf1\\ansi", "file-word"),
        (packed({"[Content_Types].xml": b"", "word/document.xml": b""}), "file-word"),
        (
            packed({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}),
            "file-slides",
        ),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "file-word"),
        (b"Rar!\x1a\x07\0", "archive-kind"),
        (b"7z\xbc\xaf\x27\x1c", "archive-kind"),
        (b"MZ\x90\0\3\0", "file-program"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "file-web-archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-partial"),
    ],
)
def test_what_is_no_table(content, code, tmp_path):
    with pytest.raises(IntakeError) as caught:
        read(content, tmp_path)
    assert caught.value.code == code


@pytest.mark.parametrize("start", ["BM", "MZ", "Rar!", "GIF8", "[注] 表", "{甲}", "PK"])
def test_texts_that_begin_like_something_else(start, tmp_path):
    _, rows = read(f"{start},名称\n1,甲\n".encode(), tmp_path)
    assert table(rows) == [[start, "名称"], ["1", "甲"]]
