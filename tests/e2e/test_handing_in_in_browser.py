"""A clerk hands in a file, corrects a cell of it, and sees it published, in Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from ckan.lib.jobs import get_queue
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import config, trial

from ..gpo.conftest import ACTIVITIES, VENUES, Gate, as_csv, gate, row
from ..gpo.worker import work_off
from .conftest import PHONE, WIDE, log_in, width
from .test_every_page import WCAG

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("with_request_context")]

__all__ = ["gate"]

PASSWORD = "only-for-this-test-1"
NAME = table(VENUES).dataset_name

DROP = """([place, name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  const event = new DragEvent("drop", { dataTransfer: files, bubbles: true });
  document.querySelector(place).dispatchEvent(event);
}"""


@pytest.fixture
def clerk(gate: Gate, page: Page) -> Page:
    """A page of an editor of the department, who has logged in by the form."""
    user = factories.User(password=PASSWORD, image_url="")
    call_action(
        "organization_member_create",
        {"user": call_action("get_site_user")["name"]},
        id="wglj",
        username=user["name"],
        role="editor",
    )
    log_in(page, user["name"], PASSWORD)
    return page


Look = Callable[[str], None]


@pytest.fixture
def look(clerk: Page, complaints: list[str], tmp_path: Path) -> Look:
    """The page is for everyone (WCAG 2.2 AA by axe) and no wider than its window."""

    def look(name: str) -> None:
        viewport = clerk.viewport_size
        assert viewport
        assert width(clerk) <= viewport["width"], name
        count = len(complaints)
        options = {"runOnly": WCAG, "resultTypes": ["violations"]}
        violations = Axe().run(clerk, options=options).response["violations"]
        assert [rule["id"] for rule in violations] == [], name
        del complaints[count:]  # of axe's own styles, which the policy forbids
        path = tmp_path / f"{name}-{viewport['width']}.png"
        clerk.screenshot(path=path, full_page=True, caret="initial")

    return look


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_from_a_wrong_file_to_a_published_table(
    clerk: Page,
    gate: Gate,
    look: Look,
    viewport: dict[str, int],
    complaints: list[str],
):
    page = clerk
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto("/desk")
    page.get_by_role("link", name="提交数据").click()
    look("desk")

    wrong = as_csv(VENUES, row(VENUES, floor_area="约八十八")).decode()
    good = as_csv(ACTIVITIES, row(ACTIVITIES)).decode()
    page.evaluate(DROP, ["[data-hand-in]", "场馆.csv", wrong])
    page.evaluate(DROP, ["[data-hand-in]", "多余.csv", good])
    expect(page.get_by_text("上传完成")).to_have_count(2)
    extra = page.get_by_role("listitem").filter(has_text="多余.csv")
    extra.get_by_role("button", name="移除").click()
    look("sent")
    page.get_by_role("button", name="匹配数据集").click()

    expect(page.get_by_role("combobox", name="提交到")).to_have_value(NAME)
    expect(page.get_by_text("表头包含全部")).to_be_visible()
    look("match")
    page.get_by_label("备注").fill("请核对面积")
    page.get_by_role("button", name="提交检查").click()

    status = page.get_by_role("status").filter(has_text="等待检查")
    expect(status).to_be_visible()
    look("progress")
    gate.decide()
    expect(page.get_by_text("已退回").first).to_be_visible()
    expect(page.locator("td.fault")).to_contain_text("约八十八")
    expect(page.get_by_text("请核对面积")).to_be_visible()
    look("rejected")

    (version,) = call_action("gpo_quality_version_list", dataset=NAME)
    page.get_by_label("改正“建筑面积”").fill("88")
    page.get_by_role("button", name="提交改正后的表").click()
    page.wait_for_url(re.compile(rf"/report/(?!{version['id']})"))
    gate.decide()
    expect(page.get_by_text("已发布").first).to_be_visible()
    expect(page.get_by_text("由“约八十八”改为“88”")).to_be_visible()
    look("published")
    assert complaints == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_file_is_tried(
    clerk: Page,
    look: Look,
    viewport: dict[str, int],
    complaints: list[str],
    tmp_path: Path,
):
    page = clerk
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto("/try")
    look("try")

    page.get_by_label("表", exact=True).select_option(VENUES)
    file = tmp_path / "场馆.csv"
    file.write_bytes(as_csv(VENUES, row(VENUES, floor_area="约八十八")))
    page.set_input_files("[name=upload]", file)
    page.get_by_role("button", name="开始试查").click()
    expect(page.locator("[data-progress]")).to_be_visible()
    look("trial-waits")
    work_off(get_queue(trial.QUEUE))
    expect(page.get_by_text("不能通过检查").first).to_be_visible()
    look("trial")
    assert complaints == []


def test_a_template_that_was_filled_in_is_published(
    clerk: Page, gate: Gate, complaints: list[str], tmp_path: Path
):
    page = clerk
    page.goto(f"/dataset/{NAME}/hand-in")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载填报模板").click()
    path = tmp_path / "template.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    cells = [field["example"] for field in table(VENUES).fields]
    for column, cell in enumerate(cells, 1):
        book.worksheets[0].cell(2, column).value = cell
    book.save(path)

    page.set_input_files("[data-hand-in] input", path)
    expect(page.get_by_text("上传完成")).to_be_visible()
    page.get_by_role("button", name="提交检查").click()
    expect(page.get_by_role("status").filter(has_text="等待检查")).to_be_visible()
    gate.decide()

    expect(page.get_by_text("已发布").first).to_be_visible()
    expect(page.get_by_role("heading", name="文件的读取过程")).to_have_count(1)
    assert complaints == []


def test_a_large_file_goes_on_where_it_was_cut(
    clerk: Page, gate: Gate, complaints: list[str], tmp_path: Path
):
    page = clerk
    offsets: list[int] = []

    def cut_once(route: Route) -> None:
        request = route.request
        if request.method == "PATCH":
            offsets.append(int(request.headers["upload-offset"]))
            if len(offsets) == 2:
                return route.abort("connectionreset")
        return route.continue_()

    page.route("**/hand-in/uploads/*", cut_once)
    file = tmp_path / "场馆.csv"
    file.write_bytes(as_csv(VENUES, row(VENUES)) + b"\n" * (18 << 20))
    page.goto(f"/dataset/{NAME}/hand-in")
    page.set_input_files("[name=upload]", file)
    expect(page.get_by_text("上传完成")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="提交检查").click()

    expect(page.get_by_role("status").filter(has_text="等待检查")).to_be_visible()
    part = 8 << 20
    assert offsets == [0, part, part, 2 * part]
    (version,) = call_action("gpo_quality_version_list", dataset=NAME)
    assert version["origin"]["label"] == "场馆.csv"
    assert [text for text in complaints if "ERR_CONNECTION_RESET" not in text] == []


def test_what_cannot_be_handed_in_is_said_before_it_is_sent(
    clerk: Page, ckan_config: Any, complaints: list[str]
):
    ckan_config[config.MAX_CANDIDATE_SIZE] = 1
    page = clerk
    page.goto(f"/dataset/{NAME}/hand-in")

    page.evaluate(DROP, ["[data-hand-in]", "空.csv", ""])
    expect(page.get_by_text("文件为空")).to_be_visible()
    page.evaluate(DROP, ["[data-hand-in]", "大.csv", "x" * ((1 << 20) + 1)])
    expect(page.get_by_text("文件超过1 MiB")).to_be_visible()
    expect(page.get_by_text("文件为空")).to_have_count(0)
    page.get_by_role("button", name="提交检查").click()
    expect(page.get_by_text("请选择要提交的文件。")).to_be_visible()
    assert complaints == []
