"""`ckan gpo-harvest …`"""

from __future__ import annotations

import logging

import click

import ckan.plugins.toolkit as tk

from . import runs, stopping, sync
from .consumer import Consumer, consumer_lock, stand_by, work_or_watch
from .failures import same
from .kinds import kinds
from .runs import Item

__all__ = ["gpo_harvest"]

_UNDER_WAY = ("WAITING", "FETCH", "IMPORT")


@click.group("gpo-harvest", short_help="Business systems: sources, jobs, consumer")
def gpo_harvest() -> None:
    """Sources, jobs and the process that works on them."""


@gpo_harvest.command("sync-sources")
@click.pass_context
def sync_sources(ctx: click.Context) -> None:
    """Make a harvest source of every YAML, or bring it up to date."""
    failed = False
    # It reports a new source as an error, since it looks for its record too early.
    logging.getLogger("ckanext.harvest").setLevel(logging.CRITICAL)
    with ctx.meta["flask_app"].test_request_context():
        for outcome in sync.sync_sources():
            failed |= outcome.outcome == "failed"
            click.echo(
                f"{outcome.outcome:<10} {outcome.name} {outcome.message}".rstrip()
            )
    if failed:
        ctx.exit(1)


@gpo_harvest.command("kinds")
def show_kinds() -> None:
    """What can be harvested: every kind with its keys, its codes, a sample address."""
    for kind in kinds().values():
        title, description = kind.words(tk._)
        click.echo(f"{kind.name}: {title}. {description}")
        click.echo(f"  connection  {kind.address}")
        click.echo(
            f"  keys        {' '.join((*kind.source, *kind.table['properties']))}"
        )
        click.echo(f"  errors      {' '.join(kind.error.texts(same))}")


@gpo_harvest.command()
@click.option("--source", help="Name of one source; all of them unless given")
@click.option("--wait", is_flag=True, help="Show the progress until all have ended")
@click.pass_context
def run(ctx: click.Context, source: str | None, *, wait: bool) -> None:
    """Start jobs. With --wait and no consumer at work, this process does it."""
    app = ctx.meta["flask_app"]
    logging.getLogger("ckanext.harvest").setLevel(logging.ERROR)
    with app.test_request_context():
        try:
            job_ids = runs.start(source)
        except tk.ObjectNotFound as err:
            raise click.ClickException(str(err)) from err
    click.echo(f"{len(job_ids)} jobs")
    if not wait:
        return
    reported: set[Item] = set()

    def show() -> None:
        for item in runs.items(job_ids):
            if item not in reported and item.state not in _UNDER_WAY:
                reported.add(item)
                click.echo(f"{item.source}  {item.table}  {item.state}")

    with stopping.on_signals():
        work_or_watch(app, show, lambda: runs.are_finished(job_ids))
    _table(list(runs.items(job_ids)))
    if not runs.are_finished(job_ids):
        ctx.exit(130)


def _table(items: list[Item]) -> None:
    rows = [("source", "table", "state", "message")]
    rows += [(item.source, item.table, item.state, item.message) for item in items]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[3]]).rstrip())


@gpo_harvest.command()
@click.pass_context
def consumer(ctx: click.Context) -> None:
    """Work on jobs until SIGTERM. A second one stands by until the first has ended."""
    logging.getLogger("ckanext.harvest").setLevel(logging.WARNING)
    with stopping.on_signals():
        lock = consumer_lock()
        if stand_by(lock):
            try:
                Consumer(ctx.meta["flask_app"], lock).run()
            finally:
                lock.release()
