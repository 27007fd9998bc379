"""Every code has words, and every fact that its words need is given where it is raised."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from ckanext.gpo.intake import kinds
from ckanext.gpo.intake.kinds.words import errors, steps

SOURCE = Path(kinds.__file__).parent


def plain(text: str) -> str:
    return text


def test_codes_and_words_are_the_same():
    assert set(errors.all_errors(plain)) == set(kinds.ERRORS)
    assert set(steps.all_steps(plain)) == set(kinds.CODES)


def test_only_what_changes_values_asks_for_consent():
    assert all(code.changes for code in kinds.CODES.values() if code.consent)


def raised() -> list[tuple[str, set[str]]]:
    """Codes that the source gives to `IntakeError` or a tally, with the names of the facts."""
    calls: list[tuple[str, set[str]]] = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in ("IntakeError", "add") and isinstance(first, ast.Constant):
                facts = {keyword.arg for keyword in node.keywords}
                if isinstance(first.value, str) and None not in facts:
                    calls.append((first.value, {fact for fact in facts if fact}))
    return calls


def placeholders(code: str) -> set[str]:
    words = (errors.all_errors(plain) | steps.all_steps(plain))[code]
    return {
        name
        for text in words
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }


@pytest.mark.parametrize(("code", "facts"), raised())
def test_words_find_their_facts(code, facts):
    assert placeholders(code) <= facts


def test_every_code_is_raised_somewhere():
    source = "".join(
        path.read_text("utf-8")
        for path in SOURCE.rglob("*.py")
        if path.name != "codes.py" and path.parent.name != "words"
    )
    every = {*kinds.CODES, *kinds.ERRORS}
    assert {code for code in every if f'"{code}"' not in source} == set()


def test_facts_are_said_as_people_say_them():
    words = kinds.words("delimiter-read", {"delimiter": "\t"}, plain)
    assert words.meaning == "The cells are divided by “tab”."
    words = kinds.words("encoding-implausible", {"guess": "big5"}, plain)
    assert words.meaning.endswith("it may be Big5 (traditional Chinese).")
    with pytest.raises(KeyError):
        kinds.words("header-missing", {}, plain)
