"""`python -m gpo_samples`."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from click.testing import CliRunner

from gpo_samples import sfj
from gpo_samples.__main__ import main
from gpo_samples.systems import CORRECTABLE, service


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def ask(url: str, statement: str) -> list[tuple]:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_load_again_ends_with_the_same_content(business_url: str) -> None:
    content = "SELECT count(*), sum(hashtext(x::text)::bigint) FROM scjg.t_spjyxk AS x"
    before = ask(business_url, content)
    code, output = run("load", "--only", "db", "--database-url", business_url)
    assert code == 0
    assert "scjg.t_spjyxk" in output
    assert ask(business_url, content) == before


def test_database_has_deleted_records_and_comments(business_url: str) -> None:
    deleted, live = ask(
        business_url,
        "SELECT count(*) FILTER (WHERE scbz = '1'), count(*) FILTER (WHERE scbz = '0')"
        " FROM scjg.t_scztdj",
    )[0]
    assert deleted > 500
    assert live >= 52_000
    comments = ask(
        business_url,
        "SELECT obj_description('zjj.t_sgxk'::regclass),"
        " col_description('zjj.t_sgxk'::regclass, 2)",
    )
    assert comments == [("建筑工程施工许可（示例数据）", "施工许可证编号")]


def test_load_says_what_is_missing() -> None:
    code, output = run("load", "--folder", "/tmp")
    assert code == 2
    assert "--database-url is missing" in output
    code, output = run("load", "--only", "files")
    assert code == 2
    assert "--folder is missing" in output


def test_load_says_what_the_database_said() -> None:
    code, output = run(
        "load", "--only", "db", "--database-url", "postgresql://nobody@127.0.0.1:1/x"
    )
    assert code == 1
    assert "The database says" in output
    assert "Traceback" not in output


@pytest.mark.parametrize("name", sorted(CORRECTABLE))
def test_mend_rewrites_one_export(name: str, tmp_path: Path) -> None:
    assert run("load", "--only", "files", "--folder", str(tmp_path))[0] == 0
    path = tmp_path / CORRECTABLE[name].path
    faulty = path.read_bytes()
    others = {p: p.read_bytes() for p in tmp_path.rglob("*.*") if p != path}
    code, output = run("mend", "--folder", str(tmp_path), name)
    assert code == 0
    assert output.strip() == str(path)
    assert path.read_bytes() != faulty
    assert others == {p: p.read_bytes() for p in tmp_path.rglob("*.*") if p != path}


def test_mend_knows_its_tables(tmp_path: Path) -> None:
    code, output = run("mend", "--folder", str(tmp_path), "market_entities")
    assert code == 2
    assert "plan_publicity" in output


def test_running_service_answers_with_mended_fees(tmp_path: Path) -> None:
    app = service("t", tmp_path)
    fees = app._tables["/legal/api/v1/notary-fees"]
    assert callable(fees)
    assert fees() == sfj.NOTARY_FEES.faulty()
    run("mend", "--folder", str(tmp_path), "notary_fees")
    assert fees() == json.loads(json.dumps(sfj.NOTARY_FEES.good()))


def test_port_and_token_are_needed() -> None:
    assert "GPO_SAMPLES_TOKEN" not in os.environ
    assert run("serve", "--port", "1")[0] == 2
