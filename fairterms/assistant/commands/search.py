"""fairterms search: precedents, law and rates."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE, WRONG_USAGE, open_for

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands
    from fairterms.knowledge_base.values import Match


def add(commands: Commands) -> None:
    search = commands.add_parser("search", help="find precedents, law and rates")
    search.add_argument("text", metavar="TEXT", nargs="*", help="what to look for, in plain words")
    search.add_argument("--limit", type=int, default=5, metavar="N", help="how many to show (5)")
    search.add_argument("--build", action="store_true", help="build the search index now")
    search.set_defaults(run=_search)


def _search(options: argparse.Namespace) -> int:
    assistant = open_for()
    if options.build:
        for note in assistant.build_index():
            print(note, file=sys.stderr)
    text = " ".join(options.text).strip()
    if not text:
        if options.build:
            return DONE
        print("usage: fairterms search TEXT, such as: fairterms search how long are AI licences", file=sys.stderr)
        return WRONG_USAGE
    matches = assistant.search(text, limit=max(options.limit, 1))
    if not matches:
        print("Nothing in the knowledge base is near to that.")
    for match in matches:
        print("\n".join(_cited(match)), end="\n\n")
    return DONE


def _cited(match: Match) -> list[str]:
    fact = match.fact
    place = ", ".join(fact.jurisdictions) or "no jurisdiction"
    lines = [f"{fact.title}  [{fact.id}]", f"  {fact.kind}, {place}, {fact.date}; {fact.standing}", f"  {fact.says}"]
    if fact.amount:
        payment = f"{fact.amount} {fact.currency} {fact.unit}".strip()
        lines.append(f"  {payment}, paid by {fact.payer or 'not said'} to the {fact.payee or 'person not said'}")
    lines.append(f"  Source: {fact.source.title}{' ' + fact.source.url if fact.source.url else ''}")
    return lines
