"""The REST API described: OpenAPI 3.1 made of the operations that the rooms bring.

In: the operations, the schemas of their answers, the Table Schema of a dataset, and what the
site is called.

Out: the documents of the whole API (`api_document`) and of one dataset with its fields
(`dataset_document`).
"""

from .document import Site, api_document, dataset_document

__all__ = ["Site", "api_document", "dataset_document"]
