"""Every format has a media type, a name that people know and a file."""

from __future__ import annotations

import mimetypes

import pytest

from ckanext.gpo.common import formats


@pytest.mark.parametrize("name", formats.MEDIA_TYPES)
def test_a_format_is_known_by_the_ending_of_its_file(name: str) -> None:
    file = formats.file_name("tax-arrears", name)
    known, _ = mimetypes.guess_type(file)
    assert known in (formats.MEDIA_TYPES[name], None)  # Parquet's is younger
    assert formats.label(name).upper() == name.upper()


def test_texts_tell_their_encoding() -> None:
    assert formats.content_type("csv") == "text/csv; charset=utf-8"
    assert formats.content_type("parquet") == formats.MEDIA_TYPES["parquet"]
