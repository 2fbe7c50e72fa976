"""The files of a broker, all of which follow from who is a member."""

import base64
import csv
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from custom_components.shems.core.market.topics import LARGEST_MESSAGE, Topics, checked_name

ROLES: Final = ("home", "coordinator", "standby", "organiser")

_MEMBERS: Final = "members.csv"
_COLUMNS: Final = ("user", "roles", "password")
_PRIVATE: Final = 0o600
_READABLE: Final = 0o640
_HEADER_BYTES: Final = 1024
"""Topic and properties of a message."""
_ROUNDS: Final = 1000
"""Passwords are 144 random bits: rounds would only help those that could be guessed."""


@dataclass(frozen=True)
class Login:
    """A member at the broker.

    Attributes:
        user: its pseudonym in the community.
        roles: some of ROLES.
        password: in the clear, to be handed out.
    """

    user: str
    roles: tuple[str, ...]
    password: str

    @classmethod
    def new(cls, user: str, roles: Sequence[str]) -> Login:
        """Return a member with a random password."""
        return cls(checked_name(user), tuple(roles), secrets.token_urlsafe(18))


def read_members(folder: Path) -> dict[str, Login]:
    """Return who was entered before."""
    path = folder / _MEMBERS
    if not path.exists():
        return {}
    with path.open(newline="") as file:
        return {
            row["user"]: Login(
                checked_name(row["user"]), tuple(row["roles"].split()), row["password"]
            )
            for row in csv.DictReader(file)
        }


def write_broker(
    folder: Path, topics: Topics, members: Sequence[Login], port: int, at: str
) -> None:
    """Write members.csv and what Mosquitto reads: mosquitto.conf, passwords and acl.

    Args:
        folder: where to.
        topics: of the community.
        members: all of them.
        port: where it listens, with TLS.
        at: the folder as the broker sees it, with server.crt and server.key in it.
    """
    rows = [",".join(_COLUMNS)]
    rows += [f"{each.user},{' '.join(each.roles)},{each.password}" for each in members]
    _write(folder / _MEMBERS, rows, _PRIVATE)
    _write(folder / "passwords", [f"{each.user}:{hashed(each.password)}" for each in members])
    acl = [line for each in members for line in ("", *topics.acl(each.user, *each.roles))]
    _write(folder / "acl", [f"# Of the community {topics.cid}; nobody else may do anything.", *acl])
    _write(folder / "mosquitto.conf", _configuration(topics, port, at))


def _configuration(topics: Topics, port: int, at: str) -> list[str]:
    return [
        f"# Broker of the community {topics.cid}, written by scripts/community-broker.",
        f"listener {port}",
        f"certfile {at}/server.crt",
        f"keyfile {at}/server.key",
        "tls_version tlsv1.2",
        "allow_anonymous false",
        f"password_file {at}/passwords",
        f"acl_file {at}/acl",
        f"max_packet_size {LARGEST_MESSAGE + _HEADER_BYTES}",
        # A coordinator hears all homes at once; by default what exceeds a thousand is lost.
        "max_queued_messages 100000",
        "max_inflight_messages 1000",
        "persistent_client_expiration 14d",
        "persistence true",
        f"persistence_location {at}/data/",
        "log_type error",
        "log_type warning",
        "log_type notice",
    ]


def bridge(topics: Topics, member: Login, address: str, authority: str) -> str:
    """Return what a member's own Mosquitto needs to carry the community, and nothing else.

    Args:
        topics: of the community.
        member: whose broker it is.
        address: of the community's broker, host:port.
        authority: file with the certificate that signed the broker's, as the bridge sees it.
    """
    ways: dict[str, set[str]] = {}
    for line in topics.acl(member.user, *member.roles)[1:]:
        _, access, topic = line.split(" ")
        ways.setdefault(topic, set()).add({"read": "in", "write": "out"}[access])
    carried = [
        f"topic {topic} {'both' if len(way) > 1 else next(iter(way))} 1"
        for topic, way in ways.items()
    ]
    lines = [
        f"connection shems-{topics.cid}",
        f"address {address}",
        # Keeps the time after which a message is worth nothing, which older versions lose.
        "bridge_protocol_version mqttv50",
        f"bridge_cafile {authority}",
        f"remote_clientid {member.user}-bridge",
        f"remote_username {member.user}",
        f"remote_password {member.password}",
        "cleansession false",
        "notifications false",
        "try_private true",
        *carried,
    ]
    return "\n".join(lines) + "\n"


def hashed(password: str) -> str:
    """Return a password as Mosquitto 2 keeps it: PBKDF2 with SHA-512."""
    salt = secrets.token_bytes(12)
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS)
    texts = (base64.b64encode(each).decode() for each in (salt, digest))
    return f"$7${_ROUNDS}$" + "$".join(texts)


def _write(path: Path, lines: Sequence[str], mode: int = _READABLE) -> None:
    path.touch(mode)
    path.chmod(mode)
    path.write_text("\n".join(lines) + "\n")
