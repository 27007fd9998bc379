"""A mail is composed: to whom it goes, what it says, and how it is known.

In the language of the present request, which is the reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit
from uuid import UUID, uuid5

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from . import letters
from .interface import Correspondent, find_correspondents, find_kind
from .letters import Letter
from .model import Notice
from .wording import Memory

_NAMESPACE = UUID("6f1c2a34-5d7e-4b8a-9c10-2e3f4a5b6c7d")


def find_people(recipients: Iterable[str]) -> dict[str, Correspondent]:
    """Whom a mail can reach, by their ids: accounts that are active, and correspondents."""
    ids = {*recipients}
    accounts = list(
        model.Session.scalars(sa.select(model.User).where(model.User.id.in_(ids)))
    )
    settings = tk.url_for("gpo_notices.index", qualified=True)
    return find_correspondents(ids - {account.id for account in accounts}) | {
        account.id: Correspondent(account.display_name, account.email, settings)
        for account in accounts
        if account.is_active and account.email
    }


def compose(
    notices: Sequence[Notice], person: Correspondent, memory: Memory
) -> tuple[Letter, dict[str, str]]:
    """The mail that tells these notices, and the headers that go with it."""
    paragraphs = [words for notice in notices if (words := memory.paragraph(notice))]
    title = tk.h.gpo_common_title()
    letter = letters.compose(paragraphs, title, person.settings, tk._)
    return letter, {"Message-ID": _message_id(notices), **_stop_headers(notices)}


def _stop_headers(notices: Iterable[Notice]) -> dict[str, str]:
    """What lets a mail program end notices by one click (RFC 8058), where they end."""
    for notice in notices:
        kind = find_kind(notice.kind)
        if kind and (address := kind.stop(notice.recipient)):
            return {
                "List-Unsubscribe": f"<{address}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
    return {}


def _message_id(notices: Iterable[Notice]) -> str:
    identity = uuid5(_NAMESPACE, " ".join(sorted(notice.id for notice in notices)))
    return f"<{identity}@{urlsplit(tk.config['ckan.site_url']).hostname}>"
