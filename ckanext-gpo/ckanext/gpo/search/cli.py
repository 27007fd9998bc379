"""`ckan gpo-search`: is the index what the database says? And Solr in its place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from . import record_finder, solr_configset
from .adapter import embedded
from .engine import Engine
from .errors import EngineError
from .upkeep import audit, progress, rebuilding

__all__ = ["gpo_search"]


@click.group("gpo-search", short_help="Embedded search index")
def gpo_search() -> None:
    pass


@gpo_search.command()
@click.option("--repair", is_flag=True, help="Mend what differs")
def check(*, repair: bool) -> None:
    """Compare the index with the database; exit code 1 when they differ."""
    engine = embedded().engine
    failures: rebuilding.Failures = {}
    try:
        engine.commit()
        if repair and engine.index.unfilled:
            failures = rebuilding.rebuild(
                progress.terminal_progress(), force=True, processes=os.cpu_count() or 1
            )
            differences = audit.Differences(set(failures), set(), set())
        else:
            differences = audit.compare()
            if repair and differences:
                failures = audit.mend(differences, progress.terminal_progress())
                differences = audit.recheck(differences)
    except EngineError as error:
        raise click.ClickException(str(error)) from error
    if not differences:
        engine.index.declare_filled()
    _tell(differences, failures)
    _tell_of_files(engine)
    records_differ = _check_records(repair=repair)
    if differences or records_differ:
        if not repair:
            click.echo("Run `ckan gpo-search check --repair`")
        sys.exit(1)


def _check_records(*, repair: bool) -> bool:
    """Whether the records that are found are not those that there are."""
    if repair:
        _index_records()
    differences = record_finder.differences()
    for live in differences.stale:
        click.echo(f"records of {live.table.ref} are not found as they are")
    for table in differences.surplus:
        click.echo(f"records of {table} are found, and there is no such table")
    return bool(differences)


@gpo_search.command()
def records() -> None:
    """Let the records of all tables be found as they are now, on this machine."""
    _index_records()


def _index_records() -> None:
    try:
        if not record_finder.reconcile(click.echo):
            click.echo("Another process indexes records")
    except EngineError as error:
        raise click.ClickException(str(error)) from error


def _tell(differences: audit.Differences, failures: rebuilding.Failures) -> None:
    counts = {
        "missing": differences.missing,
        "stale": differences.stale,
        "extra": differences.extra,
    }
    for label, ids in counts.items():
        for dataset_id in sorted(ids):
            click.echo(f"{label} {dataset_id}")
    for dataset_id, reason in failures.items():
        click.echo(f"failed {dataset_id}: {reason}")
    click.echo(", ".join(f"{len(ids)} {label}" for label, ids in counts.items()))


def _tell_of_files(engine: Engine) -> None:
    if engine.index.unfilled:
        click.echo(f"{engine.folder} is new, and nobody has filled it yet")
    for file in engine.index.pending.failed():
        click.echo(f"{file} could not be carried out; look at it and delete it")
    for folder in engine.set_aside():
        click.echo(f"{folder} is an index of another version and can be deleted")


@gpo_search.command("solr-configset")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def write_configset(folder: Path) -> None:
    """Write a configset for Solr 9 that reads Chinese, for a site without this plugin."""
    for file in solr_configset.write(folder):
        click.echo(file)
