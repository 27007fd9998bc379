"""Lets anyone check a file against a table, and keeps nothing of it.

In: a file and the ref of a table.

Out: the report that the gate would give, for an hour, to whoever holds the trial's id. The
file is gone as soon as it has been read. A trial is nothing but its RQ job: the job's
result is the report, and with the job all of it is forgotten.
"""

from .trial import LIFETIME, QUEUE, Trial, TrialError, begin, find, sweep

__all__ = ["LIFETIME", "QUEUE", "Trial", "TrialError", "begin", "find", "sweep"]
