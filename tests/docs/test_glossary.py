"""The glossary has one word for one thing, and its Chinese is what people really read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from docs.generate import tree

I18N = tree.GPO / "i18n" / "zh_Hans_CN" / "LC_MESSAGES" / "ckanext-gpo.po"


def _terms() -> Iterator[tuple[str, str]]:
    """Word and Chinese of every line of a table; the Chinese is empty for –."""
    for line in (tree.ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and cells[0] not in ("word", "---"):
            yield cells[0], cells[1].strip("–")


@pytest.fixture(scope="module")
def chinese() -> str:
    """Everything that the site, its README and its schemas say in Chinese."""
    with I18N.open("rb") as file:
        sentences = [str(message.string) for message in read_po(file)]
    files = [
        tree.ROOT / "README.zh-CN.md",
        *tree.ROOT.glob("dataset_schemas/**/*.yaml"),
    ]
    return "\n".join(sentences + [path.read_text("utf-8") for path in files])


def test_a_word_stands_in_it_once():
    assert not [
        word for word, times in Counter(w for w, _ in _terms()).items() if times > 1
    ]


def test_no_two_words_have_the_same_chinese():
    times = Counter(text for _, text in _terms() if text)

    assert times
    assert not [text for text, number in times.items() if number > 1]


def test_its_chinese_is_what_people_read(chinese: str):
    assert not [text for _, text in _terms() if text and text not in chinese]
