"""The offline desk for South-South cooperation."""

__version__ = "0.1.0"
