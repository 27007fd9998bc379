"""A dataset in the terms of schema.org, as search engines for datasets read it."""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common import formats

from .records import DatasetRecord, Text
from .writer import Catalogue


def dataset_json_ld(
    catalogue: Catalogue, record: DatasetRecord, english: bool
) -> dict[str, Any]:
    """What a dataset's page tells search engines.

    :param english: whether the page is read in English
    """
    page = f"{catalogue.site}/dataset/{record.name}"
    optional = {
        "alternateName": _other(record.title, english),
        "license": record.licence.url,
        "datePublished": record.values["issued"],
        "temporalCoverage": _coverage(record),
        "conditionsOfAccess": record.values["open_condition"],
        "identifier": record.code,
    }
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{catalogue.site}/dataset/{record.id}",
        "url": page,
        "name": record.title.read(english),
        "description": _description(record, english),
        "inLanguage": "zh-Hans",
        "isAccessibleForFree": True,
        "dateModified": record.modified,
        "keywords": [
            *record.keywords,
            *(domain.title.read(english) for domain in record.domains),
        ],
        "creator": {
            "@type": "GovernmentOrganization",
            "name": record.publisher.title.read(english),
            "url": f"{catalogue.site}/organization/{record.publisher.name}",
        },
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": catalogue.owner.read(english),
            "url": f"{catalogue.site}/",
        },
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": catalogue.title.read(english),
            "url": f"{catalogue.site}/",
        },
        "spatialCoverage": {
            "@type": "Place",
            "name": catalogue.division.read(english),
        },
        "variableMeasured": list(record.items),
        **{name: value for name, value in optional.items() if value},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": file.url,
                "encodingFormat": formats.MEDIA_TYPES[file.kind],
                "contentSize": str(file.size),
                "sha256": file.sha256,
            }
            for file in record.files
        ],
    }


SHORTEST = 50
"""Google reads no description that is shorter."""


def _description(record: DatasetRecord, english: bool) -> str:
    text = record.notes.read(english)
    if len(text) >= SHORTEST:
        return text
    return f"{text} {record.title.read(english)}：{'、'.join(record.items)}"[:5000]


def _other(text: Text, english: bool) -> str:
    other = text.read(not english)
    return "" if other == text.read(english) else other


def _coverage(record: DatasetRecord) -> str:
    start, end = record.values["temporal_start"], record.values["temporal_end"]
    return f"{start or '..'}/{end or '..'}" if record.is_of_a_time else ""
