"""News reach who follows them: each follower once, at the soonest pace that was chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common import notices
from ckanext.gpo.common.news import News, is_tellable, store
from ckanext.gpo.common.notices import Correspondent, Recipient

from . import addresses, config, letters, matches, rows
from .model import Address, Follow
from .pace import mail_pace, soonest
from .tokens import Purpose


def read_news(news: Sequence[News]) -> None:
    """Notify all followers, in the session's transaction; `INewsReader`.

    What follows from the news for codes and saved searches is news as well.
    """
    for each in news:
        _tell(each)
        for more in (*rows.news_of_codes(each), *matches.news_of_searches(each)):
            if is_tellable(more) and store.save(more):
                _tell(more)


def _tell(news: News) -> None:
    paces: dict[bool, dict[str, list[str]]] = {
        True: defaultdict(list),
        False: defaultdict(list),
    }
    followers = Follow.followers(news.subjects)
    columns = (Follow.recipient, Follow.has_account, Follow.pace)
    for recipient, has_account, pace in model.Session.execute(
        followers.with_only_columns(*columns)
    ):
        paces[has_account][recipient].append(pace)
    recipients = [*_accounts(paces[True]), *_addresses(paces[False])]
    notices.notify_all(
        letters.NEWS,
        recipients,
        subject=news.subject.key,
        reference=news.reference,
        facts=letters.news_facts(news),
    )


def _accounts(paces: dict[str, list[str]]) -> list[Recipient]:
    accounts = model.Session.scalars(
        sa.select(model.User).where(
            model.User.id.in_(paces), model.User.state == model.State.ACTIVE
        )
    )
    chosen_paces = {id_: mail_pace(soonest(each)) for id_, each in paces.items()}
    return notices.account_recipients(accounts, chosen_paces)


def _addresses(paces: dict[str, list[str]]) -> list[Recipient]:
    languages = sa.select(Address.id, Address.language).where(Address.id.in_(paces))
    return [
        Recipient(id_, language, mail_pace(soonest(paces[id_])), has_page=False)
        for id_, language in model.Session.execute(languages)
    ]


def find_correspondents(ids: Collection[str]) -> dict[str, Correspondent]:
    """The owners of addresses; `ICorrespondents`."""
    secrets = sa.select(Address.id, Address.secret).where(Address.id.in_(ids))
    key = config.secret_key()
    return {
        id_: Correspondent("", address, _settings(id_))
        for id_, secret in model.Session.execute(secrets)
        if (address := addresses.decrypt(secret, key))
    }


def _settings(id_: str) -> str:
    page = letters.link(Purpose.MANAGE, id_)
    return tk.url_for(page.endpoint, **page.arguments, qualified=True)
