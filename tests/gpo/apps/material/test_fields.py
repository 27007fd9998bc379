"""Names of files, words, links."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.apps.material import (
    ForbiddenWords,
    MaterialError,
    forbidden_words,
    safe_name,
)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("停车.apk", "停车.apk"),
        ("C:\\temp\\a b.ZIP", "a-b.zip"),
        ("../../etc/x.pdf", "x.pdf"),
        ('x";\r\nSet-Cookie: a.zip', "x-Set-Cookie-a.zip"),
        ("很" * 300 + ".pdf", "很" * 116 + ".pdf"),
        ("a\u202egpj.apk", "agpj.apk"),
    ],
)
def test_names_of_files(given_name: str, name: str):
    assert safe_name(given_name) == name


@pytest.mark.parametrize(
    "name", ["", ".zip", "a.exe", "a.html", "a.svg", "a.js", "zip"]
)
def test_kinds_that_are_not_offered(name: str):
    with pytest.raises(MaterialError):
        safe_name(name)


@given(st.text())
def test_a_name_is_harmless_whatever_was_sent(text: str):
    name = safe_name(text + "x.zip")

    assert not set(name) & set('/\\"\r\n;<>\0')
    assert len(name) <= 120


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("在线赌博", ["赌博"]),
        ("赌 - 博", ["赌博"]),
        ("ＯＮＬＩＮＥ ｃａｓｉｎｏ", ["online casino"]),
        ("赌气博物馆", []),
        ("", []),
    ],
)
def test_words_are_found_however_they_are_written(text: str, matches: list[str]):
    assert forbidden_words().matches(text) == matches


def test_an_administrator_adds_words_without_a_restart(tmp_path: Path):
    added = tmp_path / "words.txt"
    added.write_text("# 注释\n甲乙丙\n\n", "utf-8")
    assert forbidden_words(str(added)).matches("甲乙 丙 赌博") == ["赌博", "甲乙丙"]

    added.write_text("丁戊己庚\n", "utf-8")

    assert forbidden_words(str(added)).matches("甲乙丙丁戊己庚") == ["丁戊己庚"]


def test_an_empty_word_matches_nothing():
    assert ForbiddenWords(["", " - "]).matches("任何文字") == []
