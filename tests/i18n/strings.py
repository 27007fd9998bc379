"""What the interface says, read from the installed code as `pybabel extract` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
I18N = ROOT / "ckanext-gpo" / "ckanext" / "gpo" / "i18n"
PO = I18N / "zh_Hans_CN" / "LC_MESSAGES" / "ckanext-gpo.po"
CORE = Path(str(files("ckan")))
OURS = (ROOT / "ckanext-gpo" / "ckanext" / "gpo", ROOT / "harvesters")


def theirs() -> list[Path]:
    """CKAN and the extensions that are installed beside it."""
    harvest = find_spec("ckanext.harvest")
    assert harvest is not None
    assert harvest.origin is not None
    return [CORE, Path(harvest.origin).parents[1]]


def extracted(roots: list[Path]) -> Iterator[tuple[Path, Message]]:
    """Every string below `roots` that is given to gettext, with its file."""
    with (ROOT / "ckanext-gpo" / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    for root in roots:
        for name, _, text, _, context in extract_from_dir(root, methods, options):
            yield root / name, Message(text, context=context)


def catalogue(path: Path) -> Catalog:
    """The catalogue in a .po or .pot file."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def texts(message: Message) -> tuple[str, ...]:
    """What a catalogue says for a message; Chinese has one form, so one text."""
    return message.string if isinstance(message.string, tuple) else (message.string,)
