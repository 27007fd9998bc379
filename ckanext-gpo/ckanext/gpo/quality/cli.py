"""`ckan gpo-quality`: the gate from the command line."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from ckanext.gpo.common import tables
from ckanext.gpo.common.errors import CandidateError, UnknownTable
from ckanext.gpo.common.worker import Worker

from . import config, engine, examination, jobs
from .publication import references
from .report import explain, steps
from .trial import QUEUE as TRIALS

__all__ = ["gpo_quality"]

QUEUES = (jobs.QUEUE, TRIALS)
"""What the worker works off after CKAN's own queue."""


@click.group(name="gpo-quality", short_help="The gate: checks and publications.")
def gpo_quality() -> None:
    pass


@gpo_quality.command()
def resume() -> None:
    """Take up what a crash cut off; run it before the workers start."""
    count = jobs.resume_all()
    click.echo(f"{count} versions taken up")


@gpo_quality.command()
@click.option("--burst", is_flag=True, help="End when nothing is left to do.")
def worker(burst: bool) -> None:
    """Take up what a crash cut off, then work off the background jobs of the site."""
    jobs.resume_all()
    Worker(QUEUES).work(burst=burst, with_scheduler=True)


@gpo_quality.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--table", "ref", required=True, metavar="DOMAIN/TABLE")
def examine(file: Path, ref: str) -> None:
    """Read and check a file as the gate does, and keep nothing of it.

    Prints how it was read and what is wrong with it; ends with 1 if anything is.
    """
    try:
        table = tables.table(ref)
    except UnknownTable as err:
        raise click.UsageError(err.message) from err
    with tempfile.TemporaryDirectory(prefix="gpo-examine-") as name:
        try:
            report = examination.examine(
                file,
                table,
                {},
                references.published_keys(table),
                Path(name),
                config.reading_limits(),
                published_rows=references.published_rows(table),
            )
        except CandidateError as err:
            report = engine.unreadable(err, table)
    for sentence in steps(report, str):
        click.echo(f"- {sentence}")
    for error in report["errors"]:
        words = explain(error, table, str)
        click.echo(f"! [{error['rule']}] {words['message']} {words['fix']}")
    click.echo(f"{report['rows']} rows, {report['error_count']} faults")
    if not report["valid"]:
        raise SystemExit(1)
