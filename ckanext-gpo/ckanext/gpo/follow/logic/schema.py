"""What the actions of gpo_follow take."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.notices.schedule import Pace
from ckanext.gpo.common.validation import whole
from ckanext.gpo.common.web.paging import MAX_OFFSET
from ckanext.gpo.follow.pace import MAIL_PACES, PACES

MOST_NEWS = 500
MOST_FOLLOWS = 100
"""News, or follows, in one answer."""


@validator_args
def subject(not_empty: Validator, unicode_safe: Validator, ignore: Validator) -> Schema:
    return {
        "kind": [not_empty, unicode_safe],
        "key": [not_empty, unicode_safe],
        "__extras": [ignore],
    }


@validator_args
def page(default: ValidatorFactory, ignore: Validator) -> Schema:
    return {
        "limit": [default(20), whole(0, MOST_FOLLOWS)],
        "offset": [default(0), whole(0, MAX_OFFSET)],
        "__extras": [ignore],
    }


@validator_args
def follow_show(default: ValidatorFactory) -> Schema:
    return {**subject(), "limit": [default(20), whole(0, MOST_NEWS)]}


@validator_args
def news_list(default: ValidatorFactory, ignore: Validator) -> Schema:
    return {"limit": [default(20), whole(0, MOST_NEWS)], "__extras": [ignore]}


@validator_args
def follow_create(default: ValidatorFactory, one_of: ValidatorFactory) -> Schema:
    return {**subject(), "pace": [default(Pace.AT_ONCE.value), one_of(list(PACES))]}


@validator_args
def follow_update(not_empty: Validator, one_of: ValidatorFactory) -> Schema:
    return {**subject(), "pace": [not_empty, one_of(list(PACES))]}


@validator_args
def address_create(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    return {
        **subject(),
        "address": [not_empty, unicode_safe],
        "language": [not_empty, one_of(tk.config["ckan.locales_offered"])],
        "pace": [default(Pace.AT_ONCE.value), one_of(list(MAIL_PACES))],
    }


@validator_args
def token(not_empty: Validator, unicode_safe: Validator, ignore: Validator) -> Schema:
    return {"token": [not_empty, unicode_safe], "__extras": [ignore]}


def address_list() -> Schema:
    return {**page(), **token()}


@validator_args
def address_update(
    not_empty: Validator, unicode_safe: Validator, one_of: ValidatorFactory
) -> Schema:
    return {
        **token(),
        "id": [not_empty, unicode_safe],
        "pace": [not_empty, one_of([*MAIL_PACES, "none"])],
    }
