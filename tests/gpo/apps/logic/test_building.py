"""What builders may write, and who sees it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.gpo.apps.model import App

from ..conftest import IDEA, Registry, make_public_dataset

ACTIONS = {
    "registration_show": {},
    "registration_update": {"title": "别的"},
    "registration_submit": {},
    "registration_reopen": {},
    "registration_discard": {},
    "app_unpublish": {"reason": "因为"},
    "file_remove": {"file": "package"},
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("account", ["stranger", "steward", ""])
def test_others_do_not_learn_of_a_draft(registry: Registry, action: str, account: str):
    factories.User(name="stranger")
    app = registry.draft()

    with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized)):
        registry.call(account, action, id=app["id"], **ACTIONS[action])
    with pytest.raises(tk.ObjectNotFound):
        registry.call(account, "app_show", id=app["id"])
    assert App.get(app["id"]).content["title"] == IDEA["title"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "很" * 61}, "title"),
        ({"title": "隐\u202e藏"}, "title"),
        ({"kind": "game"}, "kind"),
        ({"platform": "fridge"}, "platform"),
        ({"licence": "mine"}, "licence"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "http://example.com/"}, "link"),
        ({"link": "https://user:pw@example.com/"}, "link"),
        ({"link": "https://localhost/"}, "link"),
        ({"link": "data:text/html,x"}, "link"),
        ({"link": "https://exa mple.com/"}, "link"),
        ({"datasets": [{"id": "nothing", "purpose": ""}]}, "datasets"),
        ({"description": "长" * 10_001}, "description"),
    ],
)
def test_what_is_not_taken(registry: Registry, changes: dict[str, Any], field: str):
    with pytest.raises(tk.ValidationError) as refusal:
        registry.draft(**changes)

    assert field in refusal.value.error_dict


def test_a_private_dataset_is_refused_as_one_that_never_existed(registry: Registry):
    make_public_dataset("secret", model.Group.get("zjj").id)  # type: ignore[union-attr]
    model.Package.get("secret").private = True  # type: ignore[union-attr]
    model.Session.commit()

    def message(name: str) -> str:
        with pytest.raises(tk.ValidationError) as refusal:
            registry.draft(datasets=[{"id": name, "purpose": "用"}])
        return refusal.value.error_dict["datasets"][0].replace(name, "…")

    assert message("secret") == message("never")


def test_a_dataset_that_became_private_is_told_without_its_name(registry: Registry):
    app = registry.published(
        datasets=[
            {"id": "parking", "purpose": "显示停车位"},
            {"id": "permits", "purpose": "显示许可"},
        ]
    )
    model.Package.get("parking").private = True  # type: ignore[union-attr]
    model.Session.commit()

    answer = registry.call("", "app_show", id=app["id"])

    assert [use["public"] for use in answer["datasets"]] == [False, True]
    assert "parking" not in str(answer["datasets"])
    assert "停车位" not in str(answer["datasets"])
    assert registry.call("", "app_list", dataset="parking")["count"] == 0
    assert registry.call("", "app_list", dataset="permits")["count"] == 1
    assert registry.call("", "totals")["datasets"] == {"permits": 1}
    assert registry.call("", "totals")["organizations"] == {"zjj": 1}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"summary": "", "developer": ""}, {"summary", "developer"}),
        ({"datasets": []}, {"datasets"}),
        ({"datasets": [{"id": "parking", "purpose": ""}]}, {"purpose"}),
        ({"kind": "app"}, {"link", "privacy", "platform"}),
        ({"description": "这里有网络 赌 场"}, {"description"}),
        ({"summary": "Online Casino here"}, {"summary"}),
        ({"datasets": [{"id": "parking", "purpose": "赌博"}]}, {"purpose"}),
    ],
)
def test_what_is_missing_or_forbidden_is_told_by_field(
    registry: Registry, changes: dict[str, Any], fields: set[str]
):
    app = registry.draft(**changes)

    with pytest.raises(tk.ValidationError) as refusal:
        registry.call("builder", "registration_submit", id=app["id"])

    assert set(refusal.value.error_dict) == fields


def test_without_the_list_of_forbidden_words_nothing_is_submitted(
    registry: Registry, ckan_config: dict[str, Any], tmp_path: Path
):
    app = registry.draft()
    ckan_config["ckanext.gpo.apps.forbidden_words"] = str(tmp_path / "gone.txt")

    with pytest.raises(tk.ValidationError, match="forbidden words cannot be read"):
        registry.call("builder", "registration_submit", id=app["id"])

    assert (
        registry.call("builder", "registration_show", id=app["id"])["state"] == "draft"
    )


def test_what_is_under_review_does_not_change(registry: Registry):
    app = registry.under_review()

    with pytest.raises(tk.ValidationError) as refusal:
        registry.call("builder", "registration_update", id=app["id"], title="换了")

    assert refusal.value.error_dict["code"] == ["not-editable"]


def test_an_account_has_so_many_under_way(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(tk.config, "ckanext.gpo.apps.max_open", 2)
    first = registry.draft()
    registry.draft()
    with pytest.raises(tk.ValidationError) as refusal:
        registry.draft()
    assert refusal.value.error_dict["code"] == ["too-many"]

    registry.call("builder", "registration_discard", id=first["id"])

    registry.draft()
    assert App.get(first["id"]).content == {}  # type: ignore[union-attr]


def test_sixteen_at_once_are_no_more_than_allowed(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(tk.config, "ckanext.gpo.apps.max_open", 2)

    def begin(_: int) -> str:
        try:
            return registry.draft()["state"]
        except tk.ValidationError as refusal:
            return refusal.error_dict["code"][0]
        finally:
            model.Session.remove()

    with ThreadPoolExecutor(16) as pool:
        outcomes = Counter(pool.map(begin, range(16)))

    assert outcomes == {"draft": 2, "too-many": 14}


def test_what_is_left_out_stays_and_an_empty_text_clears(registry: Registry):
    app = registry.draft()
    answer = registry.call(
        "builder", "registration_update", id=app["id"], summary_en=""
    )

    assert answer["content"]["summary_en"] == ""
    assert answer["content"]["title"] == IDEA["title"]
    assert len(answer["content"]["datasets"]) == 1


def test_the_name_of_a_builder_who_is_gone_is_not_shown(registry: Registry):
    app = registry.published(contact="13800000000", contact_shown=True)
    assert registry.call("", "app_show", id=app["id"])["contact"] == "13800000000"

    model.User.get("builder").delete()  # type: ignore[union-attr]
    model.Session.commit()

    answer = registry.call("", "app_show", id=app["id"])
    assert answer["builder_gone"]
    assert (answer["developer"], answer["contact"]) == ("", "")
    registry.call("reviewer", "app_unpublish", id=app["id"], reason="无人维护")
