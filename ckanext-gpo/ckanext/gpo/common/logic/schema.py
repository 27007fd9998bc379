"""What the actions of gpo_common take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.validation import moment, whole

MOST_EVENTS = 1_000
"""Events in one answer."""


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
