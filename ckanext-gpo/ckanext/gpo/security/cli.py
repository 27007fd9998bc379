"""`ckan gpo-security`: what only who keeps the server may do for an account."""

from __future__ import annotations

import click

from ckan import model

from .accounts import enrolment

__all__ = ["gpo_security"]


@click.group("gpo-security", short_help="Accounts")
def gpo_security() -> None:
    pass


@gpo_security.command("reset-factor")
@click.argument("name")
def reset_factor(name: str) -> None:
    """Take away an account's second factor, and end its logins.

    For someone who has lost the phone and the recovery codes: check first who asks.
    """
    user = model.User.get(name)
    if user is None:
        raise click.ClickException(f"There is no account {name}")
    if not enrolment.remove(user):
        raise click.ClickException(f"{name} has no second factor")
    click.echo(f"{name} has no second factor any more and sets up a new one")
