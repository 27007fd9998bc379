"""What the columns of a published table look like: empty cells, spread, frequent values.

In: the Parquet file of a version and the fields of its table.

Out: one `Profile` a field, computed once for a version and in bounded memory, never while a
reader waits. Pure.
"""

from .computing import compute_profiles
from .profile import Bin, Frequency, Profile

__all__ = ["Bin", "Frequency", "Profile", "compute_profiles"]
