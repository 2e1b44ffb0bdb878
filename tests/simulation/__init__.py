"""Offices that work, lose files and come together again: replication under a seed."""
