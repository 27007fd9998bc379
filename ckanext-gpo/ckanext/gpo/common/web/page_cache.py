"""Pages that are the same for everybody, made once: kept in Redis until something changes.

An answer is kept that says itself that anyone may keep it (`Cache-Control: public` with a
`max-age`), and is given to readers who come without a session and without a token. Every
commit of a session that changes a record makes all that is kept out of date, in all processes
of the site. So a page is kept here longer than others may keep it, who do not hear of that; a
change past the session has to call `forget`, or is seen when the time of the page is over.
"""

from __future__ import annotations

import hashlib
import json
import logging
import random
import secrets
import time
import zlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import redis
import sqlalchemy as sa
from sqlalchemy import event
from werkzeug.http import parse_cookie
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis

from ckanext.gpo.common.redis_client import quick_redis

from .rdf import rdf_ending

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from sqlalchemy.orm import ORMExecuteState

log = logging.getLogger(__name__)

MOST_BYTES = 1 << 20
SLOTS = 4_096
"""Pages that are kept at once: who asks for ever new addresses displaces others' pages, and
takes no more of the memory in which the jobs wait."""
FRESH_SECONDS = 600
"""How long a page is given to all readers, give or take a fifth: pages that were made in the
same moment are not all made anew in another one."""
STALE_SECONDS = 600
"""How long it is given to all but one reader from then on, who makes it anew."""
RENEWAL = 10
"""Seconds after which another reader makes a page anew, if the first one has not."""
KINDS = frozenset({"text/html", "application/atom+xml"})
BOOKKEEPING = {
    "user": frozenset({"last_active"}),
    "api_token": frozenset({"last_access"}),
    "dashboard": frozenset({"activity_stream_last_viewed"}),
}
"""Table → attributes that no page shows, and that any request may change."""
COUNTERS: Final = {"info": {"gpo_counters": True}}
"""`__table_args__` of a table of counts: pages may tell them later than all else."""
NOT_KEPT = frozenset(
    {"date", "content-length", "connection", "ratelimit", "ratelimit-policy"}
)
"""Headers that belong to one answer."""

_CHANGED = "gpo_pages_changed"
_KEEP = "gpo.keep"

Page = tuple[list[tuple[str, str]], bytes]
"""Headers and body of a page."""


class State(NamedTuple):
    """As the records stand: `name` is another one after each change, `since` is the moment
    of the last, in seconds."""

    name: str
    since: int


class PageCache:
    """Answers in the place of an application with what it has answered before.

    :param cookies: names of cookies that make a reader somebody
    :param token_header: name of the header of API tokens
    """

    def __init__(
        self, application: WSGIApplication, cookies: Iterable[str], token_header: str
    ) -> None:
        self._application = application
        self._cookies = frozenset(cookies)
        header = token_header.upper().replace("-", "_")
        self._credentials = ("HTTP_AUTHORIZATION", f"HTTP_{header}")

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if not self._is_anonymous(environ):
            return self._application(environ, start_response)
        key = _key(environ)
        generation, page = _read(key)
        if page:
            response = Response(page[1], headers=page[0])
        else:
            status, headers, body = _call(self._application, environ)
            response = Response(body, status, headers)
            if not _may_be_kept(response, environ):
                # as it is: the server may send a file without reading it
                start_response(status, headers)
                return body
            _write(key, generation, response)
        if response.status_code == 200:
            response.make_conditional(environ)
        return response(environ, start_response)

    def _is_anonymous(self, environ: WSGIEnvironment) -> bool:
        return (
            environ["REQUEST_METHOD"] == "GET"
            and not any(environ.get(name) for name in self._credentials)
            # a part of a page, for a script of CKAN's
            and "HTTP_HX_REQUEST" not in environ
            # the same address, but no page
            and not rdf_ending(environ.get("HTTP_ACCEPT", ""))
            and self._cookies.isdisjoint(parse_cookie(environ))
            # an API call is answered in the language of its headers
            and "/api/" not in environ.get("PATH_INFO", "")
        )


def forget() -> None:
    """Make all that is kept out of date."""
    try:
        redis_ = connect_to_redis()
        redis_.incr(_name("generation"))
        redis_.set(_name("changed"), int(time.time()))
    except redis.RedisError as error:
        log.warning("Kept pages may be out of date: %s", error)


def state() -> State | None:
    """As the records stand now; None while nobody can tell."""
    try:
        redis_ = quick_redis()
        # a name of its own for this Redis: one that was emptied counts from the start
        redis_.set(_name("epoch"), secrets.token_hex(8), nx=True)
        redis_.set(_name("changed"), int(time.time()), nx=True)
        names = [_name(part) for part in ("epoch", "generation", "changed")]
        values: list[Any] = redis_.mget(names)
    except redis.RedisError:
        return None
    epoch, generation, changed = ((value or b"0").decode() for value in values)
    return State(f"{epoch}-{generation}", int(changed))


def keep(environ: WSGIEnvironment) -> None:
    """Have the answer to a request kept, though it is no page."""
    environ[_KEEP] = True


def is_to_keep(environ: WSGIEnvironment) -> bool:
    """Whether the view that answered a request has asked for that."""
    return _KEEP in environ


def listen() -> None:
    """Forget all pages after each commit that has changed a record, from here on."""
    for target, name, listener in (
        (model.Session, "after_flush", _note),
        (model.Session, "do_orm_execute", _note_statement),
        (sa.Engine, "after_cursor_execute", _note_rows),
        (model.Session, "after_commit", _follow_up),
    ):
        if not event.contains(target, name, listener):
            event.listen(target, name, listener)


def _note(session: Any, _: Any) -> None:
    if not all(
        _is_counted(sa.inspect(entity).mapper.local_table)
        for entity in (*session.new, *session.deleted)
    ) or not all(map(_is_bookkeeping, session.dirty)):
        session.info[_CHANGED] = True


def _note_statement(state: ORMExecuteState) -> None:
    """Have noted what a statement changes past the records.

    It is not run from here: a fault in it would look like one of ours.
    """
    statement = state.statement
    if isinstance(statement, sa.UpdateBase) and not _is_counted(
        statement.entity_description["table"]
    ):
        state.update_execution_options(**{_CHANGED: state.session.info})


def _note_rows(*event_arguments: Any) -> None:
    _connection, cursor, _statement, _parameters, context, _many = event_arguments
    notes = context.execution_options.get(_CHANGED)
    if notes is not None and cursor.rowcount:  # -1: not known
        notes[_CHANGED] = True


def _is_counted(table: Any) -> bool:
    return "gpo_counters" in getattr(table, "info", {})


def _is_bookkeeping(entity: Any) -> bool:
    """Whether CKAN only notes of a reader's account that somebody was there."""
    state = sa.inspect(entity)
    table = state.mapper.local_table
    if _is_counted(table):
        return True
    noted = BOOKKEEPING.get(table.name, frozenset())
    return all(
        attribute.key in noted
        for attribute in state.attrs
        if attribute.history.has_changes()
    )


def _follow_up(session: Any) -> None:
    if session.info.pop(_CHANGED, None):
        forget()


def _call(
    application: WSGIApplication, environ: WSGIEnvironment
) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    """What an application answers: status, headers and a body that nobody has read."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], object]:
        started.append((status, headers))
        return _refuse

    body = application(environ, start)
    status, headers = started[-1]
    return status, headers, body


def _refuse(data: bytes) -> None:
    """In the place of WSGI's old way to write, which Flask never goes."""
    raise NotImplementedError


def _may_be_kept(response: Response, environ: WSGIEnvironment) -> bool:
    control = response.cache_control
    return (
        response.status_code == 200
        and bool(control.public and control.max_age)
        and (response.mimetype in KINDS or is_to_keep(environ))
        and "Set-Cookie" not in response.headers
        and 0 < (response.content_length or 0) <= MOST_BYTES
    )


def _key(environ: WSGIEnvironment) -> str:
    parts = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    text = "\0".join(str(environ.get(part, "")) for part in (*parts, "HTTP_ORIGIN"))
    return _name(hashlib.sha256(text.encode("latin-1", "replace")).hexdigest())


def _name(text: str) -> str:
    return f"gpo:{tk.config['ckan.site_id']}:page:{text}"


def _read(key: str) -> tuple[str, Page | None]:
    """The generation of the pages that are kept now, and the page if it is of it.

    When its time is over one reader makes it anew, the others get it once more.
    """
    try:
        values: list[Any] = quick_redis().mget(_name("generation"), _slot(key))
    except redis.RedisError:
        return "", None
    generation, packed = values
    current = (generation or b"0").decode()
    if packed is None:
        return current, None
    head, _, body = zlib.decompress(packed).partition(b"\n")
    page_key, page_generation, end, headers = json.loads(head)
    if (page_key, page_generation) != (key, current):
        return current, None
    if end < time.time() and _is_to_renew(key):
        return current, None
    return current, (headers, body)


def _slot(key: str) -> str:
    """Where the page of a key is kept, if it is."""
    return _name(f"slot:{int(key.rpartition(':')[2][:8], 16) % SLOTS}")


def _is_to_renew(key: str) -> bool:
    """Whether this reader is the one who makes a page anew."""
    try:
        return bool(quick_redis().set(f"{key}:renewed", 1, nx=True, ex=RENEWAL))
    except redis.RedisError:
        return True


def _write(key: str, generation: str, response: Response) -> None:
    if not generation:
        return
    headers = [
        (name, value)
        for name, value in response.headers
        if name.lower() not in NOT_KEPT
    ]
    fresh = FRESH_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    head = json.dumps([key, generation, time.time() + fresh, headers]).encode()
    packed = zlib.compress(head + b"\n" + response.get_data(), level=1)
    try:
        quick_redis().set(_slot(key), packed, ex=int(fresh) + STALE_SECONDS)
    except redis.RedisError as error:
        log.warning("A page is not kept: %s", error)
