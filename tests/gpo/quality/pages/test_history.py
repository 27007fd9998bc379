"""The pages of a dataset's history, for readers and for its department."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from ckan.tests import factories
from ckan.tests.helpers import call_action

from tests.snapshot import Snapshots

from ...conftest import VENUES, Gate, row

HISTORY = "/dataset/culture-culture-venues/history"
DIFF = f"{HISTORY}/diff"
FEED = "/dataset/culture-culture-venues/changes.atom"


def venue(number: int, **changes: str) -> dict[str, str]:
    good = row(VENUES)
    return good | {"venue_code": f"{good['venue_code'][:-2]}{number:02}"} | changes


@pytest.fixture
def told(gate: Gate, snapshots: Snapshots) -> dict[int, dict[str, Any]]:
    """Versions 1 and 3 published, 2 rejected; between 1 and 3 one of each change."""
    return snapshots.prepare("told", lambda: _tell(gate), on="gate")


def _tell(gate: Gate) -> dict[int, dict[str, Any]]:
    versions = [
        gate.judge(VENUES, venue(1), venue(2), venue(3)),
        gate.judge(VENUES, venue(1, venue_name="")),
        gate.judge(VENUES, venue(2, venue_name="<b>新馆</b>"), venue(3), venue(4)),
    ]
    return {version["number"]: version for version in versions}


def post(app: Any, version: dict[str, Any], change: str, **kwargs: Any) -> Any:
    return app.post(f"{HISTORY}/{version['id']}/{change}", **kwargs)


class TestHistory:
    def test_readers_see_what_was_public(self, app, told):
        page = app.get(HISTORY).body

        assert re.findall(r'id="version-(\d+)"', page) == ["3", "1"]
        assert "新增1行，删除1行，修改1行" in page
        assert "首次发布" in page
        assert f"{DIFF}?from=1&amp;to=3" in page
        assert "<form method" not in page
        assert HISTORY in app.get("/dataset/culture-culture-venues").body

    def test_the_department_sees_everything(self, app, told, steward):
        page = app.get(HISTORY, headers=steward).body

        assert re.findall(r'id="version-(\d+)"', page) == ["3", "2", "1"]
        actions = re.findall(r'action="[^"]*/history/([^"]+)"', page)
        expected = [(3, "withdraw"), (1, "restore")]  # 2 never was public
        assert actions == [f"{told[n]['id']}/{change}" for n, change in expected]

    def test_in_english_too(self, app, told):
        assert "1 added, 1 removed, 1 changed" in app.get(f"/en{HISTORY}").body

    @pytest.mark.usefixtures("shown")
    def test_what_is_not_there_is_not_there(self, app):
        private = "/dataset/culture-culture-activities"
        for path in ("/history", "/history/diff", "/changes.atom"):
            assert app.get(f"{private}{path}").status_code == 404, path
            assert app.get(f"/dataset/nosuch{path}").status_code == 404, path
            item = f"/dataset/item-culture-001{path}"
            assert app.get(item).status_code == 404, path
        assert app.get(f"{HISTORY}?page=x").status_code == 400


class TestChange:
    def test_withdraw_and_restore(self, app, gate, told, steward):
        answer = post(
            app, told[3], "withdraw", headers=steward, data={"reason": "含个人信息"}
        )

        assert answer.status_code == 200
        assert "第3版已撤下" in answer.body
        assert "含个人信息" in answer.body
        for path in (HISTORY, HISTORY[:-8], f"{HISTORY}/diff"):
            gone = app.get(path)
            assert gone.status_code == 410
            assert "含个人信息" in gone.body

        answer = post(
            app, told[1], "restore", headers=steward, data={"reason": "恢复旧版"}
        )
        assert "第1版已作为第4版重新提交" in answer.body
        gate.decide()

        page = app.get(HISTORY).body
        assert re.findall(r'id="version-(\d+)"', page) == ["4", "3", "1"]
        for said in ("恢复旧版", "含个人信息", "第1版，恢复"):
            assert said in page
        # what was taken back is not compared in public
        assert f"{DIFF}?from=1&amp;to=3" not in page
        assert f"/report/{told[3]['id']}" not in page
        assert f"/report/{told[1]['id']}" in page
        assert f"/report/{told[3]['id']}" not in app.get(HISTORY[:-8]).body
        assert app.get(f"{DIFF}?from=1&to=3").status_code == 404
        assert app.get(f"{DIFF}?from=1&to=3", headers=steward).status_code == 200

    @pytest.mark.parametrize("change", ["withdraw", "restore"])
    def test_a_reason_is_wanted(self, app, gate, told, steward, change):
        version = told[3] if change == "withdraw" else told[1]

        answer = post(app, version, change, headers=steward, data={"reason": " "})

        assert "请说明原因" in answer.body
        assert gate.show(told[3])["state"] == "published"

    def test_only_the_department_may(self, app, gate, told):
        stranger = {"Authorization": factories.UserWithToken()["token"]}
        for headers in ({}, stranger):
            for number, change in ((3, "withdraw"), (1, "restore")):
                answer = post(
                    app, told[number], change, headers=headers, data={"reason": "x"}
                )
                assert answer.status_code == 403
        assert gate.show(told[3])["state"] == "published"

    def test_addresses_that_do_not_fit(self, app, told, steward):
        other = f"/dataset/culture-culture-activities/history/{told[3]['id']}/withdraw"
        data = {"reason": "x"}
        assert app.post(other, headers=steward, data=data).status_code == 404
        unknown = f"{HISTORY}/no/withdraw"
        assert app.post(unknown, headers=steward, data=data).status_code == 404
        deletion = f"{HISTORY}/{told[3]['id']}/delete"
        assert app.post(deletion, headers=steward, data=data).status_code == 405

    @pytest.mark.ckan_config("WTF_CSRF_ENABLED", True)
    def test_forms_cannot_be_forged(self, app, gate, told):
        admin = factories.Sysadmin()
        app.set_session_user(admin["id"])
        data = {"reason": "x"}

        forged = post(app, told[3], "withdraw", data=data)

        assert forged.status_code == 400
        assert gate.show(told[3])["state"] == "published"
        token = re.search(r'name="_csrf_token" value="([^"]+)"', app.get(HISTORY).body)
        assert token
        post(app, told[3], "withdraw", data=data | {"_csrf_token": token[1]})
        assert gate.show(told[3])["state"] == "withdrawn"


class TestDiff:
    def test_changed_cells_say_before_and_after(self, app, told):
        page = app.get(f"{DIFF}?from=1&to=3").body

        before = venue(2)["venue_name"]
        assert f"<del>{before}</del>" in page
        assert "<ins>&lt;b&gt;新馆&lt;/b&gt;</ins>" in page
        for word in ("修改前", "修改后", "新增", "删除", "未变"):
            assert word in page
        assert venue(1)["venue_code"] in page
        assert venue(4)["venue_code"] in page
        assert venue(3)["venue_code"] not in page

    def test_one_kind_only(self, app, told):
        page = app.get(f"{DIFF}?from=1&to=3&kind=added").body

        assert venue(4)["venue_code"] in page
        assert "<del>" not in page

    def test_the_two_newest_are_the_choice_without_words(self, app, told):
        page = app.get(DIFF).body

        assert re.findall(r'value="(\d)" selected', page) == ["1", "3"]
        assert "<del>" in page

    def test_many_records_come_in_pages(self, app, gate):
        gate.judge(VENUES, venue(1))
        gate.judge(VENUES, *(venue(n) for n in range(60)))

        first, second = (
            app.get(f"{DIFF}?from=1&to=2&page={page}").body for page in (1, 2)
        )

        assert first.count('<tr class="added">') == 50
        assert second.count('<tr class="added">') == 9
        assert "page=2" in first
        assert app.get(f"{DIFF}?from=1&to=2&page=3").status_code == 404

    @pytest.mark.parametrize(
        "query", ["from=1&to=9", "from=x&to=3", "from=1&to=3&kind=no", "from=0&to=3"]
    )
    def test_what_cannot_be_compared_is_not_there(self, app, told, query):
        assert app.get(f"{DIFF}?{query}").status_code == 404

    def test_what_is_not_public_is_not_compared(self, app, told):
        assert app.get(f"{DIFF}?from=1&to=2").status_code == 404

    def test_versions_without_their_file_are_named(self, app, told, steward):
        # a rejected version keeps no files
        page = app.get(f"{DIFF}?from=1&to=2", headers=steward)

        assert page.status_code == 200
        assert "第2版没有保存可供对比的文件" in page.body

    def test_one_version_has_nothing_to_be_compared_with(self, app, gate):
        gate.judge(VENUES, row(VENUES))

        assert "还没有可对比的内容" in app.get(DIFF).body


def test_the_feed_tells_every_publication(app, gate, told, steward):
    answer = app.get(FEED)

    assert answer.content_type.startswith("application/atom+xml")
    names = {"a": "http://www.w3.org/2005/Atom"}
    feed = etree.fromstring(answer.data)
    ids = feed.xpath("a:entry/a:id/text()", namespaces=names)
    assert ids == [f"urn:uuid:{told[number]['id']}" for number in (3, 1)]
    links = feed.xpath("a:entry/a:link/@href", namespaces=names)
    assert links[0].endswith(f"{DIFF}?from=1&to=3")
    assert links[1].endswith(HISTORY)
    summaries = feed.xpath("a:entry/a:summary/text()", namespaces=names)
    assert summaries[0] == "3行 · 新增1行，删除1行，修改1行"
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=names)
    assert feed.xpath("a:updated/text()", namespaces=names)
    assert FEED in app.get("/dataset/culture-culture-venues").body

    call_action(
        "gpo_quality_version_withdraw",
        {"user": call_action("get_site_user")["name"]},
        id=told[3]["id"],
        reason="x",
    )
    assert app.get(FEED).status_code == 410
    gate.judge(VENUES, venue(5), source="upload")
    feed = etree.fromstring(app.get(FEED).data)
    titles = feed.xpath("a:entry/a:title/text()", namespaces=names)
    assert titles[1] == "第3版 · 已撤下"
