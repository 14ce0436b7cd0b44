"""fairterms terms: the clause library."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE, TO_PUT_RIGHT, open_for

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands
    from fairterms.clauses.schema import Term


def add(commands: Commands) -> None:
    terms = commands.add_parser("terms", help="the clause library: what is looked for, and what is asked for instead")
    views = terms.add_subparsers(title="views", required=True, metavar="VIEW")
    views.add_parser("list", help="every term in one line").set_defaults(run=_terms_list)
    show = views.add_parser("show", help="all that the library says about one term")
    show.add_argument("term", metavar="TERM")
    show.set_defaults(run=_terms_show)
    views.add_parser("check", help="test the library's files and their examples").set_defaults(run=_terms_check)


def _terms_list(options: argparse.Namespace) -> int:
    library = open_for().library
    for term in library.terms:
        print(f"{term.id:<24} {term.severity:<9} {term.title}")
    return DONE


def _terms_show(options: argparse.Namespace) -> int:
    library = open_for().library
    known = {term.id: term for term in library.terms}
    if options.term not in known:
        from difflib import get_close_matches

        near = get_close_matches(options.term, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; `fairterms terms list` shows them all"
        print(f"{options.term}: the library holds no such term{hint}", file=sys.stderr)
        return TO_PUT_RIGHT
    print("\n".join(_described(known[options.term])))
    return DONE


def _described(term: Term) -> list[str]:
    lines = [
        f"{term.title} ({term.id})",
        f"Severity: {term.severity}",
        "",
        term.meaning,
        "",
        f"Why it matters: {term.why}",
    ]
    for title, modifiers in (("What makes it worse", term.raises), ("What makes it better", term.lowers)):
        lines += ["", f"{title}:", *(f"  - {modifier.because}" for modifier in modifiers)]
    lines += [
        "",
        "From fair to unfair:",
        *(f"  {rung}. {step.label}" for rung, step in enumerate(term.ladder, start=1)),
    ]
    lines += [
        "",
        f"Ask for: {term.positions.fair.text}",
        f"Fall back to: {term.positions.fallback.text}",
        f"Walk away from: {term.positions.walk_away}",
        "",
        "For example:",
        *(f"  - {example}" for example in term.examples[:3]),
        "",
        f"Sources: {', '.join(term.sources)}",
    ]
    return lines


def _terms_check(options: argparse.Namespace) -> int:
    assistant = open_for()
    faults = assistant.library_faults()
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return TO_PUT_RIGHT
    print(f"{len(assistant.library.terms)} terms, no fault (library {assistant.library.version})")
    return DONE
