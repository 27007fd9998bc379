"""Errors of the API: CKAN's shape, a sentence in the caller's language, a code."""

from __future__ import annotations

import json
import re
from typing import Any

import ckanapi
import pytest
import sqlalchemy as sa
from ckanapi.common import reverse_apicontroller_action

import ckan
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.lib.navl.dictization_functions import DataError

from ckanext.gpo.security import errors

CHINESE = re.compile("[\u4e00-\u9fff]")
ACTION = "/api/3/action"

CALLS = {
    "not-found": ("GET", f"{ACTION}/package_show?id=x", 404, ckanapi.NotFound),
    "not-authorized": ("GET", f"{ACTION}/job_list", 403, ckanapi.NotAuthorized),
    "validation-failed": (
        "GET",
        f"{ACTION}/package_show",
        409,
        ckanapi.ValidationError,
    ),
    "search-failed": (
        "GET",
        f"{ACTION}/package_search?q=a:(",
        409,
        ckanapi.SearchError,
    ),
    "action-unknown": ("GET", f"{ACTION}/no_such_action", 404, ckanapi.NotFound),
    "post-required": ("GET", f"{ACTION}/user_create", 405, ckanapi.CKANAPIError),
    "address-unknown": ("GET", "/api/3/no-such-address", 404, ckanapi.NotFound),
    "method-not-allowed": (
        "PUT",
        f"{ACTION}/package_show",
        405,
        ckanapi.CKANAPIError,
    ),
}
"""One call for each error that a reader can bring about, by its code."""


@pytest.mark.usefixtures("non_clean_db")
class TestAnswer:
    @pytest.mark.parametrize("code", CALLS)
    def test_has_shape_code_and_a_chinese_sentence(self, app, code):
        method, address, status, error_class = CALLS[code]
        answer = app.test_client().open(address, method=method)
        error = answer.json["error"]
        assert (answer.status_code, error["code"]) == (status, code)
        assert answer.json["success"] is False
        sentences = error.get("message") or json.dumps(error, ensure_ascii=False)
        assert CHINESE.search(sentences)
        with pytest.raises(error_class):
            reverse_apicontroller_action(address, status, answer.body)

    def test_junk_that_ckan_fails_of_is_told_with_a_reference(self, app):
        answer = app.post(f"{ACTION}/package_show", json={"id": {"a": 1}})
        error = answer.json["error"]
        assert (answer.status_code, error["code"]) == (400, "parameters-invalid")
        assert re.fullmatch(r"\w{8}", error["reference"])

    @pytest.mark.parametrize(
        ("prefix", "accepted", "chinese"),
        [
            ("", None, True),
            ("", "en-GB,zh;q=0.5", False),
            ("", "zh-CN,zh;q=0.9,en;q=0.8", True),
            ("", "fr", True),
            ("/en", None, False),
            ("/en", "zh-CN", False),
        ],
    )
    def test_speaks_the_language_of_the_request(self, app, prefix, accepted, chinese):
        headers = {"Accept-Language": accepted} if accepted else {}
        answer = app.get(prefix + CALLS["action-unknown"][1], headers=headers)
        assert bool(CHINESE.search(answer.json["error"]["message"])) is chinese

    def test_pages_stay_pages(self, app):
        assert app.get("/no-such-page").content_type.startswith("text/html")


EXPECTED = [
    tk.NotAuthorized("x"),
    tk.ObjectNotFound("x"),
    DataError("x"),
    search.SearchQueryError("x"),
    search.SearchError("x"),
    search.SearchIndexError("x"),
    search.SolrConnectionError("x"),
]


@pytest.mark.usefixtures("with_request_context")
class TestUntranslated:
    @pytest.mark.parametrize("error", EXPECTED, ids=lambda error: type(error).__name__)
    def test_english_words_of_ckan_stand_beside_the_sentence(self, error):
        _, described = errors.answer(error, "package_show")
        assert described["detail"] == "x"
        assert CHINESE.search(described["message"])
        assert described["code"]


def _foreign(code: str) -> Exception:
    """What code of CKAN raises: compiled as if it stood in its folder."""
    return _raised(code, f"{ckan.__path__[0]}/logic/action/get.py")


def _own(code: str) -> Exception:
    return _raised(code, errors.__file__)


def _raised(code: str, file: str) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever the code raises
        exec(compile(code, file, "exec"), {"sa": sa, "model": model})
    return caught.value


@pytest.mark.usefixtures("with_request_context")
class TestBlame:
    """Junk is the caller's fault only in code that is not ours."""

    JUNK = ("None < 0", "{}['x']", "{}.x", "int('x')", "10.0 ** 999")
    CONFLICT = (
        "raise sa.exc.IntegrityError('INSERT', {}, Exception('duplicate key value'))"
    )
    OUTAGE = "raise sa.exc.OperationalError('SELECT 1', {}, Exception('no server'))"

    @pytest.mark.parametrize("code", JUNK)
    def test_ckan_fails_by_the_callers_fault(self, code):
        status, described = errors.answer(_foreign(code), "package_show")
        assert (status, described["code"]) == (400, "parameters-invalid")

    def test_a_conflict_is_one(self):
        status, described = errors.answer(_foreign(self.CONFLICT), "tag_create")
        assert (status, described["code"]) == (409, "conflict")

    @pytest.mark.parametrize("code", [*JUNK, CONFLICT])
    def test_our_code_fails_by_ours(self, code):
        status, described = errors.answer(_own(code), "package_show")
        assert (status, described["code"]) == (500, "internal-error")

    @pytest.mark.parametrize("code", [*JUNK, CONFLICT])
    def test_an_action_of_ours_is_never_excused(self, code):
        status, _ = errors.answer(_foreign(code), "gpo_quality_summary")
        assert status == 500

    @pytest.mark.parametrize("code", [OUTAGE, "open('/no/such')", "raise Exception"])
    def test_an_outage_is_nobodys_parameter(self, code):
        assert errors.answer(_foreign(code), "package_show")[0] == 500

    def test_is_logged_with_traceback_and_reference(self, monkeypatch):
        logged: list[Any] = []
        monkeypatch.setattr(
            errors.log, "error", lambda *args, **kwargs: logged.append((args, kwargs))
        )
        error = _foreign("None < 0")
        _, described = errors.answer(error, "package_show")
        [(args, kwargs)] = logged
        assert described["reference"] in args
        assert kwargs["exc_info"] is error
