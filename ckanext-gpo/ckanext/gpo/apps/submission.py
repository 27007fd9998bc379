"""What must hold before a registration is submitted: the last look of the machine."""

from __future__ import annotations

import logging

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.links import LinkError

from . import config, links, lookup
from .material import TEXTS, ForbiddenWords, forbidden_words, missing_fields
from .model import App

log = logging.getLogger(__name__)


def missing(app: App) -> list[str]:
    """The fields without which it cannot be submitted."""
    return [*missing_fields(app.content)]


def hold_content(app: App) -> None:
    """Everything is there, nothing is forbidden, and what it uses is still public.

    :raises ValidationError: field → what is wrong with it
    """
    errors = {name: [_missing_words(name)] for name in missing(app)}
    words = _forbidden_words()
    purposes = [use["purpose"] for use in app.content.get("datasets", [])]
    texts = {name: app.content.get(name, "") for name in TEXTS}
    for name, text in {**texts, "purpose": " ".join(purposes)}.items():
        if matches := words.matches(text):
            message = tk._("This may not be said here: {words}")
            joined = tk._(", ").join(matches)
            errors.setdefault(name, []).append(message.format(words=joined))
    ids = [use["id"] for use in app.content.get("datasets", [])]
    if len(lookup.public_datasets(ids)) < len(ids):
        message = tk._("A dataset is no longer public: take it out")
        errors.setdefault("datasets", []).append(message)
    if errors:
        raise tk.ValidationError(dict(errors))


def _forbidden_words() -> ForbiddenWords:
    """The words of the platform and of its administrator.

    :raises ValidationError: the administrator's file cannot be read; without it nothing
        is submitted that it might forbid
    """
    path = config.forbidden_words()
    try:
        return forbidden_words(path)
    except (OSError, UnicodeDecodeError) as err:
        log.exception("ckanext.gpo.apps.forbidden_words: %s cannot be read", path)
        message = tk._(
            "Nothing can be submitted for now: the list of forbidden words cannot be"
            " read. What you have entered is kept; the administrator finds the reason in"
            " the log."
        )
        raise tk.ValidationError({"message": [message]}) from err


def hold_link(link: str) -> None:
    """The link answers, and does not lead into a private network.

    :raises ValidationError: on `link`
    """
    if not link:
        return
    try:
        links.probe(link, private_allowed=config.private_links())
    except LinkError as err:
        raise tk.ValidationError(
            {"link": [link_words(err.code)], "code": [err.code]}
        ) from err


def link_words(code: str) -> str:
    """What is wrong with a link, and how to mend it."""
    return {
        "link-malformed": tk._("A link begins with https:// and names a public host"),
        "link-unresolved": tk._(
            "The host of this link is not known: check its spelling"
        ),
        "link-private": tk._("This link leads to an address that is not public"),
        "link-redirects": tk._("This link leads on too often"),
        "link-status": tk._("The page behind this link answers with an error"),
        "link-certificate": tk._("The certificate of this host is not valid"),
    }.get(code, tk._("Nothing answers at this link: check that it is reachable"))


def _missing_words(name: str) -> str:
    return {
        "link": tk._("A link or a file is needed, but for an idea"),
        "privacy": tk._("Say what becomes of the personal data of its users"),
        "datasets": tk._("Pick at least one dataset that it uses"),
        "purpose": tk._("Say of each dataset how it is used"),
    }.get(name, tk._("Missing value"))
