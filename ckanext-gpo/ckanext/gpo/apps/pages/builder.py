"""The pages of builders: their apps, and the form of each."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.apps.material import SUFFIXES, TEXTS
from ckanext.gpo.apps.model import App
from ckanext.gpo.apps.workflow import EDITABLE, State
from ckanext.gpo.common.web import paging
from ckanext.gpo.common.web.actions import call_action

from . import serving

gpo_apps_builder = Blueprint("gpo_apps_builder", __name__, url_prefix="/desk/apps")

APPS = 20
"""Apps on a page of one's own."""

MATCHES = 8
"""Datasets that a search for one shows."""

CODES = ("kind", "platform", "licence")

STEPS = {
    "reopen": "gpo_apps_registration_reopen",
    "discard": "gpo_apps_registration_discard",
    "unpublish": "gpo_apps_app_unpublish",
}
"""Buttons of a registration beside its form, and their actions."""

Errors = dict[str, list[str]]


@gpo_apps_builder.before_request
def require_account() -> Response | None:
    if tk.current_user.is_anonymous:
        came_from = tk.url_for("gpo_apps_builder.index")
        return tk.redirect_to("user.login", came_from=came_from)
    return None


@gpo_apps_builder.route("")
def index() -> str:
    answer = call_action("gpo_apps_registration_list", **paging.window(APPS))
    page = paging.page(answer["results"], answer["count"], APPS)
    return tk.render("gpo_apps/own.html", {"answer": answer, "page": page})


@gpo_apps_builder.route("/new", methods=["GET", "POST"])
def new() -> str | Response:
    """The name and the kind; all else is written on the draft that comes of it."""
    form, errors = tk.request.form, {}
    data = {name: form.get(name, "") for name in ("title", "title_en", "kind")}
    if tk.request.method == "POST":
        try:
            app = call_action("gpo_apps_registration_create", **data)
        except tk.ValidationError as err:
            errors = _messages(err)
        else:
            return tk.redirect_to("gpo_apps_builder.edit", id=app["name"])
    return tk.render("gpo_apps/new.html", {"data": data, "errors": errors})


@gpo_apps_builder.route("/<id>", methods=["GET", "POST"])
def edit(id: str) -> str | Response:
    """The form of a draft, or how it stands; each button of the form saves it first."""
    case = call_action("gpo_apps_registration_show", id=id)
    if not _is_own(case):
        return tk.redirect_to("gpo_apps_review.case", id=case["name"])
    if State(case["state"]) not in EDITABLE:
        return tk.render("gpo_apps/standing.html", {"case": case})
    content, errors = case["content"], cast("Errors", {})
    if tk.request.method == "POST":
        changes = _changes()
        try:
            call_action("gpo_apps_registration_update", id=case["id"], **changes)
            _save_files(case["id"])
            return _go_on(case)
        except tk.ValidationError as err:
            errors = _messages(err)
            saved = call_action("gpo_apps_registration_show", id=id)
            case, content = saved, saved["content"] | _entered(saved, changes)
    query = tk.request.args.get("find", "").strip()
    picked = {use["id"] for use in content.get("datasets", []) if use.get("public")}
    return tk.render(
        "gpo_apps/edit.html",
        {
            "case": case,
            "data": content,
            "errors": errors,
            "query": query,
            "matches": _matches(query, picked) if query else None,
            "suffixes": ", ".join(SUFFIXES),
        },
    )


@gpo_apps_builder.route(
    f"/<id>/<any({', '.join(STEPS)}):step>",
    methods=["POST"],
)
def move(id: str, step: str) -> Response:
    """Take a registration back, give it up, or take what is public of it back."""
    reason = {"reason": tk.request.form.get("reason", "")}
    try:
        call_action(STEPS[step], id=id, **(reason if step == "unpublish" else {}))
    except tk.ValidationError as err:
        for messages in _messages(err).values():
            tk.h.flash_error(" ".join(messages))
        return tk.redirect_to("gpo_apps_builder.edit", id=id)
    if step == "discard":
        tk.h.flash_success(tk._("It is discarded."))
        return tk.redirect_to("gpo_apps_builder.index")
    return tk.redirect_to("gpo_apps_builder.edit", id=id)


@gpo_apps_builder.route("/<id>/picture/<picture>.webp")
def picture(id: str, picture: str) -> Response:
    """A picture of the working copy, for its builder and those who review."""
    call_action("gpo_apps_registration_show", id=id)
    app = App.get(id)
    if app is None:
        return tk.abort(404, tk._("There is nothing at this address."))
    return serving.picture(app, app.content, picture)


@gpo_apps_builder.route("/<id>/package")
def package(id: str) -> Response:
    """The file of the working copy, for its builder and those who review."""
    call_action("gpo_apps_registration_show", id=id)
    app = App.get(id)
    if app is None:
        return tk.abort(404, tk._("There is nothing at this address."))
    return serving.package(app, app.content)


def _is_own(case: dict[str, Any]) -> bool:
    app = App.get(case["id"])
    return app is not None and app.owner == tk.current_user.id


def _changes() -> dict[str, Any]:
    """What the form says; a field that it does not hold is left as it is."""
    form = tk.request.form
    fields = {name: form[name] for name in (*TEXTS, *CODES) if name in form}
    datasets = [
        {"id": id_, "purpose": form.get(f"purpose.{id_}", "")}
        for id_ in form.getlist("dataset")
    ]
    is_shown = bool(form.get("contact_shown"))
    return {**fields, "contact_shown": is_shown, "datasets": datasets}


def _entered(case: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """What was entered and not taken, to be shown again; datasets by what is saved."""
    purposes = {use["id"]: use["purpose"] for use in changes["datasets"]}
    datasets = [
        use | {"purpose": purposes.get(use.get("id", ""), use.get("purpose", ""))}
        for use in case["content"].get("datasets", [])
    ]
    return changes | {"datasets": datasets}


def _save_files(id_: str) -> None:
    """Add and remove the files of the form."""
    for kind in ("picture", "package"):
        for upload in tk.request.files.getlist(kind):
            if upload.filename:
                call_action("gpo_apps_file_add", id=id_, kind=kind, upload=upload)
    for file in tk.request.form.getlist("remove"):
        call_action("gpo_apps_file_remove", id=id_, file=file)


def _go_on(case: dict[str, Any]) -> Response:
    """What follows on saving, by the button that was pressed."""
    button = tk.request.form.get("do", "save")
    if button == "submit":
        call_action("gpo_apps_registration_submit", id=case["id"])
        tk.h.flash_success(
            tk._("It is submitted. You will be told when it is decided.")
        )
        return tk.redirect_to("gpo_apps_builder.edit", id=case["name"])
    if button == "find":
        query = tk.request.form.get("find", "")
        return tk.redirect_to(
            "gpo_apps_builder.edit", id=case["name"], find=query, _anchor="datasets"
        )
    tk.h.flash_success(tk._("The draft is saved."))
    return tk.redirect_to("gpo_apps_builder.edit", id=case["name"])


def _matches(query: str, picked: set[str]) -> list[dict[str, Any]]:
    """Public datasets that a search finds, but for those that are picked already."""
    search = {
        "q": query,
        "fq": "+dataset_type:dataset",
        "rows": MATCHES,
    }
    try:
        answer = tk.get_action("package_search")({"user": ""}, search)
    except (tk.ValidationError, tk.NotAuthorized):
        return []
    return [dataset for dataset in answer["results"] if dataset["id"] not in picked]


def _messages(err: tk.ValidationError) -> Errors:
    return {
        name: [str(message) for message in messages]
        for name, messages in err.error_dict.items()
        if name != "code" and isinstance(messages, list)
    }
