"""`ckan gpo-quality`: the gate from the command line."""

from __future__ import annotations

import click

from . import jobs
from .worker import Worker

__all__ = ["gpo_quality"]


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
    Worker().work(burst=burst, with_scheduler=True)
