"""What the actions of gpo_common take."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.notices.schedule import Pace
from ckanext.gpo.common.validation import moment, whole
from ckanext.gpo.common.web.paging import MAX_OFFSET

MOST_EVENTS = 1_000
"""Events in one answer."""

MOST_NOTICES = 100
"""Notices or mails in one answer."""


@validator_args
def event_list(
    ignore_missing: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    texts = ("room", "kind", "subject", "parent", "account", "post")
    return {
        **{name: [ignore_missing, unicode_safe] for name in texts},
        "since": [ignore_missing, moment],
        "until": [ignore_missing, moment],
        "after_id": [default(0), whole(0, 2**63 - 1)],
        "limit": [default(100), whole(1, MOST_EVENTS)],
        "__extras": [ignore],
    }


@validator_args
def page(default: ValidatorFactory, ignore: Validator) -> Schema:
    return {
        "limit": [default(20), whole(1, MOST_NOTICES)],
        "offset": [default(0), whole(0, MAX_OFFSET)],
        "__extras": [ignore],
    }


@validator_args
def notice_read(
    ignore_missing: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"id": [ignore_missing, unicode_safe], "__extras": [ignore]}


@validator_args
def mail_retry(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def notice_preference_update(
    not_empty: Validator, one_of: ValidatorFactory, ignore: Validator
) -> Schema:
    return {
        "language": [not_empty, one_of(tk.config["ckan.locales_offered"])],
        "pace": [not_empty, one_of([pace.value for pace in Pace])],
        "__extras": [ignore],
    }
