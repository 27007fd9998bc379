"""Programs that read a dataset, ready to run: what its page about the API shows.

In: the addresses of a published dataset.

Out: one `Example` for each language and library, of which the tests run the code as it is
shown (`tests/conformance/clients`).
"""

from .programs import Example, examples

__all__ = ["Example", "examples"]
