"""XML as we read it: no entities, no network; large parts piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, Final

import lxml.etree

from ckanext.gpo.intake.steps import IntakeError, Place

_HEAD: Final = 2048
_NUMBER: Final = re.compile(r"[0-9]{1,7}")
_LAST_ROW: Final = 1 << 20
"""The last row that spreadsheet programs know; they know fewer columns."""

MALFORMED: Final = lxml.etree.XMLSyntaxError


def parse(text: bytes) -> Any:
    """An XML text whole, as an lxml element.

    :raises IntakeError: `xml-entities`
    :raises lxml.etree.XMLSyntaxError: it is not well formed
    """
    refuse_entities(text)
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True
    )
    return lxml.etree.fromstring(text, parser)


def refuse_entities(head: bytes) -> None:
    """See that the beginning of a text declares no entities: no file that we read needs any.

    :raises IntakeError: `xml-entities`
    """
    if b"<!DOCTYPE" in head[:_HEAD].replace(b"\0", b""):
        raise IntakeError("xml-entities")


def iterate(stream: IO[bytes]) -> Iterator[tuple[str, Any]]:
    """Starts and ends of elements, `("start", element)`; who has used an element clears it.

    :raises IntakeError: `xml-entities`
    :raises lxml.etree.XMLSyntaxError: it is not well formed
    """
    head = stream.read(_HEAD)
    refuse_entities(head)
    parser = lxml.etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    chunk = head
    while chunk:
        parser.feed(chunk)
        yield from parser.read_events()
        chunk = stream.read(1 << 16)
    parser.close()
    yield from parser.read_events()


def malformed(err: lxml.etree.XMLSyntaxError) -> IntakeError:
    """The error of a text that is not well formed, with the line where reading ended."""
    line = err.lineno or 1
    return IntakeError("xml-malformed", Place(row=line), line=line)


def local_name(element: Any) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without the namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def number(element: Any, name: str, *, default: int) -> int:
    """The row, column or span that an attribute names.

    :raises IntakeError: `file-damaged`, it is none that a spreadsheet has
    """
    text = attribute(element, name)
    if not text:
        return default
    if not _NUMBER.fullmatch(text) or int(text) > _LAST_ROW:
        raise IntakeError("file-damaged")
    return int(text)
