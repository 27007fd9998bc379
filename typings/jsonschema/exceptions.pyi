from collections import deque
from collections.abc import Iterable

class ValidationError(Exception):
    message: str
    json_path: str
    absolute_path: deque[str | int]

def best_match(errors: Iterable[ValidationError]) -> ValidationError | None: ...
