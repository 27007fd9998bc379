"""The REST API: addresses that read like the data, each a thin view over one action.

In: a request to `/api/gpo/v1/…`, and the operations of the station `openapi`.

Out: the answer of the action as `data` with `links` and `meta`, by version conditional
(`ETag`, 304); or problem details in the reader's language. `gpo_rest` is the blueprint,
`refusal` the answer to what an action has refused (`REFUSED`), `read_query` the reader of what
stands behind a question mark, `sentences` what each code of a refused question says.
"""

from .codes import sentences
from .reading import read_query
from .refusals import REFUSED, refusal
from .views import gpo_rest

__all__ = ["REFUSED", "gpo_rest", "read_query", "refusal", "sentences"]
