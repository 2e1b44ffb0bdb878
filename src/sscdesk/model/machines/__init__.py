"""The state machines, one module for each family of entities (domain.md, section 5)."""
