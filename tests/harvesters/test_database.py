"""A business database read in earnest: PostgreSQL, a schema of a department."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from ckanext.gpo.harvest.failures import HarvestError

from gpo_harvesters.database import DatabaseHarvester, statement

from .conftest import Connect, MakeSource, Options

COLUMNS = {"notice_number": "GGBH", "taxpayer_name": "nsrmc", "arrears_balance": "qsye"}


@pytest.fixture
def business(connect: Connect) -> Iterator[sa.Connection]:
    """A schema `hv_swj` in the tests' business database."""
    url = os.environ["GPO_TEST_DATABASE_URL"]
    connect(url)
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(
            """
            DROP SCHEMA IF EXISTS hv_swj CASCADE;
            CREATE SCHEMA hv_swj;
            CREATE TABLE hv_swj.t_qsgg (
                "GGBH" text, nsrmc text, qsye numeric(12, 2), ggrq date,
                gxsj timestamptz, sc_bz char(1)
            );
            INSERT INTO hv_swj.t_qsgg VALUES
                ('QS2', '示例二公司', 86500.25, '2026-04-20', '2026-04-20 08:00+08', '0'),
                ('QS1', '示例一公司', NULL, NULL, NULL, '0'),
                ('QS3', '示例已删公司', 1, '2026-04-20', now(), '1');
            """
        )
        yield connection
        connection.exec_driver_sql("DROP SCHEMA hv_swj CASCADE")
    engine.dispose()


def _rows(source: Any, table: Any) -> list[list[Any]]:
    extract = DatabaseHarvester().extract(source, table)
    return [list(cells) for number, cells in extract.rows if number == 0]


def _failure(source: Any, table: Any) -> HarvestError:
    with pytest.raises(HarvestError) as raised:
        _rows(source, table)
    return raised.value


@pytest.mark.usefixtures("business")
class TestRead:
    def test_a_table_without_its_deleted_rows_ordered_by_the_key(
        self, make_source: MakeSource
    ) -> None:
        source, table = make_source(
            "database",
            {**COLUMNS, "notice_date": "ggrq"},
            **{"from": "hv_swj.t_qsgg", "where": "sc_bz = '0' -- 未删除"},
        )
        assert _rows(source, table) == [
            ["QS1", "示例一公司", None, None],
            ["QS2", "示例二公司", Decimal("86500.25"), date(2026, 4, 20)],
        ]

    def test_a_query_with_percent_signs_and_casts(
        self, make_source: MakeSource
    ) -> None:
        source, table = make_source(
            "database",
            {"notice_number": "bh", "notice_date": "t"},
            query="""SELECT "GGBH" AS bh, gxsj AS t, '08:30'::time FROM hv_swj.t_qsgg
                     WHERE nsrmc LIKE '%二%'""",
        )
        [[number, moment]] = _rows(source, table)
        assert number == "QS2"
        assert moment == datetime.fromisoformat("2026-04-20T08:00:00+08:00")

    def test_many_rows_come_through_a_cursor_and_the_connection_is_closed(
        self, make_source: MakeSource, business: sa.Connection
    ) -> None:
        source, table = make_source(
            "database",
            {"notice_number": "n"},
            query="SELECT n FROM generate_series(1, 50000) n",
        )
        extract = DatabaseHarvester().extract(source, table)
        assert [next(extract.rows)[1] for _ in range(3)] == [[1], [2], [3]]
        seen = "SELECT state, query FROM pg_stat_activity WHERE application_name = 'gpo_harvest'"
        [(state, query)] = business.exec_driver_sql(seen).all()
        assert state == "idle in transaction"
        assert "FETCH" in query
        extract.rows.close()
        # The server takes a moment to let a closed connection go.
        gone = (
            business.exec_driver_sql(f"{seen} AND pg_sleep(0.02) IS NOT NULL").all()
            for _ in range(500)
        )
        assert any(rows == [] for rows in gone)

    def test_an_empty_table_gives_no_rows(self, make_source: MakeSource) -> None:
        source, table = make_source(
            "database", COLUMNS, **{"from": "hv_swj.t_qsgg", "where": "false"}
        )
        assert _rows(source, table) == []


@pytest.mark.usefixtures("business")
class TestRefused:
    def test_a_missing_column_is_named_with_those_that_are_there(
        self, make_source: MakeSource
    ) -> None:
        source, table = make_source(
            "database", {"notice_number": "ggbh"}, **{"from": "hv_swj.t_qsgg"}
        )
        failure = _failure(source, table)
        assert failure.code == "source-column-missing"
        assert failure.facts["columns"] == "ggbh"
        assert failure.facts["found"] == "GGBH、nsrmc、qsye、ggrq、gxsj、sc_bz"

    def test_a_missing_column_of_a_query(self, make_source: MakeSource) -> None:
        source, table = make_source(
            "database", {"notice_number": "x"}, query="SELECT 1 AS y"
        )
        assert _failure(source, table).code == "source-column-missing"

    def test_a_table_that_is_gone(self, make_source: MakeSource) -> None:
        source, table = make_source("database", COLUMNS, **{"from": "hv_swj.t_gone"})
        failure = _failure(source, table)
        assert failure.code == "source-query-failed"
        assert "hv_swj.t_gone" in failure.message

    def test_nothing_can_be_written(
        self, make_source: MakeSource, business: sa.Connection
    ) -> None:
        source, table = make_source(
            "database",
            {"notice_number": "GGBH"},
            query="""WITH gone AS (DELETE FROM hv_swj.t_qsgg RETURNING "GGBH")
                     SELECT "GGBH" FROM gone""",
        )
        assert _failure(source, table).code == "source-query-failed"
        function = "SELECT setval('hv_swj.s', 5) AS \"GGBH\""
        business.exec_driver_sql("CREATE SEQUENCE hv_swj.s")
        source, table = make_source(
            "database", {"notice_number": "GGBH"}, query=function
        )
        assert "read-only transaction" in _failure(source, table).message
        rows = business.exec_driver_sql("SELECT count(*) FROM hv_swj.t_qsgg").scalar()
        assert rows == 3

    def test_a_query_that_takes_too_long(
        self, make_source: MakeSource, options: Options
    ) -> None:
        options(table_timeout=1)
        source, table = make_source(
            "database", {"notice_number": "x"}, query="SELECT pg_sleep(30) AS x"
        )
        assert _failure(source, table).code == "source-too-slow"

    def test_a_connection_that_breaks_off(
        self, make_source: MakeSource, business: sa.Connection
    ) -> None:
        source, table = make_source(
            "database",
            {"notice_number": "n"},
            query="SELECT n FROM generate_series(1, 50000) n",
        )
        rows = DatabaseHarvester().extract(source, table).rows
        next(rows)
        business.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'gpo_harvest'"
        )
        with pytest.raises(HarvestError) as raised:
            list(rows)
        assert raised.value.code in ("source-unreachable", "source-query-failed")


class TestConnection:
    @pytest.mark.parametrize(
        ("address", "code"),
        [
            (None, "source-connection-missing"),
            ("  ", "source-connection-missing"),
            ("mysql://u:geheim@127.0.0.1/x", "source-connection-missing"),
            ("geheim", "source-connection-missing"),
            ("postgresql://u:geheim@127.0.0.1:1/x", "source-unreachable"),
            ("postgresql://u:geheim@no.such.host.invalid/x", "source-unreachable"),
        ],
    )
    def test_an_address_that_does_not_work_is_never_quoted(
        self,
        address: str | None,
        code: str,
        make_source: MakeSource,
        connect: Connect,
    ) -> None:
        connect(address)
        failure = _failure(*make_source("database", COLUMNS, query="SELECT 1"))
        assert failure.code == code
        assert "geheim" not in str(failure)
        assert "127.0.0.1" not in str(failure)

    def test_a_refused_login(self, make_source: MakeSource, connect: Connect) -> None:
        url = sa.make_url(os.environ["GPO_TEST_DATABASE_URL"])
        address = url.set(database="hv_no_such_database").render_as_string(
            hide_password=False
        )
        connect(address)
        failure = _failure(*make_source("database", COLUMNS, query="SELECT 1"))
        assert failure.code == "source-token-wrong"
        assert "hv_no_such_database" in failure.message


def test_a_condition_with_a_comment_does_not_swallow_the_order(
    make_source: MakeSource,
) -> None:
    _, table = make_source(
        "database", COLUMNS, **{"from": "s.t", "where": "a = 'b' -- c"}
    )
    assert statement(table, ["GGBH"]) == (
        'SELECT "GGBH" FROM "s"."t" WHERE (a = \'b\' -- c\n) ORDER BY "GGBH"'
    )
