import xmlrpc.client

class SupervisorTransport(xmlrpc.client.Transport):
    def __init__(
        self, username: str | None, password: str | None, serverurl: str
    ) -> None: ...
