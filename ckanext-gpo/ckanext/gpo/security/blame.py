"""Whose fault an exception is: what a caller sent, or our code.

CKAN's own actions and pages trust what they are given, and fail somewhere inside when it
is of a wrong kind. That is a bad request, not a fault of the site. The same exception out
of a module of ours is a bug, and must look like one.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from sqlalchemy import exc

import ckan

import ckanext
import ckanext.gpo

BAD_INPUT = (
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    exc.StatementError,
    exc.InvalidRequestError,
    exc.ArgumentError,
)
"""What CKAN's code raises when a parameter is of a wrong kind or size."""

_OUTAGE = (exc.OperationalError, exc.InternalError, exc.PendingRollbackError)
"""Database errors that no parameter causes."""

_OURS = tuple(str(Path(folder)) + "/" for folder in ckanext.gpo.__path__)
_SITE = tuple(str(Path(folder)) + "/" for folder in (*ckan.__path__, *ckanext.__path__))


def is_caller(error: BaseException) -> bool:
    """Whether the exception comes of junk that code other than ours was handed.

    The last frame of CKAN, an extension or a template decides; libraries below it only
    do what they are told.
    """
    if not isinstance(error, BAD_INPUT) or isinstance(error, _OUTAGE):
        return False
    frames = [
        frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)
    ]
    site = [name for name in frames if name.startswith(_SITE)]
    return bool(site) and not site[-1].startswith(_OURS)
