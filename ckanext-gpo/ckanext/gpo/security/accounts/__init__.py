"""Who someone is: logging in, staying logged in, second factor, passwords, tokens.

- `doors`: the forms that anyone may send, how often, and from where
- `passwords`: which passwords are refused, and why
- `login`, `identity`, `sessions`: from a password to a session, what ends it, where it lives
- `factor`, `enrolment`: one-time codes beside the password
- `registration`, `reset`: what they tell about accounts that exist; `jobs` send the links,
  `reset_keys` end them
- `tokens`, `reminders`: API tokens expire, and say so before

In: a form, a cookie or a token.

Out: the account that it belongs to, or a refusal that tells no more than its reader may
know.
"""

from . import (
    doors,
    enrolment,
    factor_session,
    identity,
    passwords,
    registration,
    reset,
    reset_keys,
    sessions,
    targets,
    tokens,
)
from .views import second_factor
from .wiring import Accounts

__all__ = [
    "Accounts",
    "doors",
    "enrolment",
    "factor_session",
    "identity",
    "passwords",
    "registration",
    "reset",
    "reset_keys",
    "second_factor",
    "sessions",
    "targets",
    "tokens",
]
