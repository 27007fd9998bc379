"""The files of a dataset in DCAT: one distribution each, beside that of the table."""

from __future__ import annotations

from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, XSD, Namespace

from ckanext.dcat.profiles import RDFProfile
from ckanext.gpo.common import formats

SPDX = Namespace("http://spdx.org/rdf/terms#")
IANA = Namespace("https://www.iana.org/assignments/media-types/")


class DownloadsProfile(RDFProfile):
    """Adds what a resource of ours tells as `downloads`; its `url` is one of them."""

    def graph_from_dataset(
        self, dataset_dict: dict[str, Any], dataset_ref: Any
    ) -> None:
        for resource in dataset_dict.get("resources", []):
            for kind, file in (resource.get("downloads") or {}).items():
                if file["url"] != resource.get("url"):
                    self._distribution(dataset_ref, resource, kind, file)

    def _distribution(
        self,
        dataset_ref: Any,
        resource: dict[str, Any],
        kind: str,
        file: dict[str, Any],
    ) -> None:
        address = URIRef(file["url"])
        # the file's own address, which its readers may compare, is its name
        add = self.g.add
        add((dataset_ref, DCAT.distribution, address))
        add((address, RDF.type, DCAT.Distribution))
        title = f"{resource['name']} ({formats.label(kind)})"
        add((address, DCTERMS.title, Literal(title)))
        add((address, DCAT.accessURL, address))
        add((address, DCAT.downloadURL, address))
        add((address, DCAT.mediaType, IANA[formats.MEDIA_TYPES[kind]]))
        size = Literal(file["size"], datatype=XSD.nonNegativeInteger)
        add((address, DCAT.byteSize, size))
        checksum = URIRef(f"{address}#sha256")
        add((address, SPDX.checksum, checksum))
        add((checksum, RDF.type, SPDX.Checksum))
        add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        value = Literal(file["sha256"], datatype=XSD.hexBinary)
        add((checksum, SPDX.checksumValue, value))
