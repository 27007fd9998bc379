"""RQ's own, but for methods that leave the type of a serializer open."""

from redis import Redis
from rq.job import Retry as Retry
from rq.queue import Queue as _Queue
from rq.worker import Worker as _Worker

class Queue(_Queue):
    @classmethod
    def all(cls, connection: Redis) -> list[Queue]: ...

class Worker(_Worker):
    @classmethod
    def all(cls, connection: Redis) -> list[Worker]: ...
