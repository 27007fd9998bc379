"""From a publication to the mail: each follower once, and nobody who did not confirm."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.common.news import Subject, store, walk
from ckanext.gpo.common.news.model import Entry, Position
from ckanext.gpo.common.notices import sending
from ckanext.gpo.common.notices.model import Notice
from ckanext.gpo.follow import telling
from ckanext.gpo.follow.model import Address, erase_expired, now

from ..conftest import VENUES
from ..quality.versions import take_back
from .conftest import NOON, READER, Clock, Readers, follows, mails


def test_an_address_is_told_once_it_has_confirmed(readers: Readers):
    readers.ask(readers.dataset)
    readers.publish(1, 2)
    assert not mails()

    sending.send_due(30)
    call_action("gpo_follow_address_confirm", token=readers.question())
    readers.publish(1, 2, 3)
    sending.send_due(30)

    assert [mail.state for mail in mails()] == ["sent"]
    question, news = readers.mailbox.mails
    assert readers.mailbox.envelopes[1].rcpt_tos == [READER]
    assert "已发布" in news.get_content()
    assert "List-Unsubscribe" not in question
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_account_is_told_on_the_site_and_by_mail(readers: Readers):
    user = readers.join(readers.dataset)
    readers.publish(1, 2)
    sending.send_due(30)

    (notice,) = readers.notices(user)
    assert notice["kind"] == "follow.news"
    assert "culture" in notice["address"]
    assert readers.mailbox.mails[0]["List-Unsubscribe"]


def test_who_follows_the_dataset_and_its_domain_is_told_once(readers: Readers):
    readers.confirm(readers.dataset, pace="weekly")
    readers.confirm(Subject("domain", "culture"), pace="at-once")
    readers.publish(1, 2)

    (mail,) = mails()
    assert mail.next_attempt == NOON  # the soonest of both


@pytest.mark.parametrize(
    ("pace", "days", "hour"), [("daily", 1, 0), ("weekly", 5, 0), ("at-once", 0, 4)]
)
def test_mails_come_at_the_pace_that_was_chosen(
    readers: Readers, outbox_time: Clock, pace: str, days: int, hour: int
):
    readers.confirm(readers.dataset, pace=pace)
    readers.publish(1, 2)

    (mail,) = mails()
    expected = (NOON + timedelta(days=days)).replace(hour=hour)  # 8 o'clock in China
    assert mail.next_attempt == expected


def test_a_digest_tells_many_news_in_one_mail(readers: Readers, outbox_time: Clock):
    readers.confirm(readers.dataset, pace="daily")
    readers.publish(1, 2)
    readers.publish(1, 2, 3)
    sending.send_due(30)
    assert len(readers.mailbox.mails) == 1  # the question

    outbox_time.moment += timedelta(days=1)
    sending.send_due(30)
    digest = readers.mailbox.mails[-1].get_content()
    assert len(readers.mailbox.mails) == 2
    assert "版本2" in digest
    assert "版本3" in digest


def test_an_account_may_choose_no_mails(readers: Readers):
    user = readers.join(readers.dataset, pace="site")
    readers.publish(1, 2)

    assert not mails()
    assert len(readers.notices(user)) == 1


def test_what_was_withdrawn_before_the_mail_is_told_as_withdrawn_only(
    readers: Readers, outbox_time: Clock
):
    readers.confirm(readers.dataset, pace="daily")
    version = readers.publish(1, 2)
    take_back(version)
    walk.walk(30)
    outbox_time.moment += timedelta(days=1)
    sending.send_due(30)

    mail = readers.mailbox.mails[-1].get_content()
    assert "已撤下" in mail
    assert "已发布" not in mail


def test_of_what_is_hidden_nothing_is_told_any_more(
    readers: Readers, outbox_time: Clock
):
    user = readers.join(readers.dataset, pace="daily")
    readers.publish(1, 2)
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", site, id=readers.dataset.key, private=True)
    outbox_time.moment += timedelta(days=1)
    sending.send_due(30)

    assert not readers.mailbox.mails
    assert not mails()
    (notice,) = readers.notices(user)
    assert "场馆" not in str(notice)
    (follow,) = call_action("gpo_follow_list", {"user": user["name"]})["results"]
    assert follow["address"] == ""
    assert "场馆" not in follow["title"]


def test_a_closed_account_is_told_nothing_and_forgotten(readers: Readers):
    user = readers.join(readers.dataset)
    model.User.get(user["id"]).state = model.State.DELETED
    model.Session.commit()
    readers.publish(1, 2)
    assert not mails()

    erase_expired(now())
    assert not follows()


def test_an_address_that_nobody_confirms_is_erased(readers: Readers):
    readers.ask(readers.dataset)
    erase_expired(now() + timedelta(hours=47))
    assert model.Session.query(Address).count() == 1
    erase_expired(now() + timedelta(hours=49))

    assert not follows()
    assert model.Session.query(Address).count() == 0


def test_no_address_stands_anywhere_in_the_clear(readers: Readers):
    readers.confirm(readers.dataset)
    readers.publish(1, 2)

    for table in model.meta.metadata.tables.values():
        if table.name.startswith("gpo_"):
            rows = model.Session.execute(table.select()).all()
            assert READER.partition("@")[0] not in str(rows), table.name


def test_a_walk_that_is_cut_off_tells_nobody_twice_and_nobody_less(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
):
    readers.confirm(readers.dataset)
    readers.join(readers.dataset)
    tell = telling.notices.notify_all

    def cut_off(*args, **kwargs):
        tell(*args, **kwargs)
        raise SystemExit  # the worker is told to end, with the transaction open

    with monkeypatch.context() as patch:
        patch.setattr(telling.notices, "notify_all", cut_off)
        with pytest.raises(SystemExit):
            readers.publish(1, 2)
        model.Session.rollback()
    assert not mails()
    walk.walk(30)
    walk.walk(30)

    assert len(mails()) == 2


def test_a_lost_position_tells_nobody_again(readers: Readers):
    readers.confirm(readers.dataset)
    readers.publish(1, 2)
    model.Session.query(Position).delete()
    model.Session.commit()
    walk.walk(30)

    assert len(mails()) == 1
    assert model.Session.query(Entry).count() == 2


def test_many_followers_are_told_in_few_statements(readers: Readers):
    from ..test_statements import counted

    readers.confirm(readers.dataset)
    with counted() as few:
        readers.publish(1, 2)
    for number in range(30):
        readers.confirm(readers.dataset, f"r{number}@example.org")
    with counted() as many:
        readers.publish(1, 2, 3)

    assert len(mails()) == 32
    assert len(many) <= len(few) + 5


def test_the_feed_holds_what_was_told(readers: Readers):
    readers.publish(1, 2)

    titles = [news.facts["number"] for news in store.latest(readers.dataset, 9)]
    assert titles == [2, 1]
    assert store.latest(readers.dataset, 1)[0].facts["table"] == VENUES
    assert not model.Session.query(Notice).count()
