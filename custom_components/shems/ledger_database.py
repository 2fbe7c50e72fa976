"""A ledger's file: one SQLite database that a crash cannot tear.

It has a rollback journal and each transaction is on the disk before it counts
(`synchronous=FULL`): after a crash it is there whole or not at all, and between transactions
there is one file, which a backup copies whole.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import ClassVar, Final

_WAIT_S: Final = 30.0
"""A year is read in a second or two; who writes meanwhile waits."""


class NewerLedgerError(Exception):
    """A newer release wrote the file."""

    def __init__(self, version: int) -> None:
        """Keep its version."""
        super().__init__(version)
        self.version = version


class LedgerDatabase:
    """A file whose every call opens it for itself, in whatever thread.

    Attributes:
        version: of the schema.
        schema: statements that make the tables where there are none.
    """

    version: ClassVar[int]
    schema: ClassVar[tuple[str, ...]]

    def __init__(self, path: Path) -> None:
        """Name the file."""
        self.path = path

    def open(self) -> bool:
        """Make the file where there is none, else check it; return whether it is new.

        Raises:
            sqlite3.DatabaseError: it is damaged.
            NewerLedgerError: a newer release wrote it.
            OSError: the folder cannot be written.
        """
        new = not self.path.exists()
        with self._connected() as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version > self.version:
                raise NewerLedgerError(version)
            (state,) = database.execute("PRAGMA quick_check(1)").fetchone()
            if state != "ok":
                raise sqlite3.DatabaseError(state)
            if version < self.version:
                database.execute("BEGIN IMMEDIATE")
                for statement in self.schema:
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {self.version}")
                database.execute("COMMIT")
        return new

    def put_aside(self, aside: Path) -> None:
        """Give the file another name, in place of what had it."""
        self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
        if self.path.exists():
            self.path.replace(aside)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = FULL")
            # What is erased is overwritten, not only forgotten.
            database.execute("PRAGMA secure_delete = ON")
            yield database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")
