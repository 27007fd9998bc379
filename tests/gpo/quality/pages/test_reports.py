"""Who may read which report, and what stands in it."""

from __future__ import annotations

import pytest

from ...conftest import VENUES, Gate, as_csv, row


def _path(version) -> str:
    return f"/dataset/{version['dataset']}/report/{version['id']}"


def test_a_report_is_as_public_as_its_version(app, shown, steward):
    passed = app.get(_path(shown.passed))
    assert passed.status_code == 200
    assert "已发布" in passed.body

    refused = app.get(_path(shown.rejected))
    assert refused.status_code == 404
    assert "无此场馆" not in refused.body
    assert app.get(_path(shown.rejected), headers=steward).status_code == 200

    elsewhere = f"/dataset/culture-culture-venues/report/{shown.rejected['id']}"
    assert app.get(elsewhere, headers=steward).status_code == 404
    assert app.get("/dataset/culture-culture-venues/report/no").status_code == 404


def test_the_department_sees_what_to_mend(app, shown, steward):
    desk = app.get("/desk", headers=steward).body
    assert _path(shown.rejected) in desk
    assert desk.index("群众文化活动") < desk.index("公共文化机构免费开放信息")

    report = app.get(_path(shown.rejected), headers=steward).body
    marked = report.split('<td class="fault">')[1].split("</td>")[0]
    assert "无此场馆" in marked
    for word in ("应为", "实为", "改正建议"):
        assert word in report
    # the header and two rows lie above it in the department's own file
    assert "第4行" in report


@pytest.mark.parametrize(
    ("path", "title", "found", "mend"),
    [
        ("", "文件的读取过程", "发现的情况", "改正建议"),
        ("/en", "How the file was read", "What was found", "How to correct it"),
    ],
)
def test_how_a_file_was_read_and_what_holds_it(
    app, gate: Gate, steward, path: str, title: str, found: str, mend: str
):
    table = as_csv(VENUES, row(VENUES, floor_area="(88)")).decode()
    content = f"示例数据\n{table}".encode("gb18030")
    version = gate.judge(VENUES, content=content)

    report = app.get(path + _path(version), headers=steward).body

    for word in (title, "GB18030", found, mend, "(88)"):
        assert word in report


def test_a_file_that_cannot_be_read_has_words_of_its_own(app, gate: Gate, steward):
    version = gate.judge(VENUES, content=b"PK\x03\x04 and then nothing")

    report = app.get(_path(version), headers=steward).body

    assert "发现的情况" in report
    assert "文件不完整" in report
