"""A developer's first ten minutes: from the home page to a chart on a page of one's own."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ..conftest import Site

pytestmark = pytest.mark.e2e

CHART = """\
<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<link rel="icon" href="data:,">
<title>我的图表</title>
<svg width="600" height="400" role="img"></svg>
<script type="module">
PROGRAM
const svg = document.querySelector("svg");
const most = Math.max(...data.groups.map(group => group.values[0]));
const draw = (name, attributes, text = "") => {
  const element = document.createElementNS(svg.namespaceURI, name);
  Object.entries(attributes).forEach(pair => element.setAttribute(...pair));
  element.textContent = text;
  svg.append(element);
};
data.groups.forEach(({ key, values }, place) => {
  const y = place * 24;
  draw("rect", { x: 160, y, height: 20, width: 400 * values[0] / most });
  draw("text", { x: 0, y: y + 15 }, key[0] ?? "–");
});
</script>
</html>
"""
"""A page that somebody writes around the program shown for JavaScript."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[str]:
    """The address of a server of the developer's own, which serves what lies in tmp_path."""
    handler = partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def test_from_home_to_a_chart_on_a_page_of_ones_own(
    open_page: Callable[..., Page], site: Site, own_site: str, tmp_path: Path
):
    page = open_page()
    page.goto("/")
    page.get_by_role("link", name="公共文化").first.click()
    page.get_by_role("link", name="公共文化机构免费开放信息", exact=True).last.click()
    page.get_by_role("link", name="示例程序、字段与地址").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "公共文化机构免费开放信息接口"
    )
    program = page.locator("#code-javascript").text_content()
    address = page.get_by_role("link", name="/aggregate?").get_attribute("href")
    assert program
    assert address in program

    # pasted into a page at another origin, with a drawing below it
    (tmp_path / "index.html").write_text(CHART.replace("PROGRAM", program), "utf-8")
    page.goto(f"{own_site}/index.html")
    bars = page.locator("svg rect")
    expect(bars).not_to_have_count(0)

    # the same with curl
    done = subprocess.run(
        ["curl", "-sS", "--fail", address], capture_output=True, text=True, check=True
    )
    groups = json.loads(done.stdout)["data"]["groups"]
    assert bars.count() == len(groups) > 1
    labels = page.locator("svg text").all_text_contents()
    assert labels == [group["key"][0] or "–" for group in groups]
    widths = [float(bar.get_attribute("width") or 0) for bar in bars.all()]
    most = groups[0]["values"][0]
    assert widths == pytest.approx([400 * g["values"][0] / most for g in groups])


def test_the_guide_leads_from_the_head_of_every_page_to_an_answer(
    open_page: Callable[..., Page],
):
    page = open_page()
    page.goto("/")
    page.get_by_role("navigation").get_by_role(
        "link", name="接口", exact=True
    ).first.click()
    expect(page.get_by_role("heading", name="十分钟入门")).to_be_visible()
    first = page.locator(".snip").filter(has_text="读取首批记录")
    address = first.get_by_role("link", name="查看返回结果").get_attribute("href")
    assert address

    told = page.request.get(address).json()
    assert len(told["data"]) == 5
    assert told["links"]["next"]
