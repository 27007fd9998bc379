"""Mails in words; nothing in a header but what was meant for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.common.notices import letters
from ckanext.gpo.common.notices.letters import Paragraph


def _paragraph(label: str = "退回", title: str = "一") -> Paragraph:
    return Paragraph(label, title, ["第 1 句", "第 2 句"], "看报告", "https://a.test/r")


def _compose(*paragraphs: Paragraph) -> letters.Letter:
    return letters.compose(paragraphs, "站点", "https://a.test/desk", str)


def test_a_mail_of_one_notice():
    letter = _compose(_paragraph())

    assert letter.subject == "[站点] 退回"
    assert letter.body == (
        "一\n\n第 1 句\n第 2 句\n\n看报告\nhttps://a.test/r\n\n--\n站点\n"
        "Settings for mails: https://a.test/desk\n"
        "This mail was sent by the platform. Nobody reads replies to it.\n"
    )


def test_a_digest_says_what_it_is_about_if_that_is_one_thing():
    same = _compose(_paragraph(title="一"), _paragraph(title="二"))
    mixed = _compose(_paragraph("退回"), _paragraph("发布"))

    assert same.subject == "[站点] 退回"
    assert same.body.index("一\n") < same.body.index("二\n")
    assert mixed.subject == "[站点] 2 new notices"


@given(st.text())
def test_a_line_has_no_end_within(text: str):
    line = letters.one_line(text)

    assert len(line.splitlines()) <= 1
    assert not any(ord(character) < 32 for character in line)


@pytest.mark.parametrize(
    "text", ["a@b.cn", "first.last+tag@mail.example.org", "x_y-z@10086.cn"]
)
def test_an_address(text: str):
    assert letters.is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "@b.cn", "a@", "a b@c.cn", "a@b.cn, c@d.cn", "a@b.cn,c@d.cn"),
        *("a@b.cn\r\nBcc: c@d.cn", "a@b.cn\nX: y", "A <a@b.cn>", "甲@b.cn", "a@b@c.cn"),
        *("a@b.cn;c@d.cn", "<a@b.cn>", "a@b.cn>", "a\x00@b.cn", '"a\r\n"@b.cn'),
    ],
)
def test_what_is_no_address(text: str):
    assert not letters.is_address(text)


@given(st.text(), st.sampled_from("\r\n\x00\u2028 ,<>"), st.text())
def test_an_address_holds_nothing_that_ends_it(start: str, end: str, rest: str):
    assert not letters.is_address(f"{start}@b.cn{end}{rest}")
