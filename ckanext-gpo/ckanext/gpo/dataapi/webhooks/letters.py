"""The notice that an owner gets when a webhook is switched off. Pure."""

from __future__ import annotations

from typing import Final

from ckanext.gpo.common.notices import Facts, Kind, Link, Message
from ckanext.gpo.common.types import Translate

FAILING: Final = "failing"
UNWANTED: Final = "gone"


def _write(facts: Facts, english: bool, _: Translate) -> Message:
    del english
    reasons = {
        FAILING: _("Nothing has come through to it for three days."),
        UNWANTED: _("It answered with 410: it wants no messages any more."),
    }
    return Message(
        _("Switched off: webhook to {host}").format(host=facts["host"]),
        [
            reasons[facts["reason"]],
            _("What happens from now on is not told to it."),
            _("Switch it on again on its page, which shows what it answered."),
        ],
        Link("gpo_dataapi_webhooks.read", {"id": facts["webhook"]}),
        _("To the webhook"),
    )


OFF = Kind(
    "dataapi.webhook-off",
    label=lambda _: _("A webhook was switched off"),
    write=_write,
)
