"""Asks whether the link of an app answers.

In: an address that somebody has written, asked as `common.links` allows; each redirect is a
new question.

Out: nothing, if it answers, or a `LinkError` whose code says why it does not; and from one
question to the next, what is to be told of a link (`follow`).
"""

from .health import CHECKED_EVERY, RETRIED_EVERY, Change, Health, Rule, follow
from .probe import probe

__all__ = [
    "CHECKED_EVERY",
    "RETRIED_EVERY",
    "Change",
    "Health",
    "Rule",
    "follow",
    "probe",
]
