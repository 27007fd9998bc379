"""CKAN in this process, on the databases that `bin/bench` has started."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ckan.plugins.toolkit as tk
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import Table


@contextmanager
def running() -> Iterator[None]:
    """CKAN with all plugins, inside a request."""
    app = make_app(CKANConfigLoader("config/test.ini").get_config())
    with app._wsgi_app.test_request_context():
        yield


def dataset(table: Table) -> str:
    """The name of the table's dataset, which is made with all that it stands on."""
    for department in reference.departments():
        if department["name"] == table.gpo["organization"]:
            seed.ensure_department(department)
    for domain in reference.domains():
        if domain["name"] == table.domain:
            seed.ensure_domain(domain)
    record = tk.get_action("gpo_catalogue_dataset_ensure")(
        as_site(), {"table_ref": table.ref}
    )
    return record["name"]


def as_site() -> dict[str, object]:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    return {"user": user["name"], "ignore_auth": True}
