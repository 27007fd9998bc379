"""Of what is uploaded as a picture, only the picture is left."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from ckanext.gpo.apps.material import MaterialError, encode
from ckanext.gpo.apps.material.pictures import LONGEST_SIDE, MOST_BYTES

MARK = b"<script>alert(document.domain)</script>"


def drawn(format_: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    target = io.BytesIO()
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    image.save(target, format_, **options)
    return target.getvalue()


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("index.html", MARK)
    return target.getvalue()


def located() -> bytes:
    """A photograph that says where it was taken, and is stored on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = MARK.decode()
    exif.get_ifd(0x8825)[2] = (31.0, 46.0, 12.0)
    return drawn("JPEG", exif=exif)


def claimed(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that a few bytes cannot hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    pixels = zlib.compress(b"\0" * 1000)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


POLYGLOTS = {
    "html behind the end": drawn("PNG") + MARK,
    "an archive behind the end": drawn("JPEG") + archive(),
    "a comment": drawn("JPEG", comment=MARK),
    "metadata": located(),
    "webp with metadata": drawn("WEBP", xmp=MARK),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_what_is_not_picture_is_lost(name: str):
    body = POLYGLOTS[name]
    assert MARK in body or b"index.html" in body

    picture = encode(body)

    assert b"script" not in picture.body
    assert b"index.html" not in picture.body
    with Image.open(io.BytesIO(picture.body)) as image:
        assert image.format == "WEBP"
        assert not image.getexif()
        assert "xmp" not in image.info


def test_a_picture_on_its_side_is_turned_up():
    picture = encode(located())

    assert (picture.width, picture.height) == (30, 40)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "picture-unreadable"),
        (MARK, "picture-unreadable"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', None),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', None),
        (b"GIF89a" + b"\1\0\1\0\0\0\0;" + MARK, None),
        (b"BM" + bytes(60), None),
        (b"%PDF-1.7\n", None),
        (b"\x89PNG\r\n\x1a\n" + MARK, None),
        (drawn("PNG")[:60], None),
        (claimed(60_000, 60_000), "picture-too-large"),
        (claimed(6_400, 6_400), "picture-too-large"),
        (claimed(2_000, 2_000), None),
        (drawn("PNG") + bytes(MOST_BYTES), "picture-too-large"),
    ],
)
def test_what_is_no_picture_of_ours(body: bytes, code: str | None):
    with pytest.raises(MaterialError) as refusal:
        encode(body)

    assert refusal.value.code == (code or "picture-unreadable")


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_a_large_one_is_made_smaller_and_the_same_one_is_known_again(format_: str):
    body = drawn(format_, (3_000, 1_500))

    picture = encode(body)

    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert encode(body) == picture


def test_transparency_stays():
    target = io.BytesIO()
    Image.new("LA", (10, 10), (0, 0)).save(target, "PNG")

    with Image.open(io.BytesIO(encode(target.getvalue()).body)) as image:
        assert image.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_a_cameras_picture_is_taken():
    picture = encode(drawn("JPEG", (8_000, 6_000)))

    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)
