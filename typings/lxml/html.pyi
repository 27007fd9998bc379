# What we use of lxml.html, which comes without types.

from typing import Any

def document_fromstring(html: str) -> Any: ...
