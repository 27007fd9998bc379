"""News of apps in words, and the notice that passes news of a dataset on to builders. Pure."""

from __future__ import annotations

from ckanext.gpo.common import labels
from ckanext.gpo.common.news import NewsKind, Topic, news_kinds
from ckanext.gpo.common.notices import Facts, Kind, Link, Message
from ckanext.gpo.common.types import Translate


def _title(facts: Facts, english: bool) -> str:
    return labels.title(facts, english)


def _published(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("New app: {app}").format(app=_title(facts, english)),
        [facts["summary_en" if english and facts["summary_en"] else "summary"]],
        Link("gpo_apps.read", {"id": facts["app"]}),
        _("To the app"),
    )


def _taken_back(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("Taken back: {app}").format(app=_title(facts, english)),
        [],
        Link("gpo_apps.index"),
        _("To the apps"),
    )


PUBLISHED = NewsKind("apps.published", Topic.PUBLISHED, _published)
TAKEN_BACK = NewsKind("apps.taken-back", Topic.WITHDRAWN, _taken_back)

KINDS = (PUBLISHED, TAKEN_BACK)


def _data_news(facts: Facts, english: bool, _: Translate) -> Message:
    writer = news_kinds().get(facts["news"])
    apps = [_title(app, english) for app in facts["apps"]]
    used = _("Your apps use it: {apps}").format(apps=_(", ").join(apps))
    if writer is None:  # the room that wrote it is off
        link = Link("gpo_apps_builder.index")
        return Message(_("News of a dataset"), [used], link, _("To my apps"))
    message = writer.write(facts["facts"], english, _)
    lines = [*message.lines, used]
    return Message(message.title, lines, message.link, message.link_text)


DATA_NEWS = Kind(
    "apps.data-news",
    label=lambda _: _("News of data that your app uses"),
    write=_data_news,
)
