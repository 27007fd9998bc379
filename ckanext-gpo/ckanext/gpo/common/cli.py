"""`ckan gpo-ledger`: the ledger from the command line."""

from __future__ import annotations

import click

from ckan import model

from .ledger import chain

__all__ = ["gpo_ledger"]


@click.group("gpo-ledger", short_help="The ledger of all that happened.")
def gpo_ledger() -> None:
    pass


@gpo_ledger.command()
@click.option(
    "--head",
    default="",
    metavar="HASH",
    help="The head that an earlier run printed: shows whether the end was cut off.",
)
def verify(head: str) -> None:
    """Recompute the chain of hashes; name the first link that is broken.

    Ends with 1 if one is. Keep the head that is printed where the site cannot write.
    """
    with model.ensure_engine().connect() as connection:
        verdict = chain.verify(connection, head)
    click.echo(f"{verdict.events} events in {verdict.segments} segments are whole")
    click.echo(f"head {verdict.head or '-'}")
    if broken := verdict.first_break:
        place = f"{broken.segment}/{broken.position}" if broken.segment else "no link"
        raise click.ClickException(f"{broken.code}: event {broken.event_id} ({place})")
