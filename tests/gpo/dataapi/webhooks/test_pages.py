"""The pages of webhooks: the secret once, the log, and nothing of others."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from ckan import model
from ckan.tests import factories

from ckanext.gpo.dataapi.webhooks import Webhook, sending

from ...conftest import VENUES, Gate
from .conftest import Receiver, Register, messages, publish

PAGE = "/api-webhooks"


@pytest.fixture
def reader(app: Any, owner: dict[str, Any]) -> Any:
    app.set_session_user(owner["id"])
    return app


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.body, "html.parser")


def fields(form: Tag) -> dict[str, Any]:
    """What a browser sends of a form as it stands."""
    values: dict[str, Any] = {}
    for field in form.select("input[name]"):
        if field.get("type") != "checkbox" or field.has_attr("checked"):
            values.setdefault(str(field["name"]), []).append(field.get("value", ""))
    for field in form.select("select"):
        option = field.select_one("option[selected]") or field.select_one("option")
        assert option
        values[str(field["name"])] = [option["value"]]
    return values


def form(answer: Any, action: str) -> dict[str, Any]:
    (tag,) = [f for f in soup(answer).select("main form") if f["action"] == action]
    return fields(tag)


def test_the_form_as_it_stands_makes_a_webhook_of_everything(
    reader: Any, receiver: Receiver
):
    values = form(reader.get(PAGE), PAGE) | {"address": [receiver.address]}
    answer = reader.post(PAGE, data=values)
    secret = soup(answer).find(id="new-secret")

    assert secret
    assert secret.text.startswith("whsec_")
    assert "no-store" in answer.headers["Cache-Control"]
    again = reader.get(PAGE)
    assert secret.text not in again.body
    assert receiver.address.replace("&", "&amp;") in again.body
    (row,) = model.Session.query(Webhook)
    assert (row.kind, len(row.topics)) == ("everything", 4)


def test_the_page_of_a_dataset_fills_the_form_in(
    reader: Any, site: Gate, receiver: Receiver
):
    dataset = site.dataset(VENUES)
    answer = reader.get(PAGE, query_string={"dataset": dataset["name"]})
    values = form(answer, PAGE) | {"address": [receiver.address]}
    reader.post(PAGE, data=values)

    (row,) = model.Session.query(Webhook)
    assert (row.kind, row.key) == ("dataset", dataset["id"])


@pytest.mark.parametrize("scope", ["domain:culture", "department:wglj"])
def test_a_domain_or_a_department_is_chosen(
    reader: Any, receiver: Receiver, scope: str
):
    page = soup(reader.get(PAGE))
    assert page.select_one(f'option[value="{scope}"]')
    data = {"address": receiver.address, "scope": scope, "topics": "late"}
    reader.post(PAGE, data=data)

    (row,) = model.Session.query(Webhook)
    assert row.kind == scope.partition(":")[0]
    assert row.topics == ["late"]


@pytest.mark.parametrize(
    "change",
    [
        {"address": "nowhere"},
        {"topics": []},
        {"scope": "dataset", "dataset": "no-such-dataset"},
        {"scope": "search"},
    ],
)
def test_what_is_wrong_is_said_and_the_form_stays(
    reader: Any, receiver: Receiver, change: dict[str, Any]
):
    values = {"address": receiver.address, "scope": "everything", "topics": ["late"]}
    answer = reader.post(PAGE, data=values | change)

    assert answer.status_code == 400
    page = soup(answer)
    faults = page.select(".notice.reject")
    assert faults
    # in words, and not the code for programs beside them
    assert all(re.search("[一-鿿]", fault.text) for fault in faults)
    field = page.find(id="field-address")
    assert field
    assert field["value"] == (values | change)["address"]
    assert model.Session.query(Webhook).count() == 0


def test_the_log_shows_what_came_of_it_and_sends_again(
    reader: Any, site: Gate, register: Register, receiver: Receiver
):
    webhook = register()
    publish(site, 1, 2)
    receiver.answer(200, 503, body=b"<b>thanks</b>")
    sending.send_due(30)
    here = f"{PAGE}/{webhook['id']}"
    page = reader.get(here)
    assert "&lt;b&gt;thanks" in page.body
    (button,) = soup(page).select("table form")

    reader.post(str(button["action"]))
    sending.send_due(30)
    assert len(receiver.requests) == 2
    cells = [row.text for row in soup(reader.get(here)).select("tbody tr")]
    assert "503" in cells[0]
    assert "200" in cells[1]


def test_test_change_and_delete(
    reader: Any, register: Register, receiver: Receiver, site: Gate
):
    webhook = register()
    here = f"{PAGE}/{webhook['id']}"
    reader.post(f"{here}/test")
    assert [message.type for message in messages()] == ["webhook.test"]

    values = form(reader.get(here), here)
    del values["on"]
    reader.post(here, data=values)
    assert model.Session.query(Webhook.off).scalar() == "owner"
    assert reader.post(f"{here}/test").status_code == 400

    reader.post(here, data={**values, "on": "1"})
    assert model.Session.query(Webhook.off).scalar() == ""
    reader.post(f"{here}/delete")
    assert model.Session.query(Webhook).count() == 0


@pytest.mark.parametrize("path", ["", "/test", "/delete"])
def test_of_others_nothing_is_shown_or_done(app: Any, register: Register, path: str):
    webhook = register()
    app.set_session_user(factories.User()["id"])
    here = f"{PAGE}/{webhook['id']}"

    assert app.get(here).status_code == 404
    data = {"address": "https://example.com/", "topics": "late"}
    assert app.post(here + path, data=data).status_code == 404
    assert model.Session.query(Webhook).count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_an_account_one_is_asked_to_log_in(app: Any, site: Gate, method: str):
    answer = getattr(app, method)(PAGE, follow_redirects=False)

    assert answer.status_code == 302
    assert "/user/login?came_from=" in answer.headers["Location"]


@pytest.mark.ckan_config("WTF_CSRF_ENABLED", True)
def test_a_page_of_others_makes_no_webhook(reader: Any, receiver: Receiver):
    values = {"address": receiver.address, "scope": "everything", "topics": "late"}

    assert reader.post(PAGE, data=values).status_code == 400
    assert model.Session.query(Webhook).count() == 0
