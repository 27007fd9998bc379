"""`ckan gpo-apps …`"""

from __future__ import annotations

from pathlib import Path

import click
import yaml

import ckan.plugins.toolkit as tk

from . import loading

__all__ = ["gpo_apps"]


@click.group("gpo-apps", short_help="Registry of apps")
def gpo_apps() -> None:
    """The registry of apps."""


@gpo_apps.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--builder", required=True, help="Account that registers them.")
@click.option("--reviewer", required=True, help="Account that approves them.")
@click.pass_context
def load(ctx: click.Context, file: Path, builder: str, reviewer: str) -> None:
    """Register and publish the apps of a YAML file.

    They pass all checks. May be repeated: what the builder has already is left alone.
    """
    entries = yaml.safe_load(file.read_text("utf-8"))
    with ctx.meta["flask_app"].test_request_context():
        try:
            for title, outcome in loading.load(
                entries, file.parent, builder=builder, reviewer=reviewer
            ):
                click.echo(f"{outcome:<10} {title}")
        except (tk.ValidationError, tk.NotAuthorized) as err:
            raise click.ClickException(str(err)) from err
