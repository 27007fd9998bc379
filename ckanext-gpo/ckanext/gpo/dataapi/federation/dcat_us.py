"""Datasets as DCAT-US 1.1 (Project Open Data), the form of `data.json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from ckanext.gpo.common import formats

from .records import DatasetRecord, File
from .writer import Catalogue

CONTEXT: Final = "https://project-open-data.cio.gov/v1.1/schema"

PERIODS: Final = {
    "realtime": "R/PT1S",
    "daily": "R/P1D",
    "weekly": "R/P1W",
    "monthly": "R/P1M",
    "quarterly": "R/P3M",
    "half_yearly": "R/P6M",
    "yearly": "R/P1Y",
    "other": "irregular",
}
"""`update_freq` → a repeating interval of ISO 8601."""

LEVELS: Final = {
    "unconditional": "public",
    "conditional": "restricted public",
    "none": "non-public",
}


def data_json(catalogue: Catalogue, records: Iterable[DatasetRecord]) -> dict[str, Any]:
    """The whole catalogue."""
    return {
        "@context": f"{CONTEXT}/catalog.jsonld",
        "@id": f"{catalogue.site}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": CONTEXT,
        "describedBy": f"{CONTEXT}/catalog.json",
        "dataset": [_dataset(catalogue, record) for record in records],
    }


def _dataset(catalogue: Catalogue, record: DatasetRecord) -> dict[str, Any]:
    page = f"{catalogue.site}/dataset/{record.name}"
    contact, values = record.contact, record.values
    optional = {
        "issued": values["issued"],
        "landingPage": values["url"] or page,
        "license": record.licence.url,
        "rights": values["open_condition"],
        "accrualPeriodicity": PERIODS.get(values["update_freq"]),
        "temporal": _temporal(record),
        "theme": [domain.title.chinese for domain in record.domains],
        "describedBy": f"{catalogue.service}datasets/{record.name}/schema",
        "describedByType": "application/json",
    }
    return {
        "@type": "dcat:Dataset",
        "identifier": record.code or page,
        "title": record.title.chinese,
        "description": record.notes.chinese,
        "keyword": list(record.keywords) or [d.title.chinese for d in record.domains],
        "modified": record.modified,
        "publisher": {
            "@type": "org:Organization",
            "name": record.publisher.title.chinese,
            "subOrganizationOf": {
                "@type": "org:Organization",
                "name": catalogue.owner.chinese,
            },
        },
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": contact.name.chinese,
            "hasEmail": f"mailto:{contact.email}" if contact.email else "",
        },
        "accessLevel": LEVELS.get(values["open_type"], "public"),
        "language": ["zh-Hans"],
        "spatial": catalogue.division.chinese,
        **{name: value for name, value in optional.items() if value},
        "distribution": [_distribution(record, file) for file in record.files],
    }


def _temporal(record: DatasetRecord) -> str:
    """An interval of ISO 8601, if both of its ends are told."""
    start, end = record.values["temporal_start"], record.values["temporal_end"]
    return f"{start}/{end}" if start and end else ""


def _distribution(record: DatasetRecord, file: File) -> dict[str, Any]:
    label = formats.label(file.kind)
    return {
        "@type": "dcat:Distribution",
        "title": f"{record.title.chinese} ({label})",
        "downloadURL": file.url,
        "mediaType": formats.MEDIA_TYPES[file.kind],
        "format": label,
    }
