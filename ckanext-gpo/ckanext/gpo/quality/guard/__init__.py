"""Keeps CKAN's other paths from making public what has not passed: the rules, see `PATHS.md`.

In: what a caller wants of a dataset by one of CKAN's own actions, and what is stored.

Out: `scope` says whether the gate holds the dataset, and what of it is the gate's to say.
The chained actions that ask here stand in `logic/action/guard*.py`, with all actions of
the room: there CKAN looks for them.
"""

from . import scope

__all__ = ["scope"]
