"""How large things in files from outside may be; checked before memory is taken.

Each number has its reason; docs/file-format.md repeats them for other programs.
"""

from sscdesk.sync.segments import MAX_COMMIT

LINE = 128
"""Bytes of the readable first line: the longest known has 64, with room for a version."""

HEADER = 1 << 20
"""Bytes of a bundle's header: 8 offices, 8 laptops each, 16 audiences make about 100 kB."""

STREAMS = 8_192
"""Ranges and acknowledged streams in one header: a new stream is begun after each
restored backup, so over many years there are more than laptops times audiences."""

RECIPIENTS = 16
"""Offices of one bundle: four today, as many again twice over."""

PIECE = 4 << 20
"""Bytes of plain body in one age file: a reader never decrypts more at a time."""

PIECE_SEALED = PIECE + (64 << 10)
"""Bytes of one age file: 16 for each 64 KiB, a header of up to 16 recipients, and the
random lines that age adds to keep readers honest (RFC 8701 style)."""

SEGMENT_AIM = 4 << 20
"""Bytes of commits at which a segment is closed: measured in the proof of the design."""

SEGMENT_RAW = 32 << 20
"""Bytes of one decompressed segment, never more: larger ones are refused unread."""

SEGMENT_COMMITS = 65_536
"""Commits of one segment: an object each in memory, so their number is limited too."""

COMMIT = MAX_COMMIT

ATTACHMENT = 1 << 30
"""Bytes of one attachment; the desk takes far smaller ones, this bounds a hostile file."""

CHUNK = 1 << 20
"""Bytes of an attachment in one record of the body."""

RECORD = SEGMENT_RAW + (1 << 20)
"""Bytes of one record of the body as it travels: compression may lose a little."""

BUNDLE = (4 << 30) - 1
"""Bytes of one file: what the FAT32 of most sticks can hold."""

CARD = 64 << 10
"""Bytes of an office's card: about 1.5 kB with one laptop, 10 kB with fifty."""

CARDS = 32
"""Cards in one bundle's introductions."""

CERTIFICATES = 2_048
"""Laptops' certificates in one bundle or card: those retired or lost stay listed."""

REVOCATIONS = 2_048
"""Revocations in one bundle: one per lost laptop and audience."""

INTRODUCTIONS = 4 << 20
"""Bytes of all introductions of one bundle."""

AUTHORITY = 8 << 10
"""Bytes of the certificate of an office's PDF authority: about 600 with P-256."""

RECEIPT = 256 << 10
"""Bytes of a receipt: 8,192 streams at 20 bytes, and what it asks for."""

WANTED = 1_024
"""Attachments that one request may name."""

PART_SMALLEST = 64 << 10
"""Bytes of an e-mail part at least: smaller ones only multiply the clicks."""

PARTS = 999
"""Parts of one bundle: nobody sends more letters than that."""

ZIP_MEMBERS = 1_024
"""Entries looked at in a .zip: parts, and what systems add of their own."""
