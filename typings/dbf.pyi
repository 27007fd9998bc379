# What we use of dbf, which comes without types.

from typing import Any

READ_ONLY: Any

def Table(  # noqa: N802 - its name there
    filename: str, *, codepage: str | None, on_disk: bool, ignore_memos: bool
) -> Any: ...
def is_deleted(record: Any) -> bool: ...
