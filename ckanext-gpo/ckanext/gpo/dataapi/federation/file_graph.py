"""A file of a dataset in DCAT-AP: a distribution, with what it has of its dataset."""

from __future__ import annotations

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDFS, SKOS, XSD

from ckanext.gpo.common import formats

from . import vocabulary
from .records import DatasetRecord, File, Text
from .vocabulary import DCATAP, IANA, SPDX
from .writer import Writer, address


def write_file(writer: Writer, record: DatasetRecord, file: File) -> URIRef:
    """Write a file of a dataset.

    :returns: its node, which is the file's own address
    """
    node = address(file.url)
    writer.thing(node, DCAT.Distribution)
    writer.text(node, DCTERMS.title, _title(record, file))
    if record.items:
        items = "、".join(record.items)
        writer.add(node, DCTERMS.description, Literal(f"信息项：{items}"))
    writer.add(node, DCAT.accessURL, node)
    writer.add(node, DCAT.downloadURL, node)
    writer.moment(node, DCTERMS.issued, record.values["issued"])
    writer.moment(node, DCTERMS.modified, record.modified)
    writer.add(node, DCTERMS.language, vocabulary.CHINESE)
    size = Literal(file.size, datatype=XSD.nonNegativeInteger)
    writer.add(node, DCAT.byteSize, size)
    _format(writer, node, file.kind)
    _checksum(writer, node, file)
    _rights(writer, node, record)
    stable = writer.concept(
        vocabulary.STABLE,
        Text("稳定", "Stable"),
        vocabulary.table("planned-availability"),
    )
    writer.add(node, DCATAP.availability, stable)
    return node


def _title(record: DatasetRecord, file: File) -> Text:
    label, title = formats.label(file.kind), record.title
    english = f"{title.english} ({label})" if title.english else ""
    return Text(f"{title.chinese} ({label})", english)


def _format(writer: Writer, node: URIRef, kind: str) -> None:
    name = formats.MEDIA_TYPES[kind]
    media_type = writer.thing(IANA[name], DCTERMS.MediaType)
    # ckanext-dcat knows formats by these labels
    writer.add(media_type, RDFS.label, Literal(name))
    writer.add(node, DCAT.mediaType, media_type)
    file_type = writer.thing(
        vocabulary.authority("file-type", vocabulary.FILE_TYPES[kind]),
        DCTERMS.IMT,
        DCTERMS.MediaTypeOrExtent,
    )
    writer.add(file_type, SKOS.inScheme, vocabulary.table("file-type"))
    writer.add(file_type, RDFS.label, Literal(formats.label(kind)))
    writer.add(node, DCTERMS.format, file_type)


def _checksum(writer: Writer, node: URIRef, file: File) -> None:
    checksum = writer.thing(URIRef(f"{node}#sha256"), SPDX.Checksum)
    algorithm = SPDX.checksumAlgorithm_sha256
    writer.thing(algorithm, SPDX.ChecksumAlgorithm)
    writer.add(checksum, SPDX.algorithm, algorithm)
    value = Literal(file.sha256, datatype=XSD.hexBinary)
    writer.add(checksum, SPDX.checksumValue, value)
    writer.add(node, SPDX.checksum, checksum)


def _rights(writer: Writer, node: URIRef, record: DatasetRecord) -> None:
    licence = record.licence
    if licence.id:
        own = writer.catalogue.term(f"licence-{licence.id}")
        document = address(licence.url) if licence.url else own
        writer.thing(document, DCTERMS.LicenseDocument)
        writer.text(document, DCTERMS.title, licence.title)
        writer.add(document, DCTERMS.identifier, Literal(licence.id))
        writer.add(node, DCTERMS.license, document)
    if condition := record.values["open_condition"]:
        statement = writer.thing(BNode(), DCTERMS.RightsStatement)
        writer.add(statement, RDFS.label, Literal(condition))
        writer.add(node, DCTERMS.rights, statement)
