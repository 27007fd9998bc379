"""`python -m gpo_samples`: fill, serve and mend the sample systems."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import psycopg2

from . import database, systems
from .service import serve as run

folder_option = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Drop folder of the departments.",
)


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command(short_help="Fill the database and the drop folder.")
@click.option(
    "--database-url",
    envvar="GPO_SAMPLES_DATABASE_URL",
    help="postgresql:// of a role that may create schemas.",
)
@folder_option
@click.option("--only", type=click.Choice(["db", "files"]), help="One of the two.")
def load(database_url: str | None, folder: Path | None, only: str | None) -> None:
    """Fill the database and the drop folder; again means the same content again.

    What `mend` corrected is faulty again afterwards.
    """
    counts: dict[str, int] = {}
    if only != "files":
        if not database_url:
            raise click.UsageError("--database-url is missing (or --only files)")
        try:
            counts |= database.load(database_url, systems.TABLES)
        except psycopg2.Error as error:
            raise click.ClickException(f"The database says: {error}") from error
    if only != "db":
        if not folder:
            raise click.UsageError("--folder is missing (or --only db)")
        counts |= systems.load_files(folder)
    for name, count in counts.items():
        click.echo(f"{count:>9,}  {name}")


@main.command(short_help="Serve the JSON services.")
@click.option("--port", type=int, required=True)
@click.option("--token", envvar="GPO_SAMPLES_TOKEN", required=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@folder_option
def serve(port: int, token: str, host: str, folder: Path | None) -> None:
    """Serve /tax and /legal until the process is ended.

    With --folder, notary fees that were mended there are served instead.
    """
    run(systems.service(token, folder), host, port)


@main.command(short_help="Correct a table as its department would.")
@folder_option
@click.argument("name", type=click.Choice(list(systems.CORRECTABLE)))
def mend(folder: Path | None, name: str) -> None:
    """Rewrite the export of a table without its mistakes."""
    if not folder:
        raise click.UsageError("--folder is missing")
    table = systems.CORRECTABLE[name]
    table.write(folder, mended=True)
    click.echo(folder / table.path)


if __name__ == "__main__":
    sys.exit(main())
