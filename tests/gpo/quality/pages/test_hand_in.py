"""Handing in files by the pages, as a browser without scripts does it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import config
from ckanext.gpo.quality.model import Version

from ...conftest import ACTIVITIES, VENUES, Gate, as_csv, row
from ...test_statements import counted

VENUES_NAME, ACTIVITIES_NAME = (table(ref).dataset_name for ref in (VENUES, ACTIVITIES))
PAGE = f"/dataset/{VENUES_NAME}/hand-in"
DESK = "/desk/hand-in"
NOTE = "本次更新了<b>开放时间</b>"


def _file(content: bytes, name: str = "场馆.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def _post(app: Any, address: str, headers: dict[str, str], **form: Any) -> Any:
    return app.post(
        address,
        data=form,
        headers=headers,
        content_type="multipart/form-data",
        follow_redirects=False,
    )


def _newest(name: str) -> Version | None:
    (*_, newest) = [None, *call_action("gpo_quality_version_list", dataset=name)[:1]]
    return newest and Version.get(newest["id"])


@pytest.fixture
def outsider() -> dict[str, str]:
    return {"Authorization": factories.UserWithToken()["token"]}


class TestDataset:
    def test_a_file_becomes_a_version_whose_report_tells_how_far_it_is(
        self, app: Any, gate: Gate, steward: dict[str, str]
    ):
        assert 'enctype="multipart/form-data"' in app.get(PAGE, headers=steward).body

        answer = _post(
            app,
            PAGE,
            steward,
            upload=_file(as_csv(VENUES, row(VENUES))),
            note=NOTE,
        )

        version = _newest(VENUES_NAME)
        assert version
        assert version.origin == {"label": "场馆.csv", "note": NOTE}
        address = f"/dataset/{VENUES_NAME}/report/{version.id}"
        assert answer.headers["Location"].endswith(address)
        waiting = app.get(address, headers=steward).body
        assert f'data-progress="{address}/progress"' in waiting
        assert "&lt;b&gt;开放时间" in waiting

        progress = app.get(f"{address}/progress", headers=steward)
        assert progress.json["state"] == "received"
        assert not progress.json["ended"]
        assert progress.json["words"] in waiting
        assert "no-store" in progress.headers["Cache-Control"]

        gate.decide()
        assert app.get(f"{address}/progress", headers=steward).json["ended"]
        assert "data-progress" not in app.get(address, headers=steward).body
        history = app.get(f"/dataset/{VENUES_NAME}/history", headers=steward).body
        assert "&lt;b&gt;开放时间" in history
        for page in (address, f"/dataset/{VENUES_NAME}/history"):
            assert "开放时间</b>" not in (body := app.get(page).body)
            assert "&lt;b&gt;" not in body

    def test_the_pages_of_those_who_may_lead_there(
        self, app: Any, gate: Gate, steward: dict[str, str]
    ):
        version = gate.judge(VENUES, row(VENUES))
        report = f"/dataset/{VENUES_NAME}/report/{version['id']}"

        for address in (f"/dataset/{VENUES_NAME}", report):
            assert f'href="{PAGE}"' in app.get(address, headers=steward).body
            assert PAGE not in app.get(address).body
        assert f'href="{DESK}"' in app.get("/desk", headers=steward).body

    @pytest.mark.parametrize(
        "file", [None, (b"", "empty.csv"), (b"x" * ((1 << 20) + 1), "large.csv")]
    )
    def test_what_is_no_file_is_refused_with_words(
        self,
        file: tuple[bytes, str] | None,
        app: Any,
        gate: Gate,
        steward: dict[str, str],
        ckan_config: Any,
    ):
        ckan_config[config.MAX_CANDIDATE_SIZE] = 1
        form = {"upload": _file(*file)} if file else {}

        answer = _post(app, PAGE, steward, **form, note="请看")

        assert answer.status_code == 200
        assert 'id="upload-error"' in answer.body
        assert "请看</textarea>" in answer.body
        assert _newest(VENUES_NAME) is None

    def test_a_note_that_is_too_long_is_refused_with_words(
        self, app: Any, gate: Gate, steward: dict[str, str]
    ):
        file = _file(as_csv(VENUES, row(VENUES)))

        answer = _post(app, PAGE, steward, upload=file, note="字" * 1001)

        assert 'id="note-error"' in answer.body
        assert _newest(VENUES_NAME) is None

    def test_who_may_not_hand_in_does_not(
        self, app: Any, gate: Gate, outsider: dict[str, str]
    ):
        gate.judge(VENUES, row(VENUES))
        for headers in ({}, outsider):
            assert app.get(PAGE, headers=headers).status_code == 403
            file = _file(as_csv(VENUES, row(VENUES, venue_name="另一处")))
            assert _post(app, PAGE, headers, upload=file).status_code in (400, 403)
        assert len(call_action("gpo_quality_version_list", dataset=VENUES_NAME)) == 1

    def test_a_dataset_without_a_table_has_no_door(
        self, app: Any, gate: Gate, steward: dict[str, str]
    ):
        assert app.get("/dataset/none/hand-in", headers=steward).status_code == 404


class TestDesk:
    @pytest.fixture
    def choices(
        self, app: Any, gate: Gate, steward: dict[str, str]
    ) -> tuple[str, list[str]]:
        """The page that asks of which datasets two files are, and their ids."""
        venues = as_csv(VENUES, row(VENUES))
        activities = as_csv(ACTIVITIES, row(ACTIVITIES))
        answer = app.post(
            DESK,
            data={"upload": [_file(venues, "甲.csv"), _file(activities, "乙.csv")]},
            headers=steward,
            content_type="multipart/form-data",
            follow_redirects=False,
        )
        address = answer.headers["Location"]
        return (
            app.get(address, headers=steward).body,
            re.findall("upload=([^&]+)", address),
        )

    def test_files_find_their_datasets_and_are_handed_in_when_confirmed(
        self,
        app: Any,
        gate: Gate,
        steward: dict[str, str],
        choices: tuple[str, list[str]],
    ):
        page, ids = choices
        for name in (VENUES_NAME, ACTIVITIES_NAME):
            assert f'<option value="{name}" selected>' in page
            assert _newest(name) is None

        answer = app.post(
            f"{DESK}/confirm",
            data={
                "upload_id": ids,
                f"dataset.{ids[0]}": VENUES_NAME,
                f"dataset.{ids[1]}": ACTIVITIES_NAME,
                "note": "两张表",
            },
            headers=steward,
            follow_redirects=False,
        )

        assert answer.headers["Location"].endswith("/desk")
        for name, label in ((VENUES_NAME, "甲.csv"), (ACTIVITIES_NAME, "乙.csv")):
            version = _newest(name)
            assert version
            assert version.origin == {"label": label, "note": "两张表"}
        assert not any((config.uploads_folder() / id_).exists() for id_ in ids)

    def test_one_of_several_may_be_left_out(
        self,
        app: Any,
        gate: Gate,
        steward: dict[str, str],
        choices: tuple[str, list[str]],
    ):
        _, ids = choices

        answer = app.post(
            f"{DESK}/confirm",
            data={"upload_id": ids, f"dataset.{ids[0]}": VENUES_NAME},
            headers=steward,
            follow_redirects=False,
        )

        assert answer.headers["Location"].endswith(f"upload={ids[1]}")
        assert _newest(VENUES_NAME)
        assert _newest(ACTIVITIES_NAME) is None

    def test_two_files_of_one_dataset_are_not_handed_in(
        self,
        app: Any,
        gate: Gate,
        steward: dict[str, str],
        choices: tuple[str, list[str]],
    ):
        _, ids = choices
        form = {f"dataset.{id_}": VENUES_NAME for id_ in ids}

        app.post(f"{DESK}/confirm", data={"upload_id": ids, **form}, headers=steward)

        assert _newest(VENUES_NAME) is None

    def test_an_upload_is_not_there_for_another_account(
        self,
        app: Any,
        gate: Gate,
        choices: tuple[str, list[str]],
        outsider: dict[str, str],
    ):
        _, ids = choices
        sysadmin = {"Authorization": factories.SysadminWithToken()["token"]}

        page = app.get(DESK, query_string={"upload": ids}, headers=sysadmin).body
        app.post(
            f"{DESK}/confirm",
            data={"upload_id": ids, f"dataset.{ids[0]}": VENUES_NAME},
            headers=sysadmin,
        )

        assert "甲.csv" not in page
        assert _newest(VENUES_NAME) is None
        assert app.get(DESK, headers=outsider).status_code == 403
        assert app.get(DESK).status_code == 403

    def test_the_statements_do_not_grow_with_the_files(
        self,
        app: Any,
        gate: Gate,
        steward: dict[str, str],
        choices: tuple[str, list[str]],
    ):
        _, ids = choices
        totals = []
        for uploads in (ids[:1], ids):
            with counted() as statements:
                app.get(DESK, query_string={"upload": uploads}, headers=steward)
            totals.append(statements.total())

        assert totals[0] == totals[1]

    def test_what_an_account_keeps_is_bounded(
        self, app: Any, gate: Gate, steward: dict[str, str], ckan_config: Any
    ):
        ckan_config[config.MAX_UPLOADS_SIZE] = 0

        answer = app.post(
            DESK,
            data={"upload": [_file(as_csv(VENUES, row(VENUES)))]},
            headers=steward,
            content_type="multipart/form-data",
        )

        assert 'id="upload-error"' in answer.body

    def test_a_file_of_no_dataset_and_one_that_cannot_be_read_say_so(
        self, app: Any, gate: Gate, steward: dict[str, str]
    ):
        answer = app.post(
            DESK,
            data={
                "upload": [
                    _file(b"a,b\n1,2\n"),
                    _file(b"\x89PNG\r\n\x1a\n....", "p.csv"),
                ]
            },
            headers=steward,
            content_type="multipart/form-data",
            follow_redirects=False,
        )
        page = app.get(answer.headers["Location"], headers=steward).body

        assert page.count('<option value="">') == 2
        assert " selected>" not in page
        assert 'class="notice reject"' in page


class TestCorrection:
    def test_changed_cells_of_the_report_are_handed_in(
        self, app: Any, gate: Gate, steward: dict[str, str]
    ):
        wrong = gate.judge(VENUES, row(VENUES, floor_area="约"))
        (error,) = wrong["report"]["errors"]
        place = f"{error['row']}.floor_area"
        address = f"/dataset/{VENUES_NAME}/report/{wrong['id']}/correct"

        refused = app.post(
            address,
            data={f"cell.{place}": "约", f"was.{place}": "约"},
            headers=steward,
            follow_redirects=False,
        )
        answer = app.post(
            address,
            data={
                f"cell.{place}": "88",
                f"was.{place}": "约",
                f"cell.{error['row']}.venue_name": "unchanged",
                f"was.{error['row']}.venue_name": "un\r\nchanged",
                "note": "已核对",
            },
            headers=steward,
            follow_redirects=False,
        )
        gate.decide()

        assert refused.headers["Location"].endswith(wrong["id"])
        version = _newest(VENUES_NAME)
        assert version
        assert version.state == "published"
        assert version.origin["note"] == "已核对"
        assert answer.headers["Location"].endswith(version.id)
        assert version.declaration["corrections"][0]["after"] == "88"
        assert len(version.declaration["corrections"]) == 1

    def test_who_may_not_edit_corrects_nothing(
        self, app: Any, gate: Gate, outsider: dict[str, str]
    ):
        wrong = gate.judge(VENUES, row(VENUES, floor_area="约"))
        address = f"/dataset/{VENUES_NAME}/report/{wrong['id']}/correct"

        form = {"cell.2.floor_area": "88", "was.2.floor_area": "约"}
        for headers in ({}, outsider):
            answer = app.post(address, data=form, headers=headers)
            assert answer.status_code in (400, 403, 404)
        assert len(call_action("gpo_quality_version_list", dataset=VENUES_NAME)) == 1
