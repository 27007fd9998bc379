"""`ckan gpo-catalogue`: the reference data of dataset_schemas/ into CKAN."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable

import click

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import DOMAINS, tables

from . import reference, seed

__all__ = ["gpo_catalogue"]

ACCOUNTS = {
    "admin": ("GPO_PASSWORD_ADMIN", "平台管理员", True),
    "steward": ("GPO_PASSWORD_STEWARD", "数据管理员", False),
    "developer": ("GPO_PASSWORD_DEVELOPER", "开发者", False),
}
"""Account → where its password is found, what it is shown as, whether it is sysadmin."""


@click.group(
    "gpo-catalogue", short_help="Catalogue: departments, domains, items, datasets"
)
def gpo_catalogue() -> None:
    """The catalogue's reference data."""


@gpo_catalogue.command("seed")
def seed_all() -> None:
    """Write departments, domains, accounts, datasets and disclosure items.

    May be repeated: only what changed in dataset_schemas/ is written, and what the gate
    wrote stays. The accounts' passwords are read from GPO_PASSWORD_ADMIN,
    GPO_PASSWORD_STEWARD and GPO_PASSWORD_DEVELOPER.
    """
    passwords = _passwords()
    departments = reference.departments()
    _report("departments", (seed.ensure_department(d) for d in departments))
    _report("domains", (seed.ensure_domain(d) for d in reference.domains()))
    _report(
        "accounts",
        (
            seed.ensure_account(
                name, passwords[name], fullname=title, sysadmin=sysadmin
            )
            for name, (_, title, sysadmin) in ACCOUNTS.items()
        ),
    )
    _report(
        "roles",
        (seed.ensure_membership(d["name"], "steward", "admin") for d in departments),
    )
    ensure = tk.get_action("gpo_catalogue_dataset_ensure")
    _report(
        "datasets",
        (
            ensure({"ignore_auth": True}, {"table_ref": ref})["change"]
            for ref in tables()
        ),
    )
    _report(
        "disclosure items",
        (
            seed.ensure_item(domain, entry)
            for domain in DOMAINS
            for entry in reference.items(domain)
        ),
    )


def _passwords() -> dict[str, str]:
    passwords = {
        name: os.environ.get(variable, "") for name, (variable, *_) in ACCOUNTS.items()
    }
    missing = [
        ACCOUNTS[name][0] for name, password in passwords.items() if not password
    ]
    if missing:
        raise click.UsageError(
            f"Set {', '.join(missing)}: there are no default passwords."
        )
    return passwords


def _report(what: str, outcomes: Iterable[str]) -> None:
    """Do one step and say how many records were created, updated and left."""
    counts = Counter[str]()
    try:
        for change in outcomes:
            counts[change] += 1
    except tk.ValidationError as err:
        raise click.ClickException(
            f"{what}, number {counts.total() + 1}: {err.error_summary}"
        ) from err
    summary = ", ".join(f"{n} {change}" for change, n in sorted(counts.items()))
    click.echo(f"{what}: {summary}")
