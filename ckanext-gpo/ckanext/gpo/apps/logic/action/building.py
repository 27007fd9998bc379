"""What builders do: write a registration, submit it, take it back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.munge import munge_title_to_name
from ckan.model.types import make_uuid
from ckan.types import Context, DataDict

from ckanext.gpo.apps import config, dictize, lookup, storage, submission, telling
from ckanext.gpo.apps.logic import schema
from ckanext.gpo.apps.material import MaterialError, address_of_link
from ckanext.gpo.apps.model import App, now
from ckanext.gpo.apps.workflow import EDITABLE, REGISTRATION, State
from ckanext.gpo.common import ledger
from ckanext.gpo.common.context import account_id
from ckanext.gpo.common.locks import lock_until_commit

from . import cases

FIELDS = frozenset(schema.registration_update()) - {"id", "__extras"}

_UNDER_WAY = [
    state.value
    for state in (*EDITABLE, State.SUBMITTED, State.IN_REVIEW, State.REJECTED)
]


@tk.validate_action_data(schema.registration_create)
def gpo_apps_registration_create(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Begin to register an app, as a draft that only you see.

    :param title: its name in Chinese, at most 60 characters
    :type title: str

    All other parameters of `gpo_apps_registration_update` may come along.

    :returns: as `gpo_apps_registration_show`
    """
    tk.check_access("gpo_apps_registration_create", context, data_dict)
    owner = account_id(context)
    _hold_few(owner)
    id_ = make_uuid()
    english = munge_title_to_name(data_dict.get("title_en") or "")[:60].strip("-_")
    name = f"{english or 'app'}-{id_[:8]}"
    app = App(id=id_, name=name, owner=owner, content={})
    app.content = _content(app, data_dict)
    with cases.refusals():
        app.begin(cases.app_actor(context))
    model.Session.commit()
    return dictize.registration(app)


@tk.validate_action_data(schema.registration_update)
def gpo_apps_registration_update(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Write on your registration, while it is a draft or was returned. What is left out stays.

    :param id: id or name of the app
    :type id: str
    :param title: its name, in Chinese; ``title_en`` in English
    :type title: str
    :param summary: what it does, in one sentence; ``summary_en`` in English
    :type summary: str
    :param description: more of it, with marks of Markdown; ``description_en`` in English
    :type description: str
    :param kind: ``app``, ``mini-program``, ``service``, ``visualisation``, ``paper``,
        ``report`` or ``idea``
    :type kind: str
    :param platform: ``web``, ``wechat``, ``alipay``, ``android``, ``ios``, ``harmony``,
        ``desktop`` or ``document``
    :type platform: str
    :param link: HTTPS address where it is used
    :type link: str
    :param datasets: what it uses: ``[{id, purpose}]``, public datasets by id or name
    :type datasets: list of dicts
    :param developer: who has built it, as readers are told
    :type developer: str
    :param contact: how to reach them, shown only with ``contact_shown``
    :type contact: str
    :param contact_shown: whether readers see ``contact``
    :type contact_shown: bool
    :param privacy: what becomes of its users' personal data
    :type privacy: str
    :param licence: of the code list ``app_licence``
    :type licence: str

    :returns: as `gpo_apps_registration_show`
    """
    tk.check_access("gpo_apps_registration_update", context, data_dict)
    app = cases.locked_app(data_dict["id"])
    hold_editable(app)
    app.content = _content(app, data_dict)
    app.modified = now()
    model.Session.commit()
    return dictize.registration(app)


@tk.side_effect_free
@tk.validate_action_data(schema.reference)
def gpo_apps_registration_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A registration as it is being written. For its builder and those who review.

    :param id: id or name of the app
    :type id: str

    :returns: ``{id, name, title, title_en, kind, state, is_public, is_hidden, link_dead,
        submitted, modified, content, events: [{what, reason, created}], missing}``;
        ``missing`` are the fields without which it cannot be submitted
    """
    tk.check_access("gpo_apps_registration_show", context, data_dict)
    app = App.get(data_dict["id"])
    if app is None:
        raise tk.ObjectNotFound(tk._("There is no such app"))
    events = ledger.events(kind=REGISTRATION.name, subject=app.id)
    return {
        **dictize.registration(app),
        "missing": submission.missing(app),
        "events": [
            {
                "what": event.what,
                "reason": event.reason,
                "created": event.created.isoformat(),
            }
            for event in events
        ],
    }


@tk.side_effect_free
@tk.validate_action_data(schema.page)
def gpo_apps_registration_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List your own apps, what you worked on last first.

    :param limit: how many, at most 100 (default: 20)
    :type limit: int
    :param offset: how many to leave out (default: 0)
    :type offset: int

    :returns: ``{count, results: [{id, name, title, title_en, kind, state, is_public,
        is_hidden, link_dead, submitted, modified}]}``
    """
    tk.check_access("gpo_apps_registration_list", context, data_dict)
    own = (App.owner == account_id(context), App.state != State.DISCARDED.value)
    page = (
        sa.select(App)
        .where(*own)
        .order_by(App.modified.desc(), App.id)
        .limit(data_dict["limit"])
        .offset(data_dict["offset"])
    )
    count = sa.select(sa.func.count()).select_from(App).where(*own)
    return {
        "count": model.Session.scalar(count),
        "results": [dictize.own(app) for app in model.Session.scalars(page)],
    }


@tk.validate_action_data(schema.reference)
def gpo_apps_registration_submit(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Hand your registration in for review. What it holds is checked first.

    :param id: id or name of the app
    :type id: str

    :returns: as `gpo_apps_registration_show`
    :raises ValidationError: by field: what is missing, forbidden words, datasets that are
        not public, a link that does not answer or leads into a private network
    """
    tk.check_access("gpo_apps_registration_submit", context, data_dict)
    app = cases.locked_app(data_dict["id"])
    hold_editable(app)
    link = app.content.get("link", "")
    # a link may take seconds to answer: nothing is held meanwhile
    model.Session.commit()
    submission.hold_link(link)
    app = cases.locked_app(data_dict["id"])
    if app.content.get("link", "") != link:
        model.Session.rollback()
        raise tk.ValidationError({"link": [tk._("The link was changed meanwhile")]})
    with cases.refusals():
        submission.hold_content(app)
        app.submitted = now()
        app.enter(State.SUBMITTED, cases.app_actor(context))
    telling.submitted(app)
    model.Session.commit()
    return dictize.registration(app)


@tk.validate_action_data(schema.reference)
def gpo_apps_registration_reopen(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Write on your registration again: take it back from review, or begin a newer copy.

    What is public stays so until the newer copy is approved.

    :param id: id or name of the app
    :type id: str

    :returns: as `gpo_apps_registration_show`
    """
    tk.check_access("gpo_apps_registration_reopen", context, data_dict)
    app = cases.locked_app(data_dict["id"])
    with cases.refusals():
        app.enter(State.DRAFT, cases.app_actor(context))
    app.reviewer = None
    model.Session.commit()
    return dictize.registration(app)


@tk.validate_action_data(schema.reference)
def gpo_apps_registration_discard(context: Context, data_dict: DataDict) -> None:
    """Give up your registration, which never was public: its texts and files are deleted.

    :param id: id or name of the app
    :type id: str
    """
    tk.check_access("gpo_apps_registration_discard", context, data_dict)
    app = cases.locked_app(data_dict["id"])
    if app.public_content is not None:
        model.Session.rollback()
        message = tk._("What is public is taken back, not discarded")
        raise tk.ValidationError({"state": [message]})
    with cases.refusals():
        app.enter(State.DISCARDED, cases.app_actor(context))
    locations = storage.locations(app.id, app.content)
    app.content = {}
    model.Session.commit()
    for location in locations:
        storage.remove(location)


def hold_editable(app: App) -> None:
    """Only what is not under review changes; gives up the transaction otherwise.

    :raises ValidationError: on `state`
    """
    if State(app.state) not in EDITABLE:
        model.Session.rollback()
        message = tk._("It is not a draft: take it back before you change it")
        raise tk.ValidationError({"state": [message], "code": ["not-editable"]})


def _hold_few(owner: str) -> None:
    """Hold an account to so many registrations at once."""
    lock_until_commit("registrations", owner)  # or several at once are let through
    under_way = sa.select(sa.func.count()).where(
        App.owner == owner,
        App.state.in_(_UNDER_WAY),
        App.public_content.is_(None),
    )
    if (model.Session.scalar(under_way) or 0) >= config.max_open():
        message = tk._(
            "You have {most} apps under way: finish or discard one before the next"
        )
        raise tk.ValidationError(
            {"title": [message.format(most=config.max_open())], "code": ["too-many"]}
        )


def _content(app: App, data_dict: DataDict) -> dict[str, Any]:
    """The working copy with what a call changes."""
    changes = {name: data_dict[name] for name in FIELDS & set(data_dict)}
    if not changes.get("title", "-"):
        raise tk.ValidationError({"title": [tk._("Missing value")]})
    if link := changes.get("link"):
        try:
            address_of_link(link, plain_allowed=config.private_links())
        except MaterialError as err:
            message = tk._("A link begins with https:// and names a public host")
            raise tk.ValidationError({"link": [message]}) from err
    if "datasets" in changes:
        changes["datasets"] = _uses(app, changes["datasets"])
    return {**app.content, **changes}


def _uses(app: App, wishes: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The datasets that are used, each with the version that was public when it was picked.

    :raises ValidationError: one is not public, or there are too many
    """
    if len(wishes) > schema.MOST_DATASETS:
        message = tk._("At most {most} datasets").format(most=schema.MOST_DATASETS)
        raise tk.ValidationError({"datasets": [message]})
    earlier = {use["id"]: use for use in app.content.get("datasets", [])}
    datasets = lookup.public_datasets([wish["id"] for wish in wishes])
    by_reference = {
        reference: dataset
        for dataset in datasets.values()
        for reference in (dataset.id, dataset.name)
    }
    numbers = lookup.published_versions([d.name for d in datasets.values()])
    uses: dict[str, dict[str, Any]] = {}
    for wish in wishes:
        dataset = by_reference.get(wish["id"])
        if dataset is None:
            # the same for one that never existed: what is private is not told
            message = tk._("There is no public dataset of this name: {name}")
            raise tk.ValidationError({"datasets": [message.format(name=wish["id"])]})
        previous = earlier.get(dataset.id, {})
        uses[dataset.id] = {
            "id": dataset.id,
            "version": previous.get("version") or numbers.get(dataset.name),
            "purpose": wish["purpose"],
        }
    return list(uses.values())
