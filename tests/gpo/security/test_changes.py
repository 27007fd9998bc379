"""No GET changes anything, whoever asks.

Every address that answers to GET is asked for, by nobody and by a sysadmin, with the names
of things that are there; the database and the queues are compared before and after.
"""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

from ckanext.gpo.security.changes import ENDPOINTS

from ..conftest import Gate
from .walk import pages, rules
from .world import PUBLIC, Hidden, build

BOOKKEEPING = {
    "user.last_active": "CKAN notes when an account was last seen, with any request",
    "dashboard": "the account's own mark of what it has read on its dashboard",
    "gpo_dataapi_download": "downloads are counted",
    "gpo_search_missed_query": "words that no search answered are counted",
}
"""What a GET may write: how the site is used, and nothing that anyone can see change."""


@pytest.fixture
def things(gate: Gate) -> list[Hidden]:
    return [*build(gate), Hidden("public", list(PUBLIC))]


@pytest.mark.parametrize("account", [None, "sysadmin"])
def test_a_get_changes_nothing(app: Any, things: list[Hidden], account: str | None):
    headers = {}
    if account:
        headers["Authorization"] = factories.SysadminWithToken()["token"]
    before = _state()
    changed = {}
    for rule in rules(app):
        for thing in things:
            for address, params in pages(rule, thing):
                app.get(
                    address,
                    query_string=params,
                    headers=headers,
                    follow_redirects=False,
                )
        after = _state()
        if after != before:
            changed[rule.rule] = sorted(
                key for key in before | after if before.get(key) != after.get(key)
            )
        before = after
    assert changed == {}


@pytest.mark.usefixtures("with_plugins")
def test_what_changes_something_is_there_for_post(app: Any):
    """An endpoint that is gone or renamed would no longer be held."""
    methods = {
        rule.endpoint: rule.methods for rule in app.flask_app.url_map.iter_rules()
    }
    assert {name: methods.get(name) for name in ENDPOINTS} == dict.fromkeys(
        ENDPOINTS, {"POST", "OPTIONS"}
    )


def _state() -> dict[str, str]:
    """A hash of every table's rows, and of every key in Redis."""
    model.Session.remove()
    redis = connect_to_redis()
    found = {key.decode(): str(hash(redis.dump(key))) for key in redis.scan_iter()}
    for url in (tk.config["sqlalchemy.url"], tk.config["ckan.datastore.write_url"]):
        found |= _tables(sa.create_engine(url, poolclass=sa.NullPool))
    return found


def _tables(engine: sa.Engine) -> dict[str, str]:
    inspector = sa.inspect(engine)
    parts = []
    for table in inspector.get_table_names():
        if table in BOOKKEEPING:
            continue
        columns = ", ".join(
            f't."{column["name"]}"::text'
            for column in inspector.get_columns(table)
            if f"{table}.{column['name']}" not in BOOKKEEPING
        )
        parts.append(
            f"SELECT '{table}', count(*) || coalesce(md5(string_agg("
            f"md5(concat_ws('|', {columns})), '' ORDER BY md5(concat_ws('|', {columns}))"
            f")), '') FROM \"{table}\" t"
        )
    with engine.connect() as connection:
        return dict(connection.execute(sa.text(" UNION ALL ".join(parts))).all())
