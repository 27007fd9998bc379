"""What the sample systems hold: labelled, without persons, the same on every run."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import openpyxl
import pytest
import yaml

from ckanext.gpo.common.tables import tables

from gpo_samples import sfj, swj, systems
from gpo_samples.database import SourceTable
from gpo_samples.entities import core, entities
from gpo_samples.files import csv_bytes
from gpo_samples.primitives import data_text
from gpo_samples.service import Records

# Place names, offices and kinds of cases: no room for the name of a person.
NOTICE = re.compile(
    r"[\u4e00-\u9fff（）]{2,34}(税务部门|税务局|稽查局)依法查处了?一起.+案件?"
)


def test_enterprises_are_clearly_made_up() -> None:
    names = [entity.name for entity in entities()]
    assert all("示例" in name for name in names)
    assert len(names) == len(set(names))
    assert [entity.name for entity in core()] == names[: len(core())]


def test_files_with_made_up_rows_say_so(drop_folder: Path) -> None:
    made_up = [path for path in drop_folder.rglob("*示例数据*") if path.is_file()]
    assert len(made_up) == 6
    for path in made_up:
        if path.suffix == ".xlsx":
            sheet = openpyxl.load_workbook(path).worksheets[0]
            title = str(sheet["A1"].value)
        else:
            title = _decoded(path).splitlines()[0]
        assert title.endswith("（示例数据）")


def test_exports_come_in_the_encodings_of_offices(drop_folder: Path) -> None:
    starts: dict[str, list[str]] = {}
    for path in drop_folder.rglob("*.csv"):
        content = path.read_bytes()
        if content.startswith(b"\xef\xbb\xbf"):
            kind = "bom"
        else:
            try:
                content.decode("utf-8")
                kind = "utf-8"
            except UnicodeDecodeError:
                content.decode("gb18030")
                kind = "gb18030"
        starts.setdefault(kind, []).append(path.name)
    assert starts.keys() == {"bom", "utf-8", "gb18030"}


def test_workbook_has_a_header_of_two_merged_levels(drop_folder: Path) -> None:
    (path,) = drop_folder.glob("czj/*.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:K1", "D3:G3", "H3:J3", "A3:A4"} <= merged
    assert sheet["H3"].value == "预算数"
    first = [row[0].value for row in sheet.iter_rows(min_row=5)]
    assert "合计" in first
    totals = [str(row[7].value) for row in sheet.iter_rows(min_row=5)]
    assert any("．" in total for total in totals), "no full-width figure"


def test_database_says_what_it_holds() -> None:
    assert all("示例数据" in table.comment for table in systems.TABLES)


def test_tax_notices_name_no_person() -> None:
    rows = list(csv.DictReader(data_text("tax_case_notices.csv").splitlines()))
    assert len(rows) == 613
    for row in rows:
        assert NOTICE.fullmatch(row["title"])
        assert not re.search("某|公司|网红|主播", row["title"].partition("一起")[0])
        assert row["url"].startswith("http://www.chinatax.gov.cn/")


def test_national_figures_are_as_published() -> None:
    fires = {
        row[""]: row
        for row in csv.DictReader(data_text("nbs_fire_accidents.csv").splitlines())
    }
    assert fires["2012年"]["火灾发生数"] == "152157"
    assert fires["2012年"]["火灾直接经济损失"] == "217716.3"
    assert list(fires) == [f"{year}年" for year in range(1978, 2015)]


def test_same_bytes_on_every_run(drop_folder: Path, tmp_path: Path) -> None:
    systems.load_files(tmp_path)
    assert _digests(tmp_path) == _digests(drop_folder)


@pytest.mark.parametrize("table", systems.TABLES, ids=lambda table: table.name)
def test_same_records_on_every_run(table: SourceTable) -> None:
    pairs = zip(table.records(), table.records(), strict=True)
    assert all(first == second for first, second in islice(pairs, 3_000))


def test_records_have_the_columns_of_their_table() -> None:
    for table in systems.TABLES:
        record = next(iter(table.records()))
        assert list(record) == [column.name for column in table.columns]


@pytest.mark.parametrize(
    "make", [*swj.ENDPOINTS.values(), *sfj.ENDPOINTS.values()], ids=lambda f: f.__name__
)
def test_service_answers_the_same_on_every_run(
    make: Callable[[], Records],
) -> None:
    assert make() == make()


def test_full_set_of_characters_survives_gb18030() -> None:
    assert (
        csv_bytes([["〔2026〕㎡镕"]], "gb18030").decode("gb18030") == "〔2026〕㎡镕\r\n"
    )


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig")
    return content.decode("gb18030")


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_sample_apps_name_what_is_there() -> None:
    folder = Path(systems.__file__).parent / "apps"
    apps = yaml.safe_load((folder / "apps.yaml").read_text("utf-8"))
    datasets = {ref.replace("/", "-").replace("_", "-") for ref in tables()}

    assert len({app["kind"] for app in apps}) >= 5
    for app in apps:
        assert "示例" in app["title"]
        assert {use["id"] for use in app["datasets"]} <= datasets
        paths = [f"public{app['link']}"] if "link" in app else []
        for path in (*paths, *app.get("pictures", [])):
            assert (folder / path).is_file()
