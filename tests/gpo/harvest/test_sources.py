"""The contract of a source's YAML, each breach named with its place."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from ckanext.gpo.harvest.failures import HarvestError
from ckanext.gpo.harvest.sources import Sources, parse

from gpo_harvesters.database import DatabaseHarvester
from gpo_harvesters.files import FilesHarvester
from gpo_harvesters.rest import RestHarvester

SCHEMA = json.loads(
    resources.files("gpo_harvesters").joinpath("source.schema.json").read_text("utf-8")
)
KINDS = {
    each.kind.name: each.kind
    for each in (DatabaseHarvester, FilesHarvester, RestHarvester)
}
REST: dict[str, Any] = {
    "name": "tax-service",
    "title": "税务局 纳税服务系统",
    "title_en": "Tax service system",
    "kind": "rest",
    "connection": "tax_service",
    "organization": "swj",
    "schedule": "DAILY",
    "tables": [
        {
            "table": "tax/a_credit_taxpayers",
            "path": "/api/v1/a-credit",
            "items_path": "data.list",
            "columns": {"uscc": "nsrsbh", "credit_level": "dj"},
            "codes": {"credit_level": {7: "A", "02": "B", True: "C"}},
        }
    ],
}


def _parse(data: Any, name: str = "tax-service") -> Any:
    text = yaml.safe_dump(data, allow_unicode=True).encode()
    return parse(name, text, SCHEMA, KINDS)


def _with(**changes: Any) -> dict[str, Any]:
    return {**REST, **changes}


def _table(**changes: Any) -> dict[str, Any]:
    return _with(tables=[{**REST["tables"][0], **changes}])


def _database(**table: Any) -> dict[str, Any]:
    base = {"table": "tax/tax_arrears", "columns": {"uscc": "x"}}
    return _with(kind="database", tables=[{**base, **table}])


def _files(**table: Any) -> dict[str, Any]:
    base = {"table": "tax/tax_arrears", "columns": {"uscc": "x"}}
    return _with(kind="files", tables=[{**base, **table}])


def test_a_source_is_read_with_codes_as_text() -> None:
    source = _parse(_with(token_header="X-Token", description="说明"))
    assert (source.name, source.kind, source.schedule) == (
        "tax-service",
        "rest",
        "DAILY",
    )
    assert source.options == {"token_header": "X-Token"}
    table = source.table("tax/a_credit_taxpayers")
    assert table.codes["credit_level"] == {"7": "A", "02": "B", "true": "C"}
    assert table.options == {"path": "/api/v1/a-credit", "items_path": "data.list"}


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(HarvestError, match="tax/gone"):
        _parse(REST).table("tax/gone")


@pytest.mark.parametrize(
    "data",
    [
        _database(**{"from": "scjg.t_ent"}, where="sc_bz = '0'"),
        _database(query="SELECT x FROM y"),
        _database(query="\n  with z as (select 1) select * from z"),
        _files(file="文化/机构*.xlsx", sheet="免费开放"),
        _files(file="*.csv", columns={"year": ""}),
    ],
)
def test_what_the_contract_allows(data: dict[str, Any]) -> None:
    assert _parse(data)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "the file"),
        (_with(kind="ftp"), "kind"),
        (_with(schedule="daily"), "schedule"),
        (_with(connection="http://tax.example"), "connection"),
        (_with(password="x"), "the file"),
        (_with(name="other"), "name"),
        (_with(tables=[]), "tables"),
        (_with(tables=REST["tables"] * 2), "tables[1].table"),
        (_table(path="http://evil.example/"), "tables[0].path"),
        (_table(path="//evil.example/"), "tables[0].path"),
        (_table(path="/a?host=b"), "tables[0].path"),
        (_table(columns={}), "tables[0].columns"),
        (_table(columns={"uscc": None}), "tables[0].columns.uscc"),
        (_table(codes={"year": {"1": "2"}}), "tables[0].codes.year"),
        (_table(codes={"credit_level": "A"}), "tables[0].codes.credit_level"),
        (_database(), "tables[0]"),
        (_database(query="DROP TABLE x"), "tables[0].query"),
        (_database(query="SELECT 1; DROP TABLE x"), "tables[0].query"),
        (_database(**{"from": "x; DROP TABLE y"}), "tables[0].from"),
        (_database(**{"from": "x"}, query="SELECT 1"), "tables[0]"),
        (_database(query="SELECT 1", where="x"), "tables[0]"),
        (_database(**{"from": "x"}, where="1; DROP TABLE x"), "tables[0].where"),
        (_files(file=""), "tables[0].file"),
        (_files(file="*.csv", units={"元": "a"}), "tables[0].units['元']"),
        (_files(file="*.csv", query="SELECT 1"), "tables[0]"),
    ],
)
def test_a_breach_is_named_with_its_place(data: Any, place: str) -> None:
    with pytest.raises(HarvestError) as raised:
        _parse(data)
    assert raised.value.code == "source-invalid"
    assert raised.value.facts["place"] == place


def test_broken_yaml_is_named_with_its_line() -> None:
    with pytest.raises(HarvestError) as raised:
        parse("x", b"name: x\n\ttitle: y", SCHEMA, KINDS)
    assert raised.value.facts["place"] == "line 2"


def test_python_in_yaml_is_not_run() -> None:
    with pytest.raises(HarvestError) as raised:
        parse("x", b"name: !!python/object/apply:os.getpid []", SCHEMA, KINDS)
    assert raised.value.code == "source-invalid"


def test_text_that_is_no_utf8_is_a_breach() -> None:
    with pytest.raises(HarvestError) as raised:
        parse("x", "title: 税务局".encode("gb18030"), SCHEMA, KINDS)
    assert raised.value.code == "source-invalid"


def test_a_folder_of_sources_is_read_anew_each_time(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "source.schema.json").write_text(json.dumps(SCHEMA))
    sources = Sources(str(tmp_path), KINDS)
    assert sources.names() == []
    with pytest.raises(HarvestError) as raised:
        sources.get("../../etc/passwd")
    assert raised.value.code == "source-unknown"
    file = tmp_path / "sources" / "tax-service.yaml"
    file.write_text(yaml.safe_dump(REST, allow_unicode=True), "utf-8")
    assert sources.get("tax-service").title == REST["title"]
    file.write_text(yaml.safe_dump(_with(title="改名"), allow_unicode=True), "utf-8")
    assert sources.get("tax-service").title == "改名"


def test_every_source_of_the_repository_keeps_the_contract() -> None:
    sources = Sources("gpo_harvesters", KINDS)
    for name in sources.names():
        assert sources.get(name).tables
