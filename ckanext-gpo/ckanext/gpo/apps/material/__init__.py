"""What builders hand in, made harmless and held to bounds. Pure.

In: the fields of a form as texts, marks of Markdown, pictures and files as bytes.

Out: what is missing before it may be submitted, rich text as HTML without anything that
runs, pictures encoded anew, the forbidden words in it, or a refusal (`MaterialError`) with
a code.
"""

from .errors import MaterialError
from .fields import (
    LIMITS,
    TEXTS,
    address_of_link,
    missing_fields,
)
from .packages import SUFFIXES, safe_name
from .pictures import Picture, encode
from .rich_text import render
from .words import ForbiddenWords, forbidden_words

__all__ = [
    "LIMITS",
    "SUFFIXES",
    "TEXTS",
    "ForbiddenWords",
    "MaterialError",
    "Picture",
    "address_of_link",
    "encode",
    "forbidden_words",
    "missing_fields",
    "render",
    "safe_name",
]
