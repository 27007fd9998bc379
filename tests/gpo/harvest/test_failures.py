"""Every code has its sentences, is described, and is spoken in the reader's language."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from ckanext.gpo.harvest.failures import HarvestError, explain, reasons, same, texts

README = Path(__file__).parents[3] / "harvesters" / "README.md"


@pytest.mark.parametrize("code", texts(same))
def test_every_code_is_in_the_readme(code: str) -> None:
    assert f"`{code}`" in README.read_text("utf-8")


def test_the_readme_lists_no_code_that_is_gone() -> None:
    _, _, errors = README.read_text("utf-8").partition("## Errors")
    listed = re.findall(r"^\| `([a-z-]+)` \| ", errors, re.MULTILINE)
    assert set(listed) == set(texts(same))


@pytest.mark.parametrize(("code", "sentences"), texts(same).items())
def test_sentences_are_filled_with_the_facts(
    code: str, sentences: tuple[str, str]
) -> None:
    names = {
        name
        for text in sentences
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    error = HarvestError(code, **dict.fromkeys(names, "甲"))
    line = explain(error, same)
    assert line.startswith(f"[{code}] ")
    assert "{" not in line
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_failure_is_explained_in_the_language_of_the_translator() -> None:
    error = HarvestError("source-file-empty", file="a.csv")
    translate = {
        "The file {file} is empty (0 bytes).": "文件{file}是空的。",
        "Export it again.": "请重新导出。",
    }
    line = explain(error, lambda text: translate.get(text, text))
    assert line == "[source-file-empty] 文件a.csv是空的。 请重新导出。"
    assert str(error) == (
        "[source-file-empty] The file a.csv is empty (0 bytes). Export it again."
    )


def test_a_reason_is_translated_and_filled_too() -> None:
    error = HarvestError(
        "source-answer-invalid", place="x", reason="too-large", limit=2
    )
    assert "larger than 2 MiB" in error.message
    line = explain(error, lambda text: text.replace("it is larger than", "它大于"))
    assert "它大于 2 MiB" in line


def test_the_words_of_a_system_are_left_as_they_are() -> None:
    error = HarvestError("source-query-failed", place="x", reason="no {relation} %s")
    assert "no {relation} %s" in explain(error, same)


def test_every_reason_is_used() -> None:
    code = "".join(
        path.read_text("utf-8")
        for folder in ("harvesters", "ckanext-gpo/ckanext/gpo/harvest")
        for path in (README.parents[1] / folder).glob("*.py")
        if path.name != "failures.py"
    )
    assert not [reason for reason in reasons(same) if f'"{reason}"' not in code]
