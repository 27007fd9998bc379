"""Types for which CKAN has no fitting name."""

from __future__ import annotations

from typing import Any, TypeAlias

Subject: TypeAlias = Any
"""What a chained auth function is asked about: a DataDict.

CKAN's types hand it one that may be None and take only one that is not.
"""
