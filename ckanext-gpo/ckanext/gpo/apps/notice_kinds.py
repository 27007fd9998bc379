"""What the registry has to say to builders, reviewers and departments. Pure.

Names of apps are their builders' words: they stand in the texts, never in a mail's subject.
"""

from __future__ import annotations

from collections.abc import Callable

from ckanext.gpo.common import labels
from ckanext.gpo.common.notices import Facts, Kind, Link, Message
from ckanext.gpo.common.types import Translate
from ckanext.gpo.common.web import names

from .reports import topic_words


def _title(facts: Facts, english: bool) -> str:
    return labels.title(facts, english)


def _builders_page(facts: Facts, title: str, lines: list[str], _: Translate) -> Message:
    link = Link("gpo_apps_builder.edit", {"id": facts["app"]})
    return Message(title, lines, link, _("To the registration"))


def _decided(title: Callable[[Translate], str]) -> Callable[..., Message]:
    def write(facts: Facts, english: bool, _: Translate) -> Message:
        lines = [_("Reason: {reason}").format(reason=facts["reason"])]
        words = title(_).format(app=_title(facts, english))
        return _builders_page(facts, words, lines if facts["reason"] else [], _)

    return write


RETURNED = Kind(
    "apps.returned",
    label=lambda _: _("An app was returned"),
    write=_decided(lambda _: _("Returned for a change: {app}")),
)
REJECTED = Kind(
    "apps.rejected",
    label=lambda _: _("An app was rejected"),
    write=_decided(lambda _: _("Not accepted: {app}")),
)
UNPUBLISHED = Kind(
    "apps.unpublished",
    label=lambda _: _("An app was taken back"),
    write=_decided(lambda _: _("Taken back: {app}")),
)


def _published(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("Public now: {app}").format(app=_title(facts, english)),
        [_("Readers find it in the list of apps and at the datasets that it uses.")],
        Link("gpo_apps.read", {"id": facts["app"]}),
        _("To the app"),
    )


PUBLISHED = Kind(
    "apps.published", label=lambda _: _("An app is public"), write=_published
)


def _submitted(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("Waits for a review: {app}").format(app=_title(facts, english)),
        [],
        Link("gpo_apps_review.case", {"id": facts["app"]}),
        _("To the review"),
    )


SUBMITTED = Kind(
    "apps.submitted", label=lambda _: _("An app waits for a review"), write=_submitted
)


def _data_used(facts: Facts, english: bool, _: Translate) -> Message:
    titles = [
        names.dataset(dataset["name"], english, dataset["title"])
        for dataset in facts["datasets"]
    ]
    return Message(
        _("Your data is used: {app}").format(app=_title(facts, english)),
        [_("It uses: {datasets}").format(datasets=_(", ").join(titles))],
        Link("gpo_apps.read", {"id": facts["app"]}),
        _("To the app"),
    )


DATA_USED = Kind(
    "apps.data-used",
    label=lambda _: _("An app uses your department's data"),
    write=_data_used,
)


def _reported(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("Reported: {app}").format(app=_title(facts, english)),
        [topic_words(_)[facts["topic"]]],
        Link("gpo_apps_review.reports"),
        _("To the reports"),
    )


REPORTED = Kind(
    "apps.reported", label=lambda _: _("An app was reported"), write=_reported
)


def _link_dead(facts: Facts, english: bool, _: Translate) -> Message:
    lines = [
        _("It has not answered since {day}.").format(day=facts["since"]),
        _("If it does not answer by {day}, readers are not shown the app.").format(
            day=facts["hidden_on"]
        ),
    ]
    title = _("The link does not answer: {app}").format(app=_title(facts, english))
    return _builders_page(facts, title, lines, _)


LINK_DEAD = Kind(
    "apps.link-dead", label=lambda _: _("The link of an app is dead"), write=_link_dead
)


def _link_hidden(facts: Facts, english: bool, _: Translate) -> Message:
    lines = [_("It comes back by itself when its link answers again.")]
    title = _("Hidden, since its link is dead: {app}")
    return _builders_page(facts, title.format(app=_title(facts, english)), lines, _)


LINK_HIDDEN = Kind(
    "apps.link-hidden",
    label=lambda _: _("An app is hidden"),
    write=_link_hidden,
)

KINDS = (
    *(RETURNED, REJECTED, UNPUBLISHED, PUBLISHED, SUBMITTED),
    *(DATA_USED, REPORTED, LINK_DEAD, LINK_HIDDEN),
)
