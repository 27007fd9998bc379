"""Every page of ours, in both languages, with and without data."""

from __future__ import annotations

import re

import pytest

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import State

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


def test_what_is_public_is_shown(app, shown):
    home = app.get("/").body
    assert home.count("domain-card") == 9
    assert "公共文化机构免费开放信息" in home

    page = app.get("/dataset/culture-culture-venues").body
    order = ["preview", "downloads", "api", "dictionary", "metadata", "versions"]
    places = [page.index(f'<h2 id="{name}">') for name in order]
    assert places == sorted(places)
    for said in ("示例数据", "已通过检查", "culture-culture-venues.csv"):
        assert said in page


def test_what_is_not_public_is_for_the_department(app, shown, steward):
    public, private = (
        "/dataset/culture-culture-venues",
        "/dataset/culture-culture-activities",
    )
    assert "共享类型" not in app.get(public).body
    assert "共享类型" in app.get(public, headers=steward).body
    assert app.get(private).status_code == 404
    assert app.get(private, headers=steward).status_code == 200


def test_downloads_are_listed_with_size_and_purpose(app, shown):
    page = app.get("/dataset/culture-culture-venues").body
    listed = re.findall(r'download/culture-culture-venues\.(\w+)" download', page)
    assert listed == ["csv", "xlsx", "json", "parquet", "zip"]
    for said in ("Excel", "数据分析", "数据包"):
        assert said in page


def test_a_version_from_before_a_format_lists_what_it_has(app, shown):
    (version,) = Version.list_by_states(State.PUBLISHED)
    version.files = {name: version.files[name] for name in ("csv", "json")}
    model.Session.commit()
    site = {"user": call_action("get_site_user")["name"]}
    dataset = call_action("package_show", id="culture-culture-venues")
    resource = dataset["resources"][0]
    downloads = {name: resource["downloads"][name] for name in version.files}
    resource |= {"downloads": downloads}
    call_action("package_patch", site, id=dataset["id"], resources=[resource])

    page = app.get("/dataset/culture-culture-venues").body

    listed = re.findall(r'download/culture-culture-venues\.(\w+)" download', page)
    assert listed == ["csv", "json"]
