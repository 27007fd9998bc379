"""Every code has its sentences, is described, and is spoken in the reader's language."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from ckanext.gpo.harvest.failures import HarvestError, explain, reasons, same, texts

from gpo_harvesters.database import DatabaseError, DatabaseHarvester
from gpo_harvesters.file_failures import FileError
from gpo_harvesters.files import FilesHarvester
from gpo_harvesters.rest import RestHarvester
from gpo_harvesters.service import ServiceError

KINDS = [each.kind for each in (DatabaseHarvester, FilesHarvester, RestHarvester)]
CODES = [(HarvestError, code, words) for code, words in texts(same).items()]
CODES += [
    (kind.error, code, words)
    for kind in KINDS
    for code, words in kind.error.texts(same).items()
]
"""Every code with the class that is raised with it, and its sentences."""

README = Path(__file__).parents[3] / "harvesters" / "README.md"


@pytest.mark.parametrize("code", [code for _, code, _ in CODES])
def test_every_code_is_in_the_readme(code: str) -> None:
    assert f"`{code}`" in README.read_text("utf-8")


def test_the_readme_lists_no_code_that_is_gone() -> None:
    _, _, errors = README.read_text("utf-8").partition("## Errors")
    listed = re.findall(r"^\| `([a-z-]+)` \| ", errors, re.MULTILINE)
    assert sorted(listed) == sorted(code for _, code, _ in CODES)


@pytest.mark.parametrize(("error_class", "code", "sentences"), CODES)
def test_sentences_are_filled_with_the_facts(
    error_class: type[HarvestError], code: str, sentences: tuple[str, str]
) -> None:
    names = {
        name
        for text in sentences
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    error = error_class(code, **dict.fromkeys(names, "甲"))
    line = explain(error, same)
    assert line.startswith(f"[{code}] ")
    assert "{" not in line
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_failure_is_explained_in_the_language_of_the_translator() -> None:
    error = FileError("source-file-missing", connection="drop", pattern="a*.csv")
    translate = {
        "No file of the connection {connection} matches {pattern}.": "{pattern}没有文件。",
        "Put the export there, or correct the pattern.": "请放入文件。",
    }
    line = explain(error, lambda text: translate.get(text, text))
    assert line == "[source-file-missing] a*.csv没有文件。 请放入文件。"
    assert str(error) == (
        "[source-file-missing] No file of the connection drop matches a*.csv. "
        "Put the export there, or correct the pattern."
    )


def test_a_reason_is_translated_and_filled_too() -> None:
    error = ServiceError(
        "source-answer-invalid", place="x", reason="too-large", limit=2
    )
    assert "larger than 2 MiB" in error.message
    line = explain(error, lambda text: text.replace("it is larger than", "它大于"))
    assert "它大于 2 MiB" in line


def test_the_words_of_a_system_are_left_as_they_are() -> None:
    error = DatabaseError("source-query-failed", place="x", reason="no {relation} %s")
    assert "no {relation} %s" in explain(error, same)


def test_every_reason_is_used() -> None:
    code = "".join(
        path.read_text("utf-8")
        for folder in ("harvesters", "ckanext-gpo/ckanext/gpo/harvest")
        for path in (README.parents[1] / folder).glob("*.py")
        if path.name != "failures.py"
    )
    assert not [reason for reason in reasons(same) if f'"{reason}"' not in code]
