"""Synchronising by files: cards, export, inspect, accept, reconcile, digest."""
