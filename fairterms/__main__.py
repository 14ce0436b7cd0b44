"""``python -m fairterms``: the command line without the installed script."""

from fairterms.assistant.cli import entry

entry()
