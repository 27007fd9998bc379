"""The interfaces of CKAN that accounts answer to."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
from ckan import model
from ckan.types import Schema

from . import identity, login, tokens


class Accounts(p.SingletonPlugin):
    """Logging in, and API tokens."""

    p.implements(p.IAuthenticator, inherit=True)
    p.implements(p.IApiToken, inherit=True)

    # IAuthenticator
    def login(self) -> Any:
        return login.login()

    def identify_user(
        self, user_id: str | None = None
    ) -> model.User | model.AnonymousUser | None:
        return identity.identify(user_id) if user_id else None

    def authenticate(self, identity: dict[str, Any]) -> None:
        login.authenticate(identity)

    # IApiToken
    def create_api_token_schema(self, schema: Schema) -> Schema:
        return tokens.create_schema(schema)

    def postprocess_api_token(
        self, data: dict[str, Any], jti: str, data_dict: dict[str, Any]
    ) -> dict[str, Any]:
        return tokens.with_expiry(data, jti, data_dict["expires_in_days"])

    def preprocess_api_token(self, data: Any) -> Any:
        return tokens.without_overdue(data)
