"""Nothing of what a builder writes runs."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.apps.material import render
from ckanext.gpo.apps.material.rich_text import TAGS

from ..hostile import TEXTS


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**粗** *斜*", "<p><strong>粗</strong> <em>斜</em></p>"),
        ("# 标题", "<h3>标题</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        (
            "[站](https://a.example/?b=1&c)",
            '<p><a href="https://a.example/?b=1&amp;c" rel="nofollow noopener ugc">站</a></p>',
        ),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("![图](https://a.example/x.png)", "<p></p>"),
    ],
)
def test_marks(text: str, html: str):
    assert render(text) == html


def harmless(html: str) -> bool:
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        if tag.name not in TAGS or set(tag.attrs) - {"href", "rel"}:
            return False
        address = tag.get("href", "https:")
        scheme = str(address).partition(":")[0].lower()
        if ":" in str(address) and scheme not in ("https", "http", "mailto"):
            return False
    return True


@pytest.mark.parametrize("text", TEXTS)
def test_the_corpus_is_harmless(text: str):
    assert harmless(render(text))
    assert harmless(render(f"# {text}\n\n- {text}\n\n> {text}\n\n[{text}]({text})"))


@given(
    st.lists(st.sampled_from([*TEXTS, "\n\n", "`", "[", "](", ")", "> "]), max_size=6)
)
def test_any_mixture_is_harmless(parts: list[str]):
    assert harmless(render("".join(parts)))
