"""The one Chinese catalogue: complete, right in form, and in the portal's words."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from flask_wtf import csrf
from werkzeug.exceptions import default_exceptions

from .strings import CORE, I18N, OURS, PO, catalogue, extracted, texts, theirs

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
NAMED = re.compile(r"%\(\w+\)[a-z]|\{[^{}\s]*\}")
POSITIONAL = re.compile(r"%[sdir]")
TAG = re.compile(r"</?([a-z]+)")

# What a reader may be answered with; the others are between programs.
FOR_READERS = (400, 401, 403, 404, 405, 409, 410, 413, 416, 429, 500, 503)


@pytest.fixture(scope="module")
def ours():
    return catalogue(PO)


@pytest.fixture(scope="module")
def core():
    return catalogue(CORE / "i18n" / "zh_Hans_CN" / "LC_MESSAGES" / "ckan.po")


@pytest.fixture(scope="module")
def entries(ours) -> list[Message]:
    return [message for message in ours if message.id]


def _source(message: Message) -> str:
    return message.id[-1] if isinstance(message.id, tuple) else message.id


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def _says(catalogue_, message: Message) -> bool:
    entry = catalogue_.get(_singular(message), message.context)
    return entry is not None and all(texts(entry))


@pytest.mark.parametrize("roots", [list(OURS), theirs()], ids=["ours", "theirs"])
def test_nothing_is_left_in_english(roots, ours, core):
    missing = {
        _singular(message): path.name
        for path, message in extracted(roots)
        if not (_says(ours, message) or _says(core, message))
    }
    assert missing == {}


def test_entries_are_translated_and_certain(entries):
    assert [m.id for m in entries if m.fuzzy or not all(texts(m))] == []


def test_nothing_is_kept_that_is_no_longer_said(ours):
    assert list(ours.obsolete) == []


def test_placeholders_and_tags_agree(entries):
    def parts(text: str):
        # Named ones may change places, positional ones may not.
        return (
            set(NAMED.findall(text)),
            POSITIONAL.findall(text),
            sorted(TAG.findall(text)),
        )

    assert [
        (m.id, text)
        for m in entries
        for text in texts(m)
        if parts(text) != parts(_source(m))
    ] == []


def test_babel_finds_no_fault(entries, ours):
    faults = [(m.id, str(e)) for m in entries for e in m.check(ours)]
    assert faults == []
    write_mo(compiled := BytesIO(), ours)
    assert compiled.tell() > 0


def test_characters_are_simplified(entries):
    """GB 2312 holds the simplified forms in use and hardly any traditional one."""

    def odd(text: str) -> list[str]:
        return [c for c in HAN.findall(text) if not c.encode("gb2312", "ignore")]

    assert [(m.id, odd(t)) for m in entries for t in texts(m) if odd(t)] == []


def test_space_between_chinese_and_latin_is_left_to_css(entries):
    typed = re.compile(r"[\u4e00-\u9fff] [\w%{]|[\w})] [\u4e00-\u9fff]")
    assert [m.id for m in entries for t in texts(m) if typed.search(t)] == []


@pytest.mark.parametrize(
    "word", ["群组", "机构", "组件", "资料集", "资讯", "登陆", "操作失败", "..."]
)
def test_words_that_the_portal_does_not_use(word, entries):
    """部门 and 领域 for CKAN's organizations and groups; what failed is always named."""
    assert [m.id for m in entries for t in texts(m) if word in t] == []


def test_answers_of_the_web_server_are_there(ours):
    answers = [default_exceptions[code]() for code in FOR_READERS]
    said = [text for answer in answers for text in (answer.name, answer.description)]
    assert [text for text in said if not _says(ours, Message(text))] == []


def test_refusals_of_a_form_are_there(ours):
    with open(csrf.__file__) as module:
        said = re.findall(r'Error\(\s*"([^"]+)"|_response\("([^"]+)"\)', module.read())
    assert said
    assert [
        text
        for pair in said
        for text in pair
        if text and not _says(ours, Message(text))
    ] == []


def test_template_names_the_strings_of_our_scripts():
    """CKAN takes from this file which strings a browser needs."""
    template = catalogue(I18N / "ckanext-gpo.pot")
    in_scripts = {
        _singular(message)
        for path, message in extracted(list(OURS))
        if path.suffix == ".js"
    }
    assert in_scripts <= {
        _singular(message)
        for message in template
        if any(name.endswith(".js") for name, _ in message.locations)
    }
