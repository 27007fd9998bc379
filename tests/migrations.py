"""The migrations of a plugin, run on an empty schema of the tests' database."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from ckan import model

import ckanext.gpo.migration as migration


@contextmanager
def empty_schema() -> Iterator[sa.Connection]:
    """A connection that stands in an empty schema, until it is given up."""
    with model.meta.engine.connect() as connection:
        connection.execute(sa.text("CREATE SCHEMA old; SET search_path TO old"))
        yield connection
        connection.rollback()


def revisions(plugin: str) -> list[ModuleType]:
    """The migrations of a plugin, in their order."""
    (folder,) = (Path(path) / plugin / "versions" for path in migration.__path__)
    modules = []
    for path in sorted(folder.glob("*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        modules.append(module)
    return modules


def upgrade(connection: sa.Connection, *modules: ModuleType) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        for module in modules:
            module.upgrade()


def downgrade(connection: sa.Connection, *modules: ModuleType) -> None:
    """Undo migrations, the last one first."""
    with Operations.context(MigrationContext.configure(connection)):
        for module in reversed(modules):
            module.downgrade()
