"""Pictures of apps: read with bounds, and encoded anew. Pure.

Only what is picture is left of a file: places and names in its metadata, a second file
behind its end, and marks that a browser could run all go.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import MaterialError

FORMATS: Final = ("PNG", "JPEG", "WEBP")
MOST_BYTES: Final = 5 << 20
MOST_PIXELS: Final = 20_000_000
"""Of the picture that is decoded, which takes four bytes for each, twice at a time."""
LONGEST_SIDE: Final = 1_600
"""Pixels of what is kept."""
QUALITY: Final = 82


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept, always WebP; `id` is told by its bytes."""

    id: str
    width: int
    height: int
    body: bytes


def encode(body: bytes) -> Picture:
    """Read a picture and write it anew.

    :raises MaterialError: `picture-too-large` or `picture-unreadable`
    """
    if len(body) > MOST_BYTES:
        raise MaterialError("picture-too-large", f"more than {MOST_BYTES} bytes")
    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as image:
            # a camera's picture is decoded small at once: JPEG lets that be done
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            if image.width * image.height > MOST_PIXELS:
                raise MaterialError("picture-too-large", "too many pixels")
            return _encoded(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as err:
        raise MaterialError("picture-too-large", str(err)) from err
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as err:
        # a broken PNG is a SyntaxError to Pillow
        raise MaterialError("picture-unreadable", str(err)) from err


def _encoded(image: Image.Image) -> Picture:
    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = image.convert(mode)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # a new picture of the same pixels carries nothing else along
    fresh = Image.frombytes(mode, plain.size, plain.tobytes())
    target = io.BytesIO()
    fresh.save(target, "WEBP", quality=QUALITY, method=4)
    body = target.getvalue()
    return Picture(hashlib.sha256(body).hexdigest()[:32], *plain.size, body)
