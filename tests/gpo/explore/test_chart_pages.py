"""The pages of charts, over the web: figures, rights, junk, frames of others."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import quote, urlencode

import lxml.html
import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate, row

NAME = table(VENUES).dataset_name
CHART, EMBED = f"/dataset/{NAME}/chart", f"/dataset/{NAME}/chart/embed"
MARKUP = '<script>alert(1)</script>"&'
STREETS = ["红梅街道", "红梅街道", "郑陆镇", "茶山街道"]
AREAS = ["100.5", "200", "", "50"]


@pytest.fixture
def venues(gate: Gate, snapshots: Snapshots) -> Gate:
    """Four venues in three streets, one of them named in markup, one without an area."""

    def publish() -> None:
        rows = [
            row(
                VENUES,
                venue_code=f"WH320402{number:04}",
                venue_name=MARKUP if number == 0 else f"示例{number}",
                street=street,
                floor_area=area,
            )
            for number, (street, area) in enumerate(zip(STREETS, AREAS, strict=True))
        ]
        assert gate.judge(VENUES, *rows)["state"] == "published"

    snapshots.prepare("charted", publish, on="gate")
    return gate


@pytest.fixture
def read(venues: Gate, app: Any) -> Any:
    """A page by its address, and its tree."""

    def read(path: str, status: int = 200, **parameters: str) -> lxml.html.HtmlElement:
        answer = app.get(f"{path}?{urlencode(parameters)}", status=status)
        return lxml.html.fromstring(answer.body)

    return read


def told(page: lxml.html.HtmlElement) -> dict[str, str]:
    """Label → value of the table beside a chart."""
    rows = page.xpath("//table[contains(@class,'chart-table')]/tbody/tr")
    return {
        r.xpath("string(th)").strip(): r.xpath("string(td[1])").strip() for r in rows
    }


def drawn(page: lxml.html.HtmlElement) -> dict[str, Any]:
    (chart,) = page.xpath("//@data-chart")
    return json.loads(chart)


def test_the_table_counts_what_is_published(read: Any):
    page = read(CHART, group="street", kind="bar")
    assert told(page) == {k: str(v) for k, v in Counter(STREETS).items()}
    assert page.xpath("string(//h1)").endswith("按所属街道(镇)统计的记录数")


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("sum.floor_area", {"红梅街道": "300.50", "茶山街道": "50", "郑陆镇": "–"}),
        ("avg.floor_area", {"红梅街道": "150.25", "茶山街道": "50", "郑陆镇": "–"}),
        ("min.floor_area", {"红梅街道": "100.50", "茶山街道": "50", "郑陆镇": "–"}),
        ("max.floor_area", {"红梅街道": "200", "茶山街道": "50", "郑陆镇": "–"}),
    ],
)
def test_a_quantity_is_measured(read: Any, measure: str, values: dict[str, str]):
    assert told(read(CHART, group="street", kind="bar", measure=measure)) == values


@pytest.mark.parametrize(
    ("filters", "values"),
    [
        ({"street.eq": "红梅街道"}, {"红梅街道": "2"}),
        ({"floor_area.gte": "100.5"}, {"红梅街道": "2"}),
        ({"floor_area.empty": "true"}, {"郑陆镇": "1"}),
        ({"venue_name.contains": "无此名"}, {}),
    ],
)
def test_filters_leave_rows_out(
    read: Any, filters: dict[str, str], values: dict[str, str]
):
    assert told(read(CHART, group="street", kind="bar", **filters)) == values


def test_drawing_and_table_say_the_same(read: Any):
    page = read(CHART, group="venue_name")
    chart = drawn(page)
    assert dict(zip(chart["labels"], map(str, chart["values"]), strict=True)) == told(
        page
    )


def test_markup_in_rows_is_text(read: Any, app: Any):
    body = app.get(f"{CHART}?group=venue_name").body
    assert MARKUP not in body
    assert "<script>alert" not in body
    page = lxml.html.fromstring(body)
    assert MARKUP in drawn(page)["labels"]
    assert MARKUP in told(page)


@pytest.mark.parametrize("path", [CHART, EMBED])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("kind=pie&group=none&measure=drop", 200),
        ("kind=%F0%9F%92%A9", 200),
        ("group=%00&kind=bar", 400),
        (f"measure={'9' * 10_000}", 200),
        ("nothing.eq=1", 200),
        ("floor_area.eq=abc", 400),
        ("floor_area.gte=1e999999", 400),
        ("street.drop=1", 200),
        (".eq=1", 200),
        ("street.=1", 200),
        ("venue_name.contains=%00", 400),
        (f"venue_name.eq={'x' * 10_000}", 200),
        ("venue_name.eq=%27%3B+DROP+TABLE+package%3B--", 200),
        ("$or.eq=1", 200),
    ],
)
def test_junk_is_told_and_nothing_breaks(
    venues: Gate, app: Any, path: str, query: str, status: int
):
    assert app.get(f"{path}?{query}").status_code == status


def test_what_is_left_out_is_named(read: Any):
    page = read(CHART, kind="share", group="none")
    assert "group, kind" in page.xpath("string(//div[contains(@class,'notice')])")


def test_a_refusal_says_what_is_wrong(read: Any):
    page = read(CHART, 400, **{"floor_area.eq": "abc"})
    assert "floor_area" in page.xpath("string(//div[contains(@class,'notice')])")


@pytest.mark.parametrize("path", [CHART, EMBED])
def test_a_chart_is_not_there_for_whom_the_rows_are_not(
    venues: Gate, app: Any, path: str
):
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", site, id=NAME, private=True)
    assert app.get(path).status_code == 404
    call_action("package_patch", site, id=NAME, private=False)
    assert app.get(path).status_code == 200
    current = call_action("gpo_quality_publication_show", dataset=NAME)
    call_action(
        "gpo_quality_version_withdraw", site, id=current["version"], reason="错误"
    )
    assert app.get(path).status_code in (404, 410)


@pytest.mark.parametrize(
    "path", ["/dataset/none/chart", "/dataset/culture-culture-activities/chart"]
)
def test_without_rows_there_is_no_chart(venues: Gate, app: Any, path: str):
    assert app.get(path).status_code == 404


def test_only_the_embedded_chart_is_framed_by_others(venues: Gate, app: Any):
    alone, page = app.get(EMBED).headers, app.get(CHART).headers
    assert "frame-ancestors *" in alone["Content-Security-Policy"]
    assert "script-src 'self'" in alone["Content-Security-Policy"]
    assert "X-Frame-Options" not in alone
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    for headers in (alone, page):
        assert "Set-Cookie" not in headers
        assert "public" in headers["Cache-Control"]


def test_the_code_to_embed_is_one_frame(read: Any):
    page = read(CHART, group="venue_name", **{"venue_name.eq": MARKUP})
    frame = lxml.html.fromstring(page.xpath("string(//code[@id='chart-frame'])"))
    assert frame.tag == "iframe"
    assert frame.get("src").endswith(f"{quote(MARKUP, safe='')}")


def test_each_street_leads_to_its_rows(read: Any):
    page = read(CHART, kind="streets", group="street")
    links = page.xpath("//svg//a/@href")
    assert len(links) == len(set(STREETS))
    assert f"/dataset/{NAME}/rows?street.eq={quote('郑陆镇')}" in links
    assert "不代表行政区划界线" in page.xpath("string(//div[@class='streets'])")


def test_a_page_in_english_has_no_chinese_words_of_ours(venues: Gate, app: Any):
    page = lxml.html.fromstring(app.get(f"/en{CHART}?group=street&kind=streets").body)
    assert page.xpath("string(//h1)").endswith("Number of records by Street or town")
    assert "Zhenglu" in page.xpath("string(//div[@class='streets']//svg)")


def test_the_page_of_the_dataset_proposes_charts(venues: Gate, app: Any):
    page = lxml.html.fromstring(app.get(f"/dataset/{NAME}").body)
    links = page.xpath("//section[@aria-labelledby='pictures']//a/@href")
    assert 1 <= len(links) <= 4
    assert {app.get(link).status_code for link in links} == {200}
    assert not page.xpath("//section[@aria-labelledby='pictures']//*[name()='svg']")
