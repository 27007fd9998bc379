"""A seeded catalogue with something public in it, in as many copies as one likes."""

from __future__ import annotations

import csv
import io
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import DOMAINS, Table, table
from ckanext.gpo.quality import jobs

from bench import copies, site

PUBLIC = ("culture/culture_venues", "construction/project_approvals")
"""Tables whose example rows are published; the second is the root of a data chain."""


def fill(count: int) -> dict[str, Any]:
    """Publish as many datasets in an empty database; returns one with rows."""
    for department in reference.departments():
        seed.ensure_department(department)
    for domain in reference.domains():
        seed.ensure_domain(domain)
    for domain in DOMAINS:
        for item in reference.items(domain):
            seed.ensure_item(domain, item)
    for ref in PUBLIC:
        publish(table(ref))
    grow(len(PUBLIC), count)
    return tk.get_action("package_show")(
        site.as_site(), {"id": table(PUBLIC[0]).dataset_name}
    )


def grow(present: int, count: int) -> None:
    """Go on with copies until there are as many public datasets."""
    copies.datasets(table(PUBLIC[0]).dataset_name, count - present, present)


def publish(table: Table) -> None:
    row = {field["name"]: str(field.get("example", "")) for field in table.fields}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row)
    version = tk.get_action("gpo_quality_version_submit")(
        site.as_site(),
        {
            "dataset": site.dataset(table),
            "upload": io.BytesIO(text.getvalue().encode()),
            "source": "bench",
        },
    )
    jobs.check_version(version["id"])
    version = tk.get_action("gpo_quality_version_show")(
        site.as_site(), {"id": version["id"]}
    )
    if version["state"] != "published":
        raise RuntimeError(f"{table.ref} is {version['state']}: {version['report']}")
