"""Files on their way from a clerk's browser to a candidate.

In: files that come whole with a form, or in parts that go on after a broken line (tus).

Out: for each file its upload, which belongs to one account and for a day, and the datasets
that it may be of by its columns; the cells of a form that somebody has changed.

`store` keeps what is not handed in yet, `parts` speaks tus over it, `choices` says of which
dataset a file may be, `cells` reads the form of a report. The addresses are those of
`pages/hand_in.py` and `pages/uploads.py`.
"""

from .cells import changed_cells
from .choices import Choice, choose
from .parts import PART, Allowance, Answer, answer
from .store import Upload, UploadStore

__all__ = [
    "PART",
    "Allowance",
    "Answer",
    "Choice",
    "Upload",
    "UploadStore",
    "answer",
    "changed_cells",
    "choose",
]
