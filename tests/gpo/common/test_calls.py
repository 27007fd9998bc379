"""Calls to copy: what they say has to work when pasted."""

from __future__ import annotations

import ast
import shlex
from urllib.parse import parse_qs, urlsplit

from ckanext.gpo.common.web.calls import action_call

SITE = "https://data.example.gov.cn/"


def test_chinese_and_json_arrive_as_they_were_meant():
    call = action_call(
        SITE, "datastore_search", {"filters": {"status": "有效"}, "limit": 5}
    )
    assert call.url.isascii()
    assert parse_qs(urlsplit(call.url).query) == {
        "filters": ['{"status": "有效"}'],
        "limit": ["5"],
    }


def test_curl_is_one_command_with_one_address():
    call = action_call(SITE, "package_search", {"q": "it's & more"})
    assert shlex.split(call.curl) == ["curl", call.url]


def test_python_is_a_program_with_the_same_parameters():
    call = action_call(SITE, "package_search", {"q": "许可", "rows": 3})
    request = ast.parse(call.python).body[1].value
    keywords = {k.arg: ast.literal_eval(k.value) for k in request.keywords}
    assert ast.literal_eval(request.args[0]) == (
        "https://data.example.gov.cn/api/3/action/package_search"
    )
    assert keywords["params"] == {"q": "许可", "rows": 3}


def test_without_parameters_there_is_no_question_mark():
    assert action_call(SITE, "group_list", {}).url.endswith("/action/group_list")
