"""What of a query may be kept. Persons and numbers here are made up."""

from __future__ import annotations

import pytest

from ckanext.gpo.search import zero_result_queries
from ckanext.gpo.search.query_privacy import storable_query


def kept(query):
    return storable_query(query, *zero_result_queries._words())


@pytest.mark.parametrize(
    "query",
    [
        "停车场 收费标准",
        "食品药品监管",
        "幼儿园招生",
        "养老金调整",
        "法律援助怎么申请",
        "国办发2017",
        "2024年财政预算",
        "pm2.5",
        "iso9001 认证",
        "air quality",
        "tingchechang",
        "公积金贷款",
        "安全检查",
        "公积金",
        "3号线",
    ],
)
def test_plain_words_are_kept(query):
    assert kept(query) == query


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("  停車場   收费 ", "停车场 收费"),
        ("ＰＭ２.５", "pm2.5"),
        ("WiFi热点？", "wifi热点"),
        ("停车场在哪里？！", "停车场在哪里"),
    ],
)
def test_one_form_of_what_says_the_same(query, form):
    assert kept(query) == form


@pytest.mark.parametrize(
    "query",
    [
        # identity cards, telephones, cards, dates, however they are written
        "32040219900101123X",
        "320402199001011234",
        "320402900101123",
        "3204 0219 9001 0112 34",
        "３２０４０２１９９００１０１１２３４",
        "查询320402199001011234的社保",
        "13800138000",
        "138-0013-8000",
        "138 0013 8000 是谁",
        "051986690000",
        "0519-86690000",
        "6222021234567890123",
        "1990-01-01",
        "一三八零零一三八零零零",
        # addresses of all kinds
        "someone@example.com",
        "ＳＯＭＥ＠example.com",
        "www.example.com",
        "wxid_ab1234",
        "qq123456",
        "张家花园3栋2单元",
        "某小区 502室",
        # number plates
        "苏D12345",
        "苏d·12345",
        "苏DF12345",
        "苏D A1B2C",
        # persons
        "王小明",
        "张伟",
        "李雪莲",
        "欧阳娜娜",
        "诸葛亮",
        "张三 行政处罚",
        "张伟行政处罚",
        "刘德华电话",
        "阿凡提·买买提",
        # not plain words
        "title:停车场",
        '"停车场"',
        "停车*",
        "停车场 -收费",
        "停车场 AND 收费",
        "停车场 OR 收费",
        "(停车场)",
        "/停.*/",
        "<script>",
        # nothing, or a story
        "",
        " ",
        "车",
        "？！",
        "停" * 41,
        "\x00停车场",
        "停车场\ud800",
    ],
)
def test_what_is_not_kept(query):
    assert kept(query) is None
