"""A format or profile of RDF that does not exist is the caller's mistake.

ckanext-dcat 2.4 hands any name to rdflib, and `/catalog.foo` is an error 500; and it looks
for each profile, which is each character of a text, in all installed packages.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Any

from rdflib.parser import Parser
from rdflib.plugin import plugins
from rdflib.serializer import Serializer

import ckan.plugins.toolkit as tk

from ckanext.dcat import processors, utils
from ckanext.dcat.exceptions import RDFProfileException

DEFAULT_FORMAT = "xml"

_load_profiles = processors.RDFProcessor._load_profiles
_rdflib_format = utils.url_to_rdflib_format


def rdflib_format(name: Any) -> str:
    """What rdflib calls a format of an address.

    :raises ObjectNotFound: there is no such format
    """
    name = name or DEFAULT_FORMAT
    # Harvested catalogues are named by media types too; rdflib knows those it can read.
    names = {plug.name for kind in (Parser, Serializer) for plug in plugins(kind=kind)}
    if isinstance(name, str) and name in names | utils.CONTENT_TYPES.keys():
        return _rdflib_format(name)
    message = tk._("There is no such format; the catalogue comes as {formats}")
    raise tk.ObjectNotFound(message.format(formats=", ".join(utils.CONTENT_TYPES)))


def load_profiles(self: processors.RDFProcessor, profile_names: Any) -> list[Any]:
    """Load profiles by name.

    :raises ValidationError: there is no such profile
    """
    names = profile_names if isinstance(profile_names, list) else [profile_names]
    profiles = _profiles()
    for name in names:
        if not isinstance(name, str) or name not in profiles:
            _complain(self, name)
    return [profiles[name] for name in names]


def _complain(processor: processors.RDFProcessor, name: Any) -> None:
    try:
        _load_profiles(processor, [str(name)])
    except RDFProfileException as error:
        raise tk.ValidationError({"profiles": [str(error)]}) from error


@cache
def _profiles() -> dict[str, Any]:
    """Return every profile that is installed, by name.

    dcat reads the entry points of all packages for each name: a long text, of which it
    takes every character for one, kept a process busy for minutes.
    """
    profiles = {}
    for entry in entry_points(group=processors.RDF_PROFILES_ENTRY_POINT_GROUP):
        profiles[entry.name] = profile = entry.load()
        profile.name = entry.name
    return profiles


def install() -> None:
    processors.url_to_rdflib_format = rdflib_format
    processors.RDFProcessor._load_profiles = load_profiles
