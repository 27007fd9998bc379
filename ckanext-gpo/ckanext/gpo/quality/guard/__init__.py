"""Keeps CKAN's other paths from making public what has not passed: the rules, see `PATHS.md`.

In: what a caller wants of a dataset by one of CKAN's own actions, and what is stored.

Out: a refusal, or the same with what the gate has to say filled in. `scope` tells whether
the gate holds a dataset at all, `dataset` and `resources` hold what it says of itself and of
its files.

The chained actions that ask here stand in `logic/action/guard*.py`, with all actions of
the room: there CKAN looks for them.
"""

from . import dataset, resources, scope

__all__ = ["dataset", "resources", "scope"]
