"""The command line that writes a broker's configuration."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from custom_components.shems.core.market.refused import RefusedError
from custom_components.shems.core.market.topics import Topics

from .certificates import make_certificates
from .files import ROLES, Login, bridge, read_members, write_broker


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    given = _parser().parse_args(arguments)
    folder: Path = given.folder
    try:
        topics = Topics(given.community)
        members = read_members(folder)
        if given.bridge:
            print(_bridge(topics, members, given), end="")
            return 0
        for user in given.remove:
            del members[user]
        for text in given.member:
            user, _, roles = text.partition(":")
            _enter(members, user, tuple(roles.split("+")) if roles else ("home",))
        (folder / "data").mkdir(parents=True, exist_ok=True)
        if given.certificate:
            make_certificates(folder, given.certificate, dt.datetime.now(dt.UTC))
        at = given.at or str(folder.resolve())
        write_broker(folder, topics, [*members.values()], given.port, at)
    except (RefusedError, KeyError, ValueError) as error:
        print(f"community-broker: {_sentence(error)}", file=sys.stderr)
        return 2
    print(f"{len(members)} members; passwords to hand out are in {folder / 'members.csv'}")
    return 0


def _sentence(error: Exception) -> str:
    if isinstance(error, RefusedError):
        return "the names of a community and of its members are 16 characters of a-z and 2-7"
    if isinstance(error, KeyError):
        return f"{error.args[0]} is no member"
    return str(error)


def _enter(members: dict[str, Login], user: str, roles: tuple[str, ...]) -> None:
    if not set(roles) <= set(ROLES):
        raise ValueError(f"roles are {', '.join(ROLES)}, joined by +")
    known = members.get(user)
    members[user] = Login.new(user, roles) if known is None else Login(user, roles, known.password)


def _bridge(topics: Topics, members: dict[str, Login], given: argparse.Namespace) -> str:
    if not given.address:
        raise ValueError("a bridge needs --address HOST:PORT")
    return bridge(topics, members[given.bridge], given.address, given.authority)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/community-broker",
        description="Write a Mosquitto's configuration for a community of homes: TLS, a login "
        "for each member, and an access list. Run it again when members come and go: passwords "
        "stay; then have Mosquitto read them (kill -HUP). See docs/community-broker.md.",
    )
    parser.add_argument("folder", type=Path, help="where the files go")
    parser.add_argument("--community", required=True, metavar="CID", help="its name in topics")
    parser.add_argument(
        "--member",
        nargs="+",
        default=[],
        metavar="USER[:ROLES]",
        help="who may log in, as coordinator+organiser or the like (default: home)",
    )
    parser.add_argument("--remove", nargs="+", default=[], metavar="USER", help="who may no more")
    parser.add_argument(
        "--certificate",
        nargs="+",
        metavar="NAME",
        help="make an authority of your own, unless there is one, and a certificate for the "
        "broker's host names or addresses",
    )
    parser.add_argument("--port", type=int, default=8883, help="(default %(default)s)")
    parser.add_argument("--at", help="the folder as the broker sees it (default: the same)")
    parser.add_argument(
        "--bridge", metavar="USER", help="print what this member's own Mosquitto needs, instead"
    )
    parser.add_argument("--address", metavar="HOST:PORT", help="of the broker, for the bridge")
    parser.add_argument(
        "--authority",
        default="/etc/ssl/certs/ca-certificates.crt",
        metavar="FILE",
        help="whose certificates the bridge trusts (default %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
