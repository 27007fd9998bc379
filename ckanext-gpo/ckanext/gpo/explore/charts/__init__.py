"""Charts of a published table: what one may ask for, how it is put, what is drawn.

In: the Table Schema of a table, the query string of an address, the groups that
`gpo_dataapi_record_aggregate` answers with.

Out: a `Choice` (which measure by which group, drawn how), the choices that suit a table
(`proposals`), its words (`title`), and `Figures`: what the chart and the table beside it
both show. Pure.
"""

from .choice import Choice, Kind, choices, parse_choice
from .dimensions import Dimension, Measure, dimensions, measures
from .figures import Figure, Figures, read_figures
from .proposals import proposals
from .wording import dimension_label, measure_label, short_title, title

__all__ = [
    "Choice",
    "Dimension",
    "Figure",
    "Figures",
    "Kind",
    "Measure",
    "choices",
    "dimension_label",
    "dimensions",
    "measure_label",
    "measures",
    "parse_choice",
    "proposals",
    "read_figures",
    "short_title",
    "title",
]
