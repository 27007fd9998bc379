"""The licences that the platform uses; CKAN's register names fourteen more."""

from __future__ import annotations

from typing import Final

from ckan import model

USED: Final = ("cc-by", "other-at")
"""CC BY for what departments publish; attribution as its source asks for real data."""


def restrict_register() -> None:
    """Leave in CKAN's register, which forms and the API read, what the platform uses."""
    register = model.Package.get_license_register()
    register.licenses = [known for known in register.values() if known.id in USED]
