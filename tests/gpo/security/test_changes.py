"""No GET changes anything, whoever asks.

Every address that answers to GET is asked for, by nobody and by a sysadmin, with the names
of things that are there; the database and the queues are compared before and after.
"""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

from ckanext.gpo.search.adapter import patch
from ckanext.gpo.security.changes import ENDPOINTS

from ..conftest import Gate
from .walk import pages, rules
from .world import PUBLIC, Hidden, build

BOOKKEEPING = {
    "user.last_active": "CKAN notes when an account was last seen, with any request",
    "api_token.last_access": "CKAN notes when a token was last used",
    "dashboard": "the account's own mark of what it has read on its dashboard",
    "gpo_dataapi_usage": "views, downloads and calls are counted",
    "gpo_dataapi_key_usage": "what is done with a token is counted",
    "gpo_search_zero_result_query": "words that no search answered are counted",
}
"""What a GET may write: how the site is used, and nothing that anyone can see change."""


UNHELD = (b":usage:counted", b":page:epoch")
"""Keys of Redis: what `gpo_dataapi_usage` will hold, and a name for what is kept of pages."""


def test_a_get_changes_nothing(app: Any, gate: Gate):
    source = next(thing for thing in build(gate) if thing.kind.endswith("harvest"))
    names = [*PUBLIC[:2], source.names[-1]]
    sysadmin = {"Authorization": factories.SysadminWithToken()["token"]}
    # As on any site: of one that was never filled a search tells the workers each minute.
    patch.embedded().engine.index.declare_filled()
    statement = _statement()
    before = _state(statement)
    changed = {}
    for rule in rules(app):
        for name in names:
            for address, params in pages(rule, Hidden("there", [name])):
                for headers in ({}, sysadmin):
                    _get(app, address, params, headers)
        after = _state(statement)
        if after != before:
            changed[rule.rule] = sorted(
                key for key in before | after if before.get(key) != after.get(key)
            )
        before = after
    assert changed == {}


def _get(app: Any, address: str, params: dict[str, str], headers: Any) -> None:
    """Ask for a page; what a view raises leaves as much behind as what it answers."""
    try:
        app.get(address, query_string=params, headers=headers, follow_redirects=False)
    except Exception:  # noqa: BLE001 - another test holds that no view does
        model.Session.rollback()


@pytest.mark.usefixtures("with_plugins")
def test_what_changes_something_is_there_for_post(app: Any):
    """An endpoint that is gone or renamed would no longer be held."""
    methods = {
        rule.endpoint: rule.methods for rule in app.flask_app.url_map.iter_rules()
    }
    assert {name: methods.get(name) for name in ENDPOINTS} == dict.fromkeys(
        ENDPOINTS, {"POST", "OPTIONS"}
    )


def _state(statement: sa.TextClause) -> dict[str, str]:
    """A hash of every table's rows, and every key of Redis that lasts."""
    model.Session.remove()
    redis = connect_to_redis()
    # what has a time to live goes by itself, as the results of a worker do
    lasting = [
        key
        for key in redis.scan_iter()
        if redis.ttl(key) == -1 and not key.endswith(UNHELD)
    ]
    keys = {key.decode(): str(redis.dump(key)) for key in lasting}
    with model.meta.engine.connect() as connection:
        return keys | dict(connection.execute(statement).all())


def _statement() -> sa.TextClause:
    inspector = sa.inspect(model.meta.engine)
    parts = []
    for table in inspector.get_table_names():
        if table in BOOKKEEPING:
            continue
        columns = ", ".join(
            f't."{column["name"]}"::text'
            for column in inspector.get_columns(table)
            if f"{table}.{column['name']}" not in BOOKKEEPING
        )
        line = f"md5(concat_ws('|', {columns}))"
        parts.append(
            f"SELECT '{table}', md5(string_agg({line}, '' ORDER BY {line}))"
            f' FROM "{table}" t'
        )
    return sa.text(" UNION ALL ".join(parts))
