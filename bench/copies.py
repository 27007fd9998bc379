"""A large catalogue within seconds: copies of what is there, made in the database.

Copies are records, versions and memberships that no reader can tell from others; only
rows of tables and files have no copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ckan import model
from ckan.lib import search


def datasets(name: str, count: int, first: int = 1) -> None:
    """Copies of a public dataset, numbered from `first` on, in the search index too."""
    package = _find_id("package", name)
    _copy("package", f"id = '{package}'", count, first, name=True, title=True)
    for table in ("resource", "gpo_quality_version", "package_tag"):
        _copy(table, f"package_id = '{package}'", count, first, parent="package_id")
    _copy("member", f"table_id = '{package}'", count, first, parent="table_id")
    model.Session.commit()
    _index(f"{name}-copy-{number}" for number in range(first, first + count))


def items(name: str, count: int, first: int = 1) -> None:
    """Copies of a disclosure item, in the search index too."""
    package = _find_id("package", name)
    _copy("package", f"id = '{package}'", count, first, name=True, title=True)
    _copy("member", f"table_id = '{package}'", count, first, parent="table_id")
    model.Session.commit()
    _index(f"{name}-copy-{number}" for number in range(first, first + count))


def organizations(name: str, count: int, first: int = 1) -> None:
    """Departments as this one."""
    _copy("group", f"name = '{name}'", count, first, name=True, title=True)
    model.Session.commit()


def versions(name: str, count: int, first: int = 1) -> None:
    """Earlier publications of a dataset: copies of its published version."""
    package = _find_id("package", name)
    _copy(
        "gpo_quality_version",
        f"package_id = '{package}' AND original.state = 'published'",
        count,
        first,
        id="md5(original.id || ' earlier ' || serial)::uuid::text",
        state="'superseded'",
        number="original.number + serial",
    )
    model.Session.commit()


def apps(name: str, count: int, first: int = 1) -> None:
    """Registrations as this one, at the same state, with the datasets that it uses."""
    app = _find_id("gpo_apps_app", name)
    _copy("gpo_apps_app", f"id = '{app}'", count, first, name=True)
    # a use has no id of its own
    _copy("gpo_apps_use", f"app = '{app}'", count, first, parent="app", id="NULL")
    model.Session.commit()


def _copy(
    table: str,
    where: str,
    count: int,
    first: int,
    *,
    parent: str = "",
    name: bool = False,
    title: bool = False,
    **changes: str,
) -> None:
    """Copy rows of a table; a parent's copies have their ids made as this one's."""
    values = {"id": _new("id"), **changes}
    if parent:
        values[parent] = _new(parent)
    if name:
        values["name"] = "original.name || '-copy-' || serial"
    if title:
        values["title"] = "original.title || ' ' || serial"
    pairs = ", ".join(f"'{column}', {value}" for column, value in values.items())
    with _without_rules(table):
        model.Session.execute(
            sa.text(
                f'INSERT INTO "{table}" SELECT copy.* '
                f'FROM "{table}" original CROSS JOIN generate_series(:first, :last) serial '
                f"CROSS JOIN LATERAL jsonb_populate_record(original, "
                f"jsonb_build_object({pairs})) copy WHERE original.{where}"
            ),
            {"first": first, "last": first + count - 1},
        )


@contextmanager
def _without_rules(table: str) -> Iterator[None]:
    """The database would refuse a version that begins as published."""
    triggers = f'"{table}" {{}} TRIGGER USER'
    model.Session.execute(sa.text(f"ALTER TABLE {triggers.format('DISABLE')}"))
    yield
    model.Session.execute(sa.text(f"ALTER TABLE {triggers.format('ENABLE')}"))


def _new(column: str) -> str:
    return f"md5(original.{column} || ' ' || serial)::uuid::text"


def _find_id(table: str, name: str) -> str:
    return model.Session.scalar(
        sa.text(f'SELECT id FROM "{table}" WHERE name = :name'),
        {"name": name},
    )


def _index(names: Iterable[str]) -> None:
    ids = model.Session.scalars(
        sa.select(model.Package.id).where(model.Package.name.in_(list(names)))
    ).all()
    search.rebuild(package_ids=ids, quiet=True)
    search.commit()
