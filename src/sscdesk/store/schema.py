"""The desk's own tables: journal, versions, conflicts, trust, registers.

The records' tables are declared by the model; these are what replication and safety
need beside them. Numbers of streams are local to this file; what travels names a
stream by its 16 bytes.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 3
"""The number of the schema that this program writes."""

system = MetaData()

stream = Table(
    "stream",
    system,
    Column("num", Integer, primary_key=True),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("office", Text, nullable=False),
    Column("laptop", LargeBinary, nullable=False),
    Column("audience", Text, nullable=False),
    Column("mine", Integer, nullable=False, default=0),
    Column("head_seq", BigInteger, nullable=False, default=0),
    Column("head_hash", LargeBinary, nullable=False),
    Column("head_signature", LargeBinary, nullable=False),
    Column("head_hlc", BigInteger, nullable=False, default=0),
    Column("frontier", LargeBinary, nullable=False),
)
"""One line per stream held; ``frontier`` is that of the head, by local numbers."""

journal = Table(
    "journal",
    system,
    Column("stream", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("hlc", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("officer_name", Text, nullable=False),
    Column("unit", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index("journal_unit", "unit"),
)

field_version = Table(
    "field_version",
    system,
    Column("row", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("stream", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""The dot of a field that was written after the row as a whole."""

live_value = Table(
    "live_value",
    system,
    Column("row", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("stream", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("hlc", BigInteger, nullable=False),
    Column("office", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""All values of a field of which none has seen another; empty while there is one."""

live_delete = Table(
    "live_delete",
    system,
    Column("row", Text, primary_key=True),
    Column("stream", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("unit", LargeBinary, nullable=False),
    Column("office", Text, nullable=False),
    Column("dead", Integer, nullable=False, default=0),
    Column("frontier", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Deletions of a row, in each stream that tells of them. One that somebody took back, or
deleted anew, is dead for good, with all of its unit of work: its other streams may arrive
later, and who took it back may not hold them."""

conflict = Table(
    "conflict",
    system,
    Column("row", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("record", Text, nullable=False, index=True),
    Column("table_name", Text, nullable=False),
    Column("since", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""The ledger To reconcile: a line stays until a person settles it."""

touch = Table(
    "touch",
    system,
    Column("row", Text, primary_key=True),
    Column("stream", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)
"""Which commits changed a row after the one that made it."""

act = Table(
    "act",
    system,
    Column("record", Text, primary_key=True),
    Column("stream", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("action", Text, primary_key=True),
    Column("hlc", BigInteger, nullable=False),
    Column("officer", Text, nullable=False),
    Column("officer_name", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    sqlite_with_rowid=False,
)

parked = Table(
    "parked",
    system,
    Column("stream_id", LargeBinary, primary_key=True),
    Column("first", BigInteger, primary_key=True),
    Column("last", BigInteger, nullable=False),
    Column("office", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("segment", LargeBinary, nullable=False),
)
"""Received and kept; waits for a commit that it depends on."""

suggestion = Table(
    "suggestion",
    system,
    Column("id", Integer, primary_key=True),
    Column("row", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("record", Text, nullable=False, index=True),
    Column("table_name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("stream", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("office", Text, nullable=False),
    Column("officer_name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("status", Text, nullable=False, default="open"),
    UniqueConstraint("row", "key", "stream", "seq"),
)

erasure = Table(
    "erasure",
    system,
    Column("row", Text, primary_key=True),
    Column("record", Text, nullable=False, index=True),
    Column("table_name", Text, nullable=False),
    Column("stream", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Rows whose content was erased at a person's request, by the commit that says so. What
arrives about them afterwards is dropped as well."""

erased_leaf = Table(
    "erased_leaf",
    system,
    Column("digest", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
)
"""Hashes of leaves that an office declared erased: commits may arrive without them."""

secret = Table(
    "secret",
    system,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
"""Private keys of the office and of this laptop; at rest only inside this file."""

card = Table(
    "card",
    system,
    Column("office", Text, primary_key=True),
    Column("data", LargeBinary, nullable=True),
    Column("verified", Integer, nullable=False, default=0),
    Column("since", Text, nullable=False),
    Column("offered", LargeBinary, nullable=True),
    Column("offered_by", Text, nullable=True),
)
"""Cards by office: the accepted one, and one that a file introduced and nobody confirmed."""

laptop = Table(
    "laptop",
    system,
    Column("office", Text, primary_key=True),
    Column("id", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
)

revocation = Table(
    "revocation",
    system,
    Column("statement", LargeBinary, primary_key=True),
    Column("office", Text, nullable=False),
    Column("at", Text, nullable=False),
)

acknowledged = Table(
    "acknowledged",
    system,
    Column("office", Text, primary_key=True),
    Column("stream_id", LargeBinary, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
)
"""The newest dot that each partner office has said it holds."""

exported = Table(
    "exported",
    system,
    Column("office", Text, primary_key=True),
    Column("stream_id", LargeBinary, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
"""The newest dot of each stream that was put into a file for an office, arrived or not."""

sync_file = Table(
    "sync_file",
    system,
    Column("id", Integer, primary_key=True),
    Column("bundle", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("offices", Text, nullable=False),
    Column("officer_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("commits", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
"""The register of exchanged files."""

audit = Table(
    "audit",
    system,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("officer", Text, nullable=False),
    Column("officer_name", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

setting = Table(
    "setting",
    system,
    Column("scope", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

number = Table(
    "number",
    system,
    Column("code", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", BigInteger, nullable=False),
    Column("skip", Integer, nullable=False, default=0),
)
"""The last reference number given by this laptop, per kind and year."""

guard = Table("guard", system, Column("open", Integer, primary_key=True))
"""Holds 1 while a unit of work is open; triggers refuse replicated writes otherwise."""
