from collections.abc import Mapping
from datetime import date
from typing import Any

from .format import Format

class Worksheet:
    def get_name(self) -> str: ...
    def write_string(
        self, row: int, col: int, string: str, cell_format: Format | None = None
    ) -> int: ...
    def write_datetime(
        self, row: int, col: int, date: date, cell_format: Format | None = None
    ) -> int: ...
    def write_row(
        self, row: int, col: int, data: Any, cell_format: Format | None = None
    ) -> int: ...
    def set_row(self, row: int, height: float | None = None) -> int: ...
    def set_column(
        self,
        first_col: int,
        last_col: int,
        width: float | None = None,
        cell_format: Format | None = None,
    ) -> int: ...
    def data_validation(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        options: Mapping[str, Any],
    ) -> int: ...
    def freeze_panes(self, row: int, col: int) -> None: ...
    def protect(
        self, password: str = "", options: Mapping[str, bool] | None = None
    ) -> None: ...
    def merge_range(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        data: Any,
        cell_format: Format | None = None,
    ) -> int: ...
    def write_number(
        self, row: int, col: int, number: float, cell_format: Format | None = None
    ) -> int: ...
    def autofilter(
        self, first_row: int, first_col: int, last_row: int, last_col: int
    ) -> int: ...
    def ignore_errors(self, options: Mapping[str, str]) -> int: ...
    def write(
        self, row: int, col: int, value: Any, cell_format: Format | None = None
    ) -> int: ...
