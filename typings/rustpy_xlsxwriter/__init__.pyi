from collections.abc import Mapping, Sequence

from duckdb import DuckDBPyRelation

class Format:
    def set_bold(self) -> Format: ...
    def set_border_bottom(self, style: str) -> Format: ...
    def set_num_format(self, num_format: str) -> Format: ...

def write_worksheets(
    records_with_sheet_name: Sequence[tuple[str, DuckDBPyRelation]],
    file_name: str,
    *,
    freeze_panes: Mapping[str, Mapping[str, int]],
    header_format: Mapping[str, Format],
    column_formats: Mapping[str, Mapping[str, Format]],
    column_widths: Mapping[str, Mapping[str, float]],
    ignore_errors: Mapping[str, Sequence[str]],
) -> None: ...
