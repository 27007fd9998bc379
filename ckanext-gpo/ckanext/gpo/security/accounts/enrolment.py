"""Which accounts have a second factor, which must have one, and whether a code is theirs."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa

from ckan import authz, model

from ckanext.gpo.security import config
from ckanext.gpo.security.model import Factor

from . import factor


def has_factor(user: model.User) -> bool:
    return model.Session.get(Factor, user.id) is not None


def must_have_factor(user: model.User) -> bool:
    """System administrators and administrators of departments, if the site says so."""
    return config.second_factor_required() and is_administrator(user.name)


def is_administrator(name: str) -> bool:
    """Whether an account administers the site or a department."""
    return authz.has_user_permission_for_some_org(name, "membership")


def enrol(user: model.User, secret: str, code: str) -> list[str] | None:
    """Give an account a factor whose code it has just shown, in the place of any before.

    :returns: its recovery codes, to be shown once; nothing if the code is wrong
    """
    step = factor.matching_step(secret, code, factor.now())
    if step is None:
        return None
    codes = factor.new_recovery_codes()
    model.Session.merge(
        Factor(
            user_id=user.id,
            secret=factor.encrypt(secret, config.secret_key()),
            created=factor.now(),
            last_step=step,
            recovery=_hashes(codes),
        )
    )
    model.Session.commit()
    return codes


def accept(user: model.User, code: str) -> bool:
    """Whether a code, of the app or for recovery, is the account's; it counts once."""
    return _accept_time_code(user, code) or _accept_recovery_code(user, code)


def renew_recovery_codes(user: model.User) -> list[str]:
    """New recovery codes; those of before end."""
    codes = factor.new_recovery_codes()
    model.Session.execute(
        sa.update(Factor)
        .where(Factor.user_id == user.id)
        .values(recovery=_hashes(codes))
    )
    model.Session.commit()
    return codes


def remove(user: model.User) -> bool:
    """Take the factor away; false if there is none."""
    return _changed(sa.delete(Factor).where(Factor.user_id == user.id))


def _accept_time_code(user: model.User, code: str) -> bool:
    row = model.Session.get(Factor, user.id)
    secret = factor.decrypt(row.secret, config.secret_key()) if row else None
    step = secret and factor.matching_step(secret, code, factor.now())
    # Two requests with the same code: the database lets one of them through.
    return bool(step) and _changed(
        sa.update(Factor)
        .where(Factor.user_id == user.id, Factor.last_step < step)
        .values(last_step=step)
    )


def _accept_recovery_code(user: model.User, code: str) -> bool:
    used = factor.recovery_hash(code, config.secret_key())
    return _changed(
        sa.update(Factor)
        .where(Factor.user_id == user.id, sa.literal(used) == sa.any_(Factor.recovery))
        .values(recovery=sa.func.array_remove(Factor.recovery, used))
    )


def _changed(statement: sa.Update | sa.Delete) -> bool:
    """Carry it out; whether it changed an account's row, the one that there is."""
    result = cast("sa.CursorResult[Any]", model.Session.execute(statement))
    model.Session.commit()
    return result.rowcount == 1


def _hashes(codes: list[str]) -> list[str]:
    return [factor.recovery_hash(code, config.secret_key()) for code in codes]
