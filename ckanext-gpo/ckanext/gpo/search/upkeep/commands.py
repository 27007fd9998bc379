"""What `ckan search-index rebuild` and `rebuild-fast` do on the embedded engine.

The commands, their options and words are CKAN's own. A whole rebuild is made beside the
index that serves, which it then replaces; where CKAN's options ask for changes of the
index that is there (one dataset, only what is missing, each at once, keep orphans),
that is changed. Without our plugin they do what they always did.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from ckan import model
from ckan.cli import error_shout
from ckan.cli.search_index import rebuild as ckan_rebuild
from ckan.cli.search_index import rebuild_fast as ckan_rebuild_fast
from ckan.cli.search_index import show as ckan_show

from ckanext.gpo.search.adapter import active, embedded
from ckanext.gpo.search.errors import EngineError

from . import audit, progress, rebuilding
from .rebuilding import Failures, IncompleteError

HELP = """ Rebuild the search index, beside the one that serves, which it then replaces.

With --force also without the datasets that cannot be indexed. They are listed at the
end, and the exit code is 1. With a dataset, --only-missing, --commit-each or
--keep-orphans the index that serves is changed instead. """


def install() -> None:
    """Put our ways behind CKAN's commands."""
    if hasattr(ckan_rebuild.callback, "gpo_search"):
        return
    for command, ours in ((ckan_rebuild, _rebuild), (ckan_rebuild_fast, _fast)):
        command.callback = _instead_of(command.callback, ours)
    ckan_rebuild.help = HELP
    ckan_show.callback = _settled(ckan_show.callback)


def _instead_of(theirs: Callable[..., Any] | None, ours: Callable[..., Any]) -> Any:
    assert theirs  # noqa: S101 - CKAN's commands do something

    @wraps(theirs)
    def callback(*args: Any, **options: Any) -> Any:
        return ours(**options) if active() else theirs(*args, **options)

    callback.__dict__["gpo_search"] = True
    return callback


def _settled(theirs: Callable[..., Any] | None) -> Any:
    """CKAN's command, once that which waits is in the index."""
    assert theirs  # noqa: S101 - as above

    @wraps(theirs)
    def callback(*args: Any, **options: Any) -> Any:
        if active():
            embedded().engine.index.settle()
        return theirs(*args, **options)

    return callback


def _rebuild(
    *,
    package_id: str | None,
    force: bool,
    only_missing: bool,
    quiet: bool,
    verbose: bool,
    commit_each: bool,
    keep_orphans: bool,
) -> None:
    if package_id:
        ids = [_dataset(package_id)]
    elif only_missing:
        ids = sorted(audit.missing_ids())
    elif commit_each or keep_orphans:
        ids = rebuilding.dataset_ids()
    else:
        _whole(force=force, processes=1, quiet=quiet and not verbose)
        return
    how = (
        progress.silent_progress()
        if quiet and not verbose
        else progress.terminal_progress()
    )
    _end(_or_exit(lambda: rebuilding.update(ids, how, each=commit_each)))


def _fast() -> None:
    _whole(force=False, processes=os.cpu_count() or 1, quiet=False)


def _whole(*, force: bool, processes: int, quiet: bool) -> None:
    how = progress.silent_progress() if quiet else progress.terminal_progress()
    try:
        _end(
            _or_exit(lambda: rebuilding.rebuild(how, force=force, processes=processes)),
            "the new index is without them",
        )
    except IncompleteError as error:
        _end(
            error.failures,
            "nothing was changed; with --force the index is built without them",
        )


def _or_exit(work: Callable[[], Failures]) -> Failures:
    try:
        return work()
    except EngineError as error:
        error_shout(error)
        sys.exit(1)


def _dataset(name: str) -> str:
    dataset = model.Package.get(name)
    if dataset is None:
        error_shout(f"Couldn't find package {name}")
        sys.exit(1)
    return dataset.id


def _end(failures: Failures, so: str = "") -> None:
    """List what failed; then the exit code is 1."""
    if not failures:
        return
    for dataset_id, reason in failures.items():
        click.echo(f"failed {dataset_id}: {reason}", err=True)
    error_shout(f"{len(failures)} datasets cannot be indexed" + (so and f": {so}"))
    sys.exit(1)
