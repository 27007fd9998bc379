"""The pages: what mails lead to changes nothing by being opened, and forms are guarded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.news import Subject, walk
from ckanext.gpo.common.notices import sending
from ckanext.gpo.follow.model import Address, Follow

from ..quality.versions import take_back
from .conftest import READER, Readers, follows, mails


def _path(link: str) -> str:
    return urlsplit(link).path


def _page(subject: Subject) -> str:
    return f"/follow/{subject.kind}/{quote(subject.key)}"


def _link(readers: Readers, purpose: str) -> str:
    return next(_path(link) for link in readers.links() if f"/{purpose}/" in link)


@pytest.fixture
def told(readers: Readers) -> Readers:
    """An address that follows the venues and was told."""
    readers.confirm(readers.dataset)
    readers.publish(1, 2)
    sending.send_due(30)
    return readers


def test_opening_a_link_changes_nothing(app: Any, readers: Readers):
    readers.ask(readers.dataset)
    sending.send_due(30)
    confirm = _link(readers, "confirm")
    for _ in range(2):
        assert app.get(confirm).status_code == 200
    (follow,) = follows()
    assert follow.confirmed is None

    app.post(confirm)
    readers.publish(1, 2)
    sending.send_due(30)
    stop = readers.mailbox.mails[-1]["List-Unsubscribe"].strip("<>")
    assert app.get(_path(stop)).status_code == 200
    assert len(follows()) == 1


def test_one_click_ends_all_and_erases_the_address(app: Any, told: Readers):
    stop = _path(told.mailbox.mails[-1]["List-Unsubscribe"].strip("<>"))
    told.publish(1, 2, 3)  # a mail that waits
    for _ in range(2):  # the second changes nothing
        answer = app.post(stop, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200

    assert not follows()
    assert not mails()
    assert model.Session.query(Address).count() == 0
    sending.send_due(30)
    assert len(told.mailbox.mails) == 2


def test_one_click_leaves_an_account_its_notices(app: Any, readers: Readers):
    user = readers.join(readers.dataset)
    readers.publish(1, 2)
    sending.send_due(30)
    app.post(_path(readers.mailbox.mails[-1]["List-Unsubscribe"].strip("<>")))
    readers.publish(1, 2, 3)

    assert len(mails()) == 1
    assert len(readers.notices(user)) == 2


@pytest.mark.parametrize("purpose", ["confirm", "stop", "mine"])
@pytest.mark.parametrize("token", ["x", "a.b", "a" * 5000, "Ii4u.x", "你好"])
def test_a_forged_link_is_refused(app: Any, gate: Any, purpose: str, token: str):
    address = f"/follow/{purpose}/{token}"
    assert app.get(address).status_code == 410
    form = {"id": "x", "pace": "none"}
    assert app.post(address, data=form).status_code == 410


def test_the_link_of_one_purpose_is_good_for_no_other(app: Any, told: Readers):
    manage = _link(told, "mine").rpartition("/")[2]
    assert app.get(f"/follow/mine/{manage}").status_code == 200
    assert app.post(f"/follow/stop/{manage}").status_code == 410
    assert app.get(f"/follow/confirm/{manage}").status_code == 410


def test_an_old_question_is_refused(app: Any, readers: Readers):
    readers.ask(readers.dataset)
    sending.send_due(30)
    model.Session.query(Follow).update(
        {"created": Follow.created - timedelta(days=3)}, synchronize_session=False
    )
    model.Session.commit()

    assert app.get(_link(readers, "confirm")).status_code == 410
    assert app.post(_link(readers, "confirm")).status_code == 410
    assert follows()[0].confirmed is None


def test_secret_pages_leave_no_trace(app: Any, told: Readers):
    answer = app.get(_link(told, "mine"))

    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'content="noindex"' in answer.body
    assert READER not in answer.body


def test_an_address_changes_its_pace_and_stops(app: Any, told: Readers):
    page = _link(told, "mine")
    (follow,) = follows()
    app.post(page, data={"id": follow.id, "pace": "weekly"})
    assert follows()[0].pace == "weekly"
    assert app.post(page, data={"id": follow.id, "pace": "often"}).status_code == 400
    assert app.post(page, data={"id": "other", "pace": "none"}).status_code == 410
    app.post(page, data={"id": follow.id, "pace": "none"})

    assert not follows()
    assert app.get(page).status_code == 410


def test_the_form_without_scripts_asks_the_owner(app: Any, readers: Readers):
    page = _page(readers.dataset)
    answer = app.post(page, data={"address": READER, "pace": "daily"})
    assert answer.status_code == 200
    assert "请查收邮件" in answer.body
    assert [follow.pace for follow in follows()] == ["daily"]
    assert len(mails("follow.question")) == 1


def test_the_form_is_sent_seldom(app: Any, readers: Readers):
    form = {"address": READER, "pace": "daily"}
    codes = [app.post(_page(readers.dataset), data=form).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"address": "a@example.org\nBcc: b@example.org"}, 400),
        ({"address": ""}, 400),
        ({"address": "<script>alert(1)</script>"}, 400),
        ({"pace": "site"}, 400),
        ({"pace": "often"}, 400),
        ({"website": "x"}, 400),
    ],
)
def test_what_the_form_refuses_is_said_on_the_page(
    app: Any, readers: Readers, change: dict[str, str], status: int
):
    form = {"address": READER, "pace": "daily"} | change
    answer = app.post(_page(readers.dataset), data=form)

    assert answer.status_code == status
    assert 'role="alert"' in answer.body
    assert "<script>alert" not in answer.body
    assert not follows()


def test_an_address_that_follows_already_is_not_told_so(app: Any, told: Readers):
    form = {"address": READER, "pace": "daily"}
    known = app.post(_page(told.dataset), data=form)
    other = app.post(_page(told.dataset), data=form | {"address": "b@example.org"})

    assert known.body == other.body
    assert [f.pace for f in follows() if f.confirmed] == ["at-once"]
    assert len(mails("follow.question")) == 2


def test_an_account_follows_and_stops_on_the_page(app: Any, readers: Readers):
    user = factories.UserWithToken()
    as_user = {"Authorization": user["token"]}
    page = _page(readers.dataset)
    app.post(page, data={"pace": "weekly"}, headers=as_user)
    (follow,) = call_action("gpo_follow_list", {"user": user["name"]})["results"]
    assert follow["pace"] == "weekly"
    assert follow["title"] in app.get("/desk/follows", headers=as_user).body
    app.post(page, data={"pace": "none"}, headers=as_user)

    assert not follows()


@pytest.mark.parametrize(
    "path",
    [
        "/follow/dataset/no-such",
        "/follow/dataset/no-such.atom",
        "/follow/unknown/x",
        "/follow/project/2017-000000-48-01-500001",
        "/follow/enterprise/91320402MA0000001X",
        "/follow/search/page=2",
        "/follow/search/q=B&q=a",
    ],
)
def test_what_is_not_there_is_not_followed(app: Any, readers: Readers, path: str):
    assert app.get(path).status_code == 404
    if not path.endswith(".atom"):
        form = {"address": READER, "pace": "daily"}
        assert app.post(path, data=form).status_code == 404
    assert not follows()


def test_a_private_dataset_is_not_there(app: Any, readers: Readers):
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", site, id=readers.dataset.key, private=True)

    assert app.get(_page(readers.dataset)).status_code == 404
    assert app.get(f"{_page(readers.dataset)}.atom").status_code == 404


def test_the_feed_tells_news_and_withdrawals(app: Any, readers: Readers):
    version = readers.publish(1, 2)
    domain = "/follow/domain/culture.atom"
    feed = app.get(domain)
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert feed.body.count("<entry>") == 2
    take_back(version)
    walk.walk(30)

    feed = app.get(domain).body
    assert feed.count("<entry>") == 1  # of what is gone only that it is
    assert "withdrawn" in feed


def test_pages_have_a_button_and_name_the_feed(app: Any, readers: Readers):
    dataset = readers.gate.dataset("culture/culture_venues")
    page = app.get(f"/dataset/{dataset['name']}").body
    assert f"/follow/dataset/{dataset['id']}.atom" in page
    assert f'href="/follow/dataset/{dataset["id"]}"' in page
    assert "联系" in page
    search = app.get("/dataset/?q=Food&groups=culture").body
    assert "/follow/search/groups=culture" in search


def test_an_item_has_a_button_and_names_its_feed(app: Any, readers: Readers):
    seed.ensure_item("culture", reference.items("culture")[0])
    item = model.Package.get("item-culture-001")
    page = app.get("/disclosure-item/item-culture-001").body
    assert f'href="/follow/item/{item.id}"' in page
    assert app.get(f"/follow/item/{item.id}.atom").status_code == 200
    assert f"/follow/item/{item.id}.atom" in page


def test_ckans_own_follows_lead_to_ours(app: Any, readers: Readers):
    user = factories.User()
    call_action("follow_dataset", {"user": user["name"]}, id=readers.dataset.key)
    (follow,) = call_action("gpo_follow_list", {"user": user["name"]})["results"]
    assert follow["key"] == readers.dataset.key
    call_action("unfollow_dataset", {"user": user["name"]}, id=readers.dataset.key)

    assert not follows()


def test_nobody_follows_more_than_anybody_may(readers: Readers, ckan_config: Any):
    ckan_config["ckanext.gpo.follow.most"] = 1
    readers.join(readers.dataset)
    with pytest.raises(Exception, match="1"):
        call_action(
            "gpo_follow_create",
            {"user": model.User.get(follows()[0].recipient).name},
            kind="domain",
            key="culture",
        )

    assert len(follows()) == 1
