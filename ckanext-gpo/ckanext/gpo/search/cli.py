"""`ckan gpo-search`: is the index what the database says?"""

from __future__ import annotations

import sys

import click

from .audit import compare
from .patch import make_connection

__all__ = ["gpo_search"]


@click.group("gpo-search", short_help="Embedded search index")
def gpo_search() -> None:
    pass


@gpo_search.command()
def check() -> None:
    """Compare the index with the database; exit code 1 when they differ."""
    missing, extra = compare()
    for label, ids in (("missing", missing), ("extra", extra)):
        for dataset_id in sorted(ids):
            click.echo(f"{label} {dataset_id}")
    click.echo(f"{len(missing)} missing, {len(extra)} extra")
    for folder in make_connection().engine.set_aside():
        click.echo(f"{folder} is an index of another version and can be deleted")
    if missing or extra:
        click.echo("Run `ckan search-index rebuild`")
        sys.exit(1)
