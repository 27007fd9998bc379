"""Why something that a builder hands in is not taken."""

from __future__ import annotations

from ckanext.gpo.common.errors import GpoError


class MaterialError(GpoError):
    """It is not taken; `code` says why:

    `picture-unreadable`, `picture-too-large`, `link-malformed`, `package-kind`
    """
