"""The page of a dataset."""

from __future__ import annotations

import re

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import State


def test_what_is_public_is_shown(app, shown):
    page = app.get("/dataset/culture-culture-venues").body
    order = ["rows", "downloads", "api", "dictionary", "metadata", "versions"]
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
