"""The page of a table's rows: what is seen, what is said of junk, who may see it."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.dataapi import jobs
from ckanext.gpo.dataapi.query import Run

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate, row
from ..test_statements import counted
from .conftest import hide

NAME = table(VENUES).dataset_name
PAGE = f"/dataset/{NAME}/rows"
CODES = [f"WH32040200{number}" for number in range(10, 90)]


def venues(larger: int = 0) -> list[dict[str, str]]:
    return [
        row(
            VENUES,
            venue_code=code,
            venue_name=f"示例<b>{place}</b>",
            street=("红梅街道", "青龙街道")[place % 2],
            floor_area=str(place + larger),
            updated_date=f"2026-07-{1 + place % 28:02}",
        )
        for place, code in enumerate(CODES)
    ]


@pytest.fixture
def published(gate: Gate, snapshots: Snapshots) -> Gate:
    """Eighty venues, every other one in another street."""

    def publish() -> None:
        assert gate.judge(VENUES, *venues())["state"] == "published"

    snapshots.prepare("explored", publish, on="gate")
    return gate


def soup(app: Any, address: str, status: int = 200) -> BeautifulSoup:
    answer = app.get(address, follow_redirects=False)
    assert answer.status_code == status, answer.body
    return BeautifulSoup(answer.body, "html.parser")


def codes(page: BeautifulSoup) -> list[str]:
    return [td.get_text() for td in page.select('tbody td[data-label="机构编号"]')]


def test_the_newest_come_first_and_pages_are_turned(app: Any, published: Gate):
    first = soup(app, PAGE)
    assert len(codes(first)) == 20
    dates = [
        td.get_text() for td in first.select('tbody td[data-label="信息更新日期"]')
    ]
    assert dates == sorted(dates, reverse=True)
    assert "80" in first.select_one("[data-count]").get_text()

    pages = [first]
    while turn := pages[-1].select_one('a[rel~="next"]'):
        pages.append(soup(app, turn["href"]))
    assert [len(codes(page)) for page in pages] == [20] * 4
    assert {code for page in pages for code in codes(page)} == set(CODES)
    back = soup(app, pages[-1].select_one('a[rel~="prev"]')["href"])
    assert codes(back) == codes(pages[-2])


def test_rows_are_narrowed_and_said_so(app: Any, published: Gate):
    page = soup(app, f"{PAGE}?street.in=青龙街道&floor_area.gte=70&sort=floor_area")

    assert codes(page) == [CODES[place] for place in (71, 73, 75, 77, 79)]
    chips = [chip.get_text() for chip in page.select(".chosen a.tag")]
    assert len(chips) == 2
    wider = soup(app, page.select(".chosen a.tag")[1]["href"])
    assert "40" in wider.select_one("[data-count]").get_text()
    box = page.select_one('input[name="street.in"][checked]')
    assert box["value"] == "青龙街道"
    totals = [td.get_text(strip=True) for td in page.select("tfoot td")]
    assert {"375", "75"} <= set(totals)


def test_columns_are_selected(app: Any, published: Gate):
    page = soup(app, f"{PAGE}?columns=floor_area&columns=venue_code")

    heads = [th.get_text() for th in page.select("thead th")]
    assert len(heads) == 3
    assert heads[1].startswith("建筑面积")


def test_a_form_that_was_sent_leads_to_a_short_address(app: Any, published: Gate):
    answer = app.get(
        f"{PAGE}?q=&street.in=青龙街道&floor_area.gte=&columns=venue_code",
        follow_redirects=False,
    )
    assert answer.status_code == 302
    query = parse_qsl(urlsplit(answer.headers["Location"]).query)
    assert query == [("street.in", "青龙街道"), ("columns", "venue_code")]


def test_rows_lead_to_their_records(app: Any, published: Gate):
    page = soup(app, f"{PAGE}?venue_code.eq={CODES[3]}")
    record = soup(app, page.select_one("td.more a")["href"])
    assert CODES[3] in record.get_text()


def test_what_is_seen_can_be_cited(app: Any, published: Gate):
    page = soup(app, f"{PAGE}?floor_area.lt=3")
    address = page.select_one("#rows-citation").get_text()
    assert address.endswith(f"{PAGE}?floor_area.lt=3&version=1")

    assert published.judge(VENUES, *venues(larger=2))["state"] == "published"
    cited = soup(app, urlsplit(address).path + "?" + urlsplit(address).query)
    assert codes(cited) == [CODES[0]]
    notice = cited.select_one(".notice.hold")
    assert {"1", "2"} <= set(notice.get_text())
    file = f"/dataset/{NAME}/download/{NAME}.csv"
    assert notice.select_one("a[download]")["href"].endswith(f"{file}?version=1")
    earlier = app.get(f"{file}?version=1").body
    assert CODES[1] in earlier
    assert earlier != app.get(file).body == app.get(f"{file}?version=2").body


@pytest.mark.parametrize("version", ["9", "0", "-1", "x", "9" * 99, "１"])
def test_a_version_that_nobody_can_read_has_no_file(
    app: Any, published: Gate, version: str
):
    page = soup(app, f"{PAGE}?version={version}")
    assert not page.select(".notice a[download]")
    file = f"/dataset/{NAME}/download/{NAME}.csv?version={version}"
    assert app.get(file).status_code == 404


def test_rows_that_took_long_to_find_are_not_looked_for_again(
    app: Any, published: Gate, monkeypatch: pytest.MonkeyPatch
):
    address = f"{PAGE}?venue_name.contains=示例"
    assert soup(app, address).select("tfoot")

    monkeypatch.setattr("ckanext.gpo.explore.pages.rows.QUICK", 0)
    page = soup(app, address)
    assert codes(page)
    assert not page.select("tfoot")
    assert page.select(".notice.hold")


@pytest.mark.parametrize(
    "query",
    [
        "nobody.eq=1",
        "floor_area.gte=viel",
        "floor_area.gte=viel&updated_date.lt=gestern&street.in=红梅街道",
        "floor_area.contains=1",
        "venue_name.eq=" + "字" * 2_000,
        "q=" + "字" * 2_000,
        "sort=nobody",
        "columns=nobody",
        "after=junk",
        "after=9-9",
        "before=1-999999",
        "version=x",
        "venue_name.eq=%E2%80%AE",
        "&".join(f"venue_name.ne={number}" for number in range(80)),
        "%3Cscript%3E.eq=1",
        "floor_area.gte=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_junk_is_left_out_and_said(app: Any, published: Gate, query: str):
    page = soup(app, f"{PAGE}?{query}")

    assert page.select(".notice"), query
    assert len(page.select("tbody tr")) == 20
    assert page.find("script", string=lambda text: text and "alert" in text) is None
    file = app.get(f"{PAGE}.csv?{query}", follow_redirects=True)
    is_place = query.startswith(("after=9", "before="))  # of which a file has none
    assert file.status_code == (200 if is_place else 400)


@pytest.mark.parametrize("query", ["utm_source=x", "page=7", "lang=zh", "a=b"])
def test_parameters_of_others_are_left_out_in_silence(
    app: Any, published: Gate, query: str
):
    assert not soup(app, f"{PAGE}?{query}").select(".notice")


def test_markup_in_cells_is_text(app: Any, published: Gate):
    page = soup(app, f"{PAGE}?floor_area.eq=7")
    assert page.select_one('td[data-label="机构名称"]').get_text() == "示例<b>7</b>"


@pytest.mark.parametrize(
    "address", ["/dataset/nobody/rows", "/dataset/nobody/rows.csv"]
)
def test_datasets_that_are_not_there(app: Any, published: Gate, address: str):
    soup(app, address, 404)


def test_no_row_fits(app: Any, published: Gate):
    page = soup(app, f"{PAGE}?floor_area.gt=1000")
    assert page.select(".blank")
    assert not page.select("tbody tr")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_files_of_what_is_seen(app: Any, published: Gate, kind: str):
    page = soup(app, f"{PAGE}?street.in=青龙街道&columns=venue_code,floor_area")
    link = page.select_one(f"a[download][href*='.{kind}']")["href"]
    former = app.get(
        f"{PAGE}.{kind}?street.in=青龙街道&columns=venue_code,floor_area",
        follow_redirects=False,
    )
    assert former.status_code == 302
    assert former.headers["Location"].endswith(link)
    answer = app.get(link)

    assert answer.status_code == 200
    assert f"{NAME}-rows.{kind}" in answer.headers["Content-Disposition"]
    for value in answer.headers.values():
        value.encode("latin-1")  # what WSGI servers can send
    if kind == "csv":
        lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert lines[0] == ["机构编号", "建筑面积"]
        assert {line[0] for line in lines[1:]} == set(CODES[1::2])


def test_a_file_of_what_is_not_understood(app: Any, published: Gate):
    assert app.get(f"{PAGE}.csv?nobody.eq=1").status_code == 400
    assert app.get(f"{PAGE}.csv?floor_area.gt=x").status_code == 400


def test_a_table_that_is_too_large_for_a_question_says_how_to_narrow_it(
    app: Any, published: Gate, monkeypatch: pytest.MonkeyPatch
):
    fetch = Run.fetch
    slow = sa.select(sa.func.pg_sleep(30))
    monkeypatch.setattr("ckanext.gpo.dataapi.config.query_seconds", lambda: 0.2)
    monkeypatch.setattr(
        Run,
        "fetch",
        lambda run, statement: fetch(
            run, statement if isinstance(statement, sa.TextClause) else slow
        ),
    )
    page = soup(app, f"{PAGE}?venue_name.contains=x", 400)
    assert page.select(".notice.reject")
    assert page.select("[data-narrowing]")


@pytest.mark.parametrize("ending", ["", ".csv", ".xlsx", ".json"])
def test_what_is_not_public_is_not_there(app: Any, published: Gate, ending: str):
    stranger = {"Authorization": factories.UserWithToken()["token"]}
    hide(VENUES)

    assert app.get(f"{PAGE}{ending}").status_code == 404
    assert app.get(f"{PAGE}{ending}", headers=stranger).status_code == 404


def test_what_was_withdrawn_is_gone(app: Any, published: Gate):
    current = call_action("gpo_quality_publication_show", dataset=NAME)
    site = {"user": call_action("get_site_user")["name"]}
    call_action(
        "gpo_quality_version_withdraw", site, id=current["version"], reason="错误"
    )
    for ending in ("", ".csv"):
        answer = app.get(f"{PAGE}{ending}")
        assert answer.status_code in (404, 410)
        assert CODES[0] not in answer.body


def test_the_dataset_begins_with_its_first_rows(app: Any, published: Gate):
    page = soup(app, f"/dataset/{NAME}")
    assert len(page.select(".explored tbody tr")) == 10
    form = page.select_one("form[data-narrowing]")
    assert form["action"] == PAGE
    assert form.select_one('input[name="street.in"]')


def test_charts_are_drawn_small_once_the_columns_are_profiled(
    app: Any, published: Gate
):
    assert not soup(app, f"/dataset/{NAME}").select(".small-charts svg")
    jobs.profile_tables()

    charts = soup(app, f"/dataset/{NAME}").select(".small-charts a")
    drawn = [chart for chart in charts if chart.svg]
    assert 1 <= len(drawn) <= 3
    assert any("红梅街道 40" in chart.text for chart in drawn)
    assert all(len(chart.svg.select("rect")) > 1 for chart in drawn)
    assert {app.get(chart["href"]).status_code for chart in charts} == {200}


def test_a_page_costs_few_statements_whatever_is_asked(app: Any, published: Gate):
    def cost(query: str) -> int:
        with counted() as statements:
            soup(app, f"{PAGE}?{query}")
        return statements.total()

    cost("q=x")
    costs = [
        cost("columns=venue_code"),
        cost("q=示例&sort=venue_code&street.in=红梅街道"),
    ]
    # words are looked for in a file: which one, and whether it is still public afterwards
    assert max(costs) <= 27
