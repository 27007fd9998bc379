"""Webhooks: programs are told of what happens to public data, by signed requests.

In: the owner of an account registers an address and what it is to be told of; `read_news` takes
in what the walk through the ledger tells (`common.news`), in its transaction.

Out: one message for each webhook and event. A job sends it as Standard Webhooks describes
(https://www.standardwebhooks.com/): a POST of JSON, signed with the secret that was shown once.
Who does not answer with 2xx is asked again for three days, each pause longer than the last;
every attempt is written down. When nothing has come through for so long, the webhook is
switched off, and its owner is told.

A message is sent at least once: if the job is killed between sending and noting, it is sent
again, under the same `webhook-id`. What is not public any more is not sent.
"""

from __future__ import annotations

from . import jobs
from .letters import OFF
from .model import Delivery, Message, State, Webhook, now
from .secret import encrypt, new_secret
from .telling import read_news, test_message
from .topics import CHOICES, EVERYTHING, SUBJECT_KINDS
from .upkeep import erase

__all__ = [
    "CHOICES",
    "EVERYTHING",
    "OFF",
    "SUBJECT_KINDS",
    "Delivery",
    "Message",
    "State",
    "Webhook",
    "encrypt",
    "erase",
    "jobs",
    "new_secret",
    "now",
    "read_news",
    "test_message",
]
