"""The REST API described: OpenAPI 3.1 made of the operations that the rooms bring.

In: the operations and the files, the schemas of their answers (`Api`), the Table Schema of a
dataset, and what the site is called.

Out: the documents of the whole API (`api_document`) and of one dataset with its fields
(`dataset_document`).
"""

from .document import Api, Site, api_document, dataset_document

__all__ = ["Api", "Site", "api_document", "dataset_document"]
