"""The commands of ``fairterms``: each module says its arguments and runs them, with one call to the assistant."""
