"""How long an answer may be kept, and by whom.

What is public is the same for everybody: proxies and browsers may keep it for a minute,
and show it for another while they fetch it anew, so that what is withdrawn is gone after
two. The site itself keeps what it answered (`common/web/page_cache`) until a record
changes. What a reader with an account sees is kept by nobody.

CKAN says its own word after all other functions have seen an answer. So ours is put where
it runs last of them.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, request, session

import ckan.plugins.toolkit as tk
from ckan.types import Response

from ckanext.gpo.common.web import page_cache
from ckanext.gpo.common.web.page_cache import PageCache
from ckanext.gpo.portal import config

FRESH_SECONDS = 60
STALE_SECONDS = 60
HASHED_BYTES = 1 << 20
"""Up to this length an answer is hashed, so that a reader who has it gets it told."""


def install(app: Any) -> None:
    """Mark all answers of an application; before the first request."""
    # Flask calls these functions from the last to the first.
    app.after_request_funcs.setdefault(None, []).insert(0, mark)
    if config.page_cache():
        cookies = (
            app.config["SESSION_COOKIE_NAME"],
            app.config.get("REMEMBER_COOKIE_NAME", "remember_token"),
        )
        token_header = tk.config["apitoken_header_name"]
        app.wsgi_app = PageCache(app.wsgi_app, cookies, token_header)


def mark(response: Response) -> Response:
    """Say in an answer who may keep it; what a view has said itself stays."""
    control = response.cache_control
    if tk.current_user.is_authenticated:
        control.public = False
        control.private = control.no_store = True
        return response
    if page_cache.is_to_keep(request.environ):
        control.must_revalidate = False  # CKAN's word for all that is no page
    elif control.no_cache or control.no_store or control.max_age is not None:
        return response
    if not _is_public(response):
        return response
    control.private = None
    control.public = True
    control.max_age = FRESH_SECONDS
    control.stale_while_revalidate = STALE_SECONDS
    # An API token is a reader too.
    response.vary.update(("Cookie", "Authorization"))
    if response.is_sequence and (response.content_length or 0) <= HASHED_BYTES:
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response


def _is_public(response: Response) -> bool:
    """Whether it was read by somebody without an account, and holds nothing of theirs."""
    cookie = current_app.config["SESSION_COOKIE_NAME"]
    return (
        request.method in ("GET", "HEAD")
        and response.status_code in (200, 304)
        and cookie not in request.cookies
        and not session.modified
        and "Set-Cookie" not in response.headers
    )
