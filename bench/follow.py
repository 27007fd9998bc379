"""`follow_told`, `follow_publication`: 10,000 followers of one dataset are told by mail.

`follow_told_computing` is what the sender's processor does of it, on however busy a machine.
The mails go to an SMTP server in a process of its own. The peer of telling is the loop that
a CKAN extension would write, CKAN's mailer for one recipient after the other, nothing kept
of what was sent; it is taken at fewer and scaled. That of a publication is the same
publication while nobody follows the dataset, in turns with it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from statistics import median

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import mailer
from ckan.model.types import make_uuid

from ckanext.gpo.common.news import Subject, walk
from ckanext.gpo.common.notices import sending
from ckanext.gpo.common.tables import Table, table
from ckanext.gpo.follow import addresses, config
from ckanext.gpo.follow.model import Address, Follow, now
from ckanext.gpo.quality import jobs

from bench import mail_sink, site
from bench.figure import Figure, Stopwatch

FOLLOWERS = 10_000
PEER_MAILS = 500
PUBLICATIONS = 5
"""Publications with and without followers, in turns."""

TABLE = "culture/culture_venues"


def figures() -> Iterator[Figure]:
    with mail_sink.running() as sink, site.running():
        tk.config["smtp.server"] = sink.address
        tk.config["ckanext.gpo.common.quiet_hours"] = ""
        described = table(TABLE)
        name = site.dataset(described)
        _publish(described, name, 0)
        key = model.Package.get(name).id
        walk.walk(600)
        _follow(Subject("dataset", key))
        alone, followed = _publications(described, name)
        _confirm(False)
        walk.walk(600)  # nobody is told of the publications before
        _confirm(True)
        _publish(described, name, 2 * PUBLICATIONS + 1)
        with Stopwatch() as fan_out:
            walk.walk(600)
        with Stopwatch() as delivery:
            while sending.send_due(600):
                pass
        counts = sink.take_counts()
        if set(counts.values()) != {1} or len(counts) != FOLLOWERS:
            raise RuntimeError(f"{len(counts)} were told, {counts.most_common(1)}")
        with Stopwatch() as peer:
            _plain_loop()
    total = fan_out.seconds + delivery.seconds
    scaled = peer.seconds * FOLLOWERS / PEER_MAILS
    computing = fan_out.computing + delivery.computing
    scaled_computing = peer.computing * FOLLOWERS / PEER_MAILS
    loop = f"CKAN's mailer in a loop, {PEER_MAILS:,} mails scaled"
    yield Figure.from_times("follow_told", total, loop, scaled, FOLLOWERS)
    yield Figure.from_times(
        "follow_told_computing", computing, loop, scaled_computing, FOLLOWERS
    )
    yield Figure("follow_fan_out", round(fan_out.seconds, 3), "s", n=FOLLOWERS)
    yield Figure.from_times(
        "follow_publication", followed, "without followers", alone, PUBLICATIONS
    )


def _publications(described: Table, name: str) -> tuple[float, float]:
    """The median seconds of a publication without and with followers."""
    seconds: dict[bool, list[float]] = {False: [], True: []}
    for number in range(2 * PUBLICATIONS):
        is_followed = number % 2 == 1
        _confirm(is_followed)
        with Stopwatch() as publication:
            _publish(described, name, number + 1)
        seconds[is_followed].append(publication.seconds)
    return median(seconds[False]), median(seconds[True])


def _confirm(confirmed: bool) -> None:
    model.Session.query(Follow).update({"confirmed": now() if confirmed else None})
    model.Session.commit()


def _publish(described: Table, name: str, number: int) -> None:
    """A version of one row, other than those before."""
    fields = described.fields
    row = {field["name"]: str(field.get("example", "")) for field in fields}
    row["venue_name"] = f"示例场馆{number}"
    lines = [",".join(row), ",".join(f'"{value}"' for value in row.values())]
    version = tk.get_action("gpo_quality_version_submit")(
        site.as_site(),
        {
            "dataset": name,
            "upload": io.BytesIO("\n".join(lines).encode()),
            "source": "bench",
        },
    )
    jobs.check_version(version["id"])
    model.Session.rollback()
    state = tk.get_action("gpo_quality_version_show")(
        site.as_site(), {"id": version["id"]}
    )
    if state["state"] != "published":
        raise RuntimeError(f"the candidate is {state['state']}: {state['report']}")


def _follow(subject: Subject) -> None:
    key = config.secret_key()
    ids = [make_uuid() for _ in range(FOLLOWERS)]
    model.Session.execute(
        sa.insert(Address),
        [
            {
                "id": id_,
                "fingerprint": addresses.fingerprint(_address(number), key),
                "secret": addresses.encrypt(_address(number), key),
                "language": "zh_Hans_CN",
                "created": now(),
            }
            for number, id_ in enumerate(ids)
        ],
    )
    follows = {"has_account": False, "pace": "at-once", "confirmed": now()}
    model.Session.execute(
        sa.insert(Follow),
        [
            {
                "id": make_uuid(),
                "recipient": id_,
                "kind": subject.kind,
                "key": subject.key,
                "created": now(),
                **follows,
            }
            for id_ in ids
        ],
    )
    model.Session.commit()


def _plain_loop() -> None:
    for number in range(PEER_MAILS):
        mailer.mail_recipient("", _address(number), "示例", "示例\n" * 20)


def _address(number: int) -> str:
    return f"reader-{number}@example.org"
