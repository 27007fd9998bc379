"""Texts of other languages, of CKAN's own translations, are told from Chinese in GB18030."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import ckan

from ckanext.gpo.intake.kinds.plausibility import implausible_guess

TRANSLATIONS = Path(ckan.__file__).with_name("i18n")
STRANGE = re.compile(r"[^\x00-\x7f]+")
LINES = 12
"""Lines of a file; fewer have too few characters to tell now and then."""


@cache
def files(language: str, encoding: str) -> list[bytes]:
    """All messages of a language as short tables that also decode as GB18030."""
    with (TRANSLATIONS / language / "LC_MESSAGES/ckan.po").open("rb") as stream:
        messages = [m.string for m in read_po(stream) if m.id and type(m.string) is str]
    lines = [" ".join(STRANGE.findall(text)) for text in messages]
    starts = range(0, len(lines), LINES)
    tables = ["\n".join(lines[start : start + LINES]) for start in starts]
    raw = [table.encode(encoding, "ignore") for table in tables]
    return [content for content in raw if is_gb18030(content) and len(content) > 100]


def is_gb18030(content: bytes) -> bool:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("language", "encoding", "guesses"),
    [
        ("ko_KR", "euc_kr", {"euc_kr"}),
        ("ko_KR", "cp949", {"euc_kr"}),
        ("zh_Hant_TW", "big5", {"big5", "unknown"}),
        ("ja", "shift_jis", {"shift_jis", "unknown"}),
        ("zh_Hans_CN", "gb18030", {""}),
        ("zh_Hant_TW", "gb18030", {""}),
    ],
)
def test_every_translation_is_told(language, encoding, guesses):
    tables = files(language, encoding)
    assert len(tables) > 20
    assert {implausible_guess(content) for content in tables} <= guesses


@pytest.mark.parametrize(
    "phrase", ["港澳業務", "國庫業務", "麻腮风联合减毒活疫苗", "港務消防業務"]
)
def test_few_words_are_chinese_however_often_they_stand_there(phrase):
    # As bytes all of these are Korean syllables too
    content = f"{phrase}\n".encode("gb18030") * 200
    assert content.decode("cp949").strip()
    assert implausible_guess(content) == ""
