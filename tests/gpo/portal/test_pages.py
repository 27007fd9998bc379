"""Every page of ours, in both languages, with and without data."""

from __future__ import annotations

import re

import pytest

PAGES = ["/", "/catalogue", "/dataset/", "/checks", "/api-guide", "/about"]
LANGUAGES = {"zh-Hans-CN": "", "en": "/en"}
WITH_DATA = [
    *PAGES,
    "/domain/culture",
    "/domain/tax",
    "/catalogue?domain=culture&state=published",
    "/dataset/culture-culture-venues",
    "/disclosure-item/item-culture-001",
    "/organization/",
    "/organization/wglj",
    "/user/login",
]


def test_a_fresh_site_has_its_pages(app, fresh):
    assert {path: app.get(path).status_code for path in PAGES} == dict.fromkeys(
        PAGES, 200
    )


@pytest.mark.usefixtures("non_clean_db")
class TestWithoutData:
    @pytest.mark.parametrize("path", ["/nosuch", "/domain/nosuch", "/dataset/nosuch"])
    def test_error_pages_say_what_to_do(self, app, path):
        answer = app.get(path)
        assert answer.status_code == 404
        assert "您可以" in answer.body
        assert "/catalogue" in answer.body

    def test_words_of_scripts_are_found_by_the_name_that_ckan_asks_for(self, app):
        assert app.get("/api/i18n/zh_Hans-CN").status_code == 200

    def test_desk_wants_a_login(self, app):
        answer = app.get("/desk", follow_redirects=False)
        assert answer.status_code == 302
        assert "/user/login" in answer.location

    def test_groups_are_domains(self, app):
        answer = app.get("/group/culture", follow_redirects=False)
        assert answer.location.endswith("/domain/culture")


def test_pages_answer_anyone_in_both_languages(app, shown):
    for language, prefix in LANGUAGES.items():
        for path in WITH_DATA:
            answer = app.get(prefix + path, follow_redirects=True)
            assert answer.status_code == 200, path
            assert f'lang="{language}"' in answer.body, path
            assert answer.body.count("<main") == 1, path
            assert len(re.findall(r"<h1\b", answer.body)) == 1, path


def test_what_is_public_is_on_the_home_page(app, shown):
    home = app.get("/").body
    assert home.count("domain-card") == 9
    assert "公共文化机构免费开放信息" in home
