"""Arguments in, one call to the assistant, text out: the command ``fairterms``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fairterms import __version__

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairterms.analyzer.values import Document
    from fairterms.assistant.service import Assistant
    from fairterms.bargaining.values import Package
    from fairterms.clauses.schema import Term
    from fairterms.knowledge_base.values import Match
    from fairterms.reports.values import Report

DONE, TO_PUT_RIGHT, WRONG_USAGE, RISK_FOUND = 0, 1, 2, 3
_FORMATS = ("text", "markdown", "html", "json", "pdf", "brief")
_GRID_FORMATS = ("text", "csv", "xlsx", "html", "json")
_LETTERS = (
    "counter-proposal", "refusal", "information-request", "revocation", "training-opt-out", "arbitration-opt-out", "deletion",
)  # fmt: skip
_SEVERITIES = ("critical", "high", "medium")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 something to put right, 2 wrong usage, 3 such a risk found."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console would refuse the typographic quotes of a contract
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Imported after the arguments were read, so that --help and a typing error answer at once.
    from fairterms.assistant.service import ExpectedErrors

    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except ExpectedErrors as error:
        print(error, file=sys.stderr)
        return TO_PUT_RIGHT
    except BrokenPipeError:
        # The reader of our output, `head` say, has seen enough.
        sys.stderr.close()
        return DONE


def entry() -> None:
    """The console script: ``main``, with its answer as the exit status."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fairterms",
        description="Reads a contract put before a creator: what is risky, what is missing, and what to ask for instead. "
        "Nothing leaves this machine. It is not legal advice.",
    )
    parser.add_argument("--version", action="version", version=f"fairterms {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    review = commands.add_parser("review", help="read one contract and report what to settle")
    review.add_argument(
        "file", metavar="FILE", help="PDF, DOCX, HTML, text or Markdown; - reads text from standard input"
    )
    review.add_argument(
        "--format", choices=_FORMATS, default="text",
        help="form of the report (text); brief is a PDF of two pages at most",
    )  # fmt: skip
    review.add_argument("--output", type=Path, metavar="PATH", help="write the report there instead of to the screen")
    review.add_argument("--with-text", action="store_true", help="put the contract's own text into the report")
    review.add_argument("--password", metavar="P", help="password of a protected file")
    review.add_argument("--jurisdiction", metavar="CODE", help="where you work, as an ISO 3166 code: US-CA, DE")
    review.add_argument(
        "--medium", help="what you give: text, illustration, photography, music, voice, screen, games, ..."
    )
    _add_model(review, "a chat model that may word drafts and reasons better, such as ollama:qwen3")
    review.add_argument(
        "--fail-on", choices=_SEVERITIES, help="exit with status 3 when such a risk, or a worse one, is found"
    )
    review.set_defaults(run=_review)

    compare = commands.add_parser("compare", help="put the terms of several contracts side by side")
    compare.add_argument(
        "files", metavar="FILE", nargs="+", help="two contracts or more, in any form that review reads"
    )
    compare.add_argument(
        "--format", choices=_GRID_FORMATS, help="form of the comparison (as the ending of PATH says, else text)"
    )
    compare.add_argument("--output", type=Path, metavar="PATH", help="write it there instead of to the screen")
    compare.add_argument("--password", metavar="P", help="password of the protected files")
    compare.set_defaults(run=_compare)

    redline = commands.add_parser("redline", help="write the proposed changes into a file for the other side")
    redline.add_argument("file", metavar="FILE", help="the contract, in any form that review reads")
    redline.add_argument(
        "--output", type=Path, metavar="OUT.docx|OUT.pdf", required=True,
        help="OUT.docx: tracked changes, in your own file if it is a Word file; OUT.pdf: notes in your own PDF",
    )  # fmt: skip
    redline.add_argument("--strength", choices=("fair", "fallback"), default="fair", help="what to ask for (fair)")
    redline.add_argument("--author", default="Creator", metavar="NAME", help="whose name the marks bear (Creator)")
    redline.add_argument("--date", type=_moment, metavar="YYYY-MM-DD", help="the date that the marks bear (now)")
    redline.add_argument("--password", metavar="P", help="password of a protected file")
    redline.add_argument("--jurisdiction", metavar="CODE", help="where you work, as an ISO 3166 code: US-CA, DE")
    redline.add_argument("--medium", help="what you give, as in review")
    redline.set_defaults(run=_redline)

    letter = commands.add_parser("letter", help="write a letter to the other side; nothing is sent")
    letter.add_argument("file", metavar="FILE", help="the contract, in any form that review reads")
    letter.add_argument("--kind", required=True, choices=_LETTERS, help="what the letter is for")
    letter.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="OUT.docx|OUT.txt|OUT.eml",
        help="where it is written, and its form",
    )
    letter.add_argument("--tone", choices=("plain", "firm"), default="plain", help="how it sounds (plain)")
    letter.add_argument("--strength", choices=("fair", "fallback"), default="fair", help="what to ask for (fair)")
    letter.add_argument("--name", default="", help="your name, where the contract does not say it")
    letter.add_argument("--address", default="", help="your address")
    letter.add_argument("--account", default="", help="your account name or contract number")
    letter.add_argument(
        "--from", dest="started", type=_day, metavar="YYYY-MM-DD", help="when the time for an answer began"
    )
    letter.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="the date of the letter (today)")
    letter.add_argument("--password", metavar="P", help="password of a protected file")
    letter.add_argument("--jurisdiction", metavar="CODE", help="where you work, as an ISO 3166 code: US-CA, DE")
    letter.add_argument("--medium", help="what you give, as in review")
    _add_model(letter, "a chat model that may word the letter in your tone")
    letter.add_argument("--sound", metavar="TEXT", help="the tone for that model in your own words: short and friendly")
    letter.set_defaults(run=_letter)

    calendar = commands.add_parser("calendar", help="write the days that a contract sets into a calendar file")
    calendar.add_argument("file", metavar="FILE", help="the contract, in any form that review reads")
    calendar.add_argument("--output", type=Path, required=True, metavar="OUT.ics", help="the calendar file")
    calendar.add_argument("--from", dest="began", type=_day, metavar="YYYY-MM-DD", help="from when the contract runs")
    calendar.add_argument("--password", metavar="P", help="password of a protected file")
    calendar.set_defaults(run=_calendar)

    diff = commands.add_parser("diff", help="what changed for you between two versions of a contract")
    diff.add_argument("old", metavar="OLD", help="the version before")
    diff.add_argument("new", metavar="NEW", help="the version now")
    diff.add_argument("--format", choices=("text", "json"), default="text", help="form of the answer (text)")
    diff.add_argument("--output", type=Path, metavar="PATH", help="write it there instead of to the screen")
    diff.add_argument("--password", metavar="P", help="password of protected files")
    diff.set_defaults(run=_diff)

    rounds = commands.add_parser("rounds", help="keep a negotiation: what was asked, what came back, what is next")
    steps = rounds.add_subparsers(title="steps", required=True, metavar="STEP")
    begin = steps.add_parser("begin", help="write down what is asked for first")
    begin.add_argument("file", metavar="FILE", help="the contract, in any form that review reads")
    begin.add_argument("--output", type=Path, required=True, metavar="TALKS.json", help="the file of the negotiation")
    begin.add_argument("--strength", choices=("fair", "fallback"), default="fair", help="what to ask for (fair)")
    begin.add_argument("--password", metavar="P", help="password of a protected file")
    begin.set_defaults(run=_rounds_begin)
    answer = steps.add_parser("answer", help="compare a version that came back with what was asked")
    answer.add_argument("talks", metavar="TALKS.json", type=Path, help="the file of the negotiation")
    answer.add_argument("file", metavar="RETURNED", help="the version that came back")
    answer.add_argument("--output", type=Path, metavar="TALKS.json", help="write the file with the answers there")
    answer.add_argument("--agree", type=int, nargs="+", default=[], metavar="N", help="points whose answer you take")
    answer.add_argument("--fallback", type=int, nargs="+", default=[], metavar="N", help="points to ask less for")
    answer.add_argument(
        "--redline", type=Path, metavar="OUT.docx", help="write the next changes into the version that came back"
    )
    answer.add_argument("--author", default="Creator", metavar="NAME", help="whose name the marks bear (Creator)")
    answer.add_argument("--password", metavar="P", help="password of a protected file")
    answer.set_defaults(run=_rounds_answer)

    terms = commands.add_parser("terms", help="the clause library: what is looked for, and what is asked for instead")
    views = terms.add_subparsers(title="views", required=True, metavar="VIEW")
    views.add_parser("list", help="every term in one line").set_defaults(run=_terms_list)
    show = views.add_parser("show", help="all that the library says about one term")
    show.add_argument("term", metavar="TERM")
    show.set_defaults(run=_terms_show)
    views.add_parser("check", help="test the library's files and their examples").set_defaults(run=_terms_check)

    search = commands.add_parser("search", help="find precedents, law and rates")
    search.add_argument("text", metavar="TEXT", nargs="*", help="what to look for, in plain words")
    search.add_argument("--limit", type=int, default=5, metavar="N", help="how many to show (5)")
    search.add_argument("--build", action="store_true", help="build the search index now")
    search.set_defaults(run=_search)

    app = commands.add_parser("app", help="open the app in a browser, on this machine only")
    app.add_argument("--port", type=int, metavar="N", help="port to listen on (8501)")
    app.add_argument("--headless", action="store_true", help="do not open a browser window")
    app.set_defaults(run=_app)
    return parser


def _add_model(command: argparse.ArgumentParser, help: str) -> None:
    command.add_argument("--model", metavar="PROVIDER:NAME[@ADDRESS]", help=help)
    command.add_argument(
        "--allow-remote",
        action="store_true",
        help="you agree that this contract's clauses, without names and sums, go to a model that runs elsewhere",
    )


def _assistant(**given: object) -> Assistant:
    from fairterms.assistant.service import open_assistant
    from fairterms.assistant.settings import read_settings

    return open_assistant(read_settings(given))


def _review(options: argparse.Namespace) -> int:
    from fairterms.reports import PAPER, render, render_paper

    if options.format in PAPER and options.output is None and sys.stdout.isatty():
        print(f"usage: fairterms review FILE --format {options.format} --output PATH.pdf", file=sys.stderr)
        return WRONG_USAGE
    assistant = _assistant(
        jurisdiction=options.jurisdiction,
        medium=options.medium,
        model=options.model,
    )
    document = _read(options, assistant)
    watching = sys.stderr.isatty()
    report = assistant.review(document, progress=_show_stage if watching else lambda stage: None)
    if watching:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if assistant.settings.model is not None:
        report = _worded(assistant, report, options, watching=watching)
    if options.format in PAPER:
        written = _write_bytes(render_paper(report, options.format, with_text=options.with_text), options.output)
    else:
        written = _write(render(report, options.format, with_text=options.with_text), options.output)
    if not written:
        return TO_PUT_RIGHT
    return _status(report, options.fail_on)


def _worded(assistant: Assistant, report: Report, options: argparse.Namespace, *, watching: bool) -> Report:
    """The report after the model's turn; what it costs is told before, and what came of it after."""
    from fairterms.reports.words import cost

    settings = assistant.settings
    print(f"{settings.model}: {cost(assistant.estimate(report), settings.model_price)}", file=sys.stderr)
    show: Callable[[int], None] = (lambda asked: _show_stage(f"asked {asked}")) if watching else lambda asked: None
    report = assistant.let_model_word(report, allow_remote=options.allow_remote, progress=show)
    if watching:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if (work := report.model) is not None:
        print(f"{work.name}: asked {work.asked}, used {work.used}, refused {len(work.refusals)}", file=sys.stderr)
        if work.stopped:
            print(f"{work.stopped}; the library's own wording stands", file=sys.stderr)
    return report


def _read(options: argparse.Namespace, assistant: Assistant) -> Document:
    if options.file == "-":
        return assistant.read_text(sys.stdin.buffer.read().decode("utf-8", errors="replace"), name="standard input")
    return assistant.read(Path(options.file), password=options.password)


def _show_stage(stage: str) -> None:
    print(f"\r\033[K{stage} ...", end="", file=sys.stderr, flush=True)


def _write(text: str, output: Path | None) -> bool:
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return True
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"{output}: could not be written: {error.strerror}", file=sys.stderr)
        return False
    return True


def _status(report: Report, fail_on: str | None) -> int:
    if fail_on is None:
        return DONE
    from fairterms.analyzer.values import SEVERITIES

    document = report.analysis.document
    least = next(place for place, severity in enumerate(SEVERITIES) if severity == fail_on)
    found = [risk.severity for risk in report.analysis.risks] + [both.severity for both in report.analysis.compounds]
    if document.unread_pages:
        # Whatever was found in the rest, the question cannot be answered for the whole.
        pages = ", ".join(str(page) for page in document.unread_pages)
        print(f"{document.name}: pages {pages} could not be read, so nothing can be ruled out", file=sys.stderr)
        return TO_PUT_RIGHT
    return RISK_FOUND if any(SEVERITIES.index(severity) >= least for severity in found) else DONE


def _compare(options: argparse.Namespace) -> int:
    """Compares what can be read; a file that cannot is one line, and the exit status then asks to put it right."""
    from fairterms.analyzer.readers import UnreadableDocument
    from fairterms.bargaining.values import UnreadFile
    from fairterms.reports.grid import render_grid

    if len(options.files) < 2:
        print("usage: fairterms compare FILE FILE...; a comparison needs two contracts or more", file=sys.stderr)
        return WRONG_USAGE
    form = options.format or _form_of(options.output)
    if form == "xlsx" and options.output is None and sys.stdout.isatty():
        print("usage: fairterms compare FILE FILE... --format xlsx --output PATH.xlsx", file=sys.stderr)
        return WRONG_USAGE
    assistant = _assistant()
    documents: list[Document] = []
    unread: list[UnreadFile] = []
    for file in options.files:
        try:
            documents.append(assistant.read(Path(file), password=options.password))
        except UnreadableDocument as error:
            unread.append(UnreadFile(Path(file).name, str(error)))
            print(error, file=sys.stderr)
    if len(documents) < 2:
        print("fewer than two files could be read, so there is nothing to compare", file=sys.stderr)
        return TO_PUT_RIGHT
    watching = sys.stderr.isatty()
    comparison = assistant.compare(documents, unread=unread, progress=_show_stage if watching else lambda stage: None)
    if watching:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if not _write_bytes(render_grid(comparison, form), options.output):
        return TO_PUT_RIGHT
    return TO_PUT_RIGHT if unread else DONE


def _redline(options: argparse.Namespace) -> int:
    """Writes the file and says on standard error what it does, and what it leaves to a person."""
    from datetime import UTC, datetime

    from fairterms.bargaining.redline import Original, Signature

    form = options.output.suffix.lower().removeprefix(".")
    if form not in ("docx", "pdf"):
        print("usage: fairterms redline FILE --output OUT.docx|OUT.pdf", file=sys.stderr)
        return WRONG_USAGE
    assistant = _assistant(jurisdiction=options.jurisdiction, medium=options.medium)
    document = assistant.read(Path(options.file), password=options.password)
    report = assistant.review(document)
    package = assistant.package(report, strength=options.strength)
    signature = Signature(options.author, options.date or datetime.now(UTC))
    original = Original(Path(options.file).read_bytes(), document, options.password)
    if not _write_bytes(assistant.redline(original, package, signature, form=form), options.output):
        return TO_PUT_RIGHT
    for line in _told(package, report):
        print(line, file=sys.stderr)
    return DONE


def _letter(options: argparse.Namespace) -> int:
    """Writes the letter, and says on standard error what is left to fill in and to know."""
    from fairterms.bargaining.letters.forms import FORMS, render_letter
    from fairterms.bargaining.letters.values import Sender

    form = options.output.suffix.lower().removeprefix(".")
    if form not in FORMS:
        print("usage: fairterms letter FILE --kind KIND --output OUT.docx|OUT.txt|OUT.eml", file=sys.stderr)
        return WRONG_USAGE
    assistant = _assistant(jurisdiction=options.jurisdiction, medium=options.medium, model=options.model)
    report = assistant.review(assistant.read(Path(options.file), password=options.password))
    sender = Sender(options.name, options.address, options.account, options.date, options.started)
    package = assistant.package(report, strength=options.strength) if options.kind == "counter-proposal" else None
    letter = assistant.letter(options.kind, report, sender, tone=options.tone, package=package)
    if options.model is not None:
        tone = options.sound or options.tone
        letter, work = assistant.let_model_word_letter(letter, report, tone=tone, allow_remote=options.allow_remote)
        print(f"{work.name}: asked {work.asked}, used {work.used}, refused {len(work.refusals)}", file=sys.stderr)
        for refusal in work.refusals:
            print(f"Not used: {refusal.because}", file=sys.stderr)
        if work.stopped:
            print(f"{work.stopped}; the letter stands as it was", file=sys.stderr)
    if not _write_bytes(render_letter(letter, form), options.output):
        return TO_PUT_RIGHT
    if letter.blanks:
        print(f"Fill in before you send it: {', '.join(letter.blanks)}", file=sys.stderr)
    for note in letter.notes:
        print(note, file=sys.stderr)
    print("Read the letter before you send it. This is not legal advice.", file=sys.stderr)
    return DONE


def _diff(options: argparse.Namespace) -> int:
    from fairterms.reports.versions import render_versions

    assistant = _assistant()
    old, new = (assistant.read(Path(file), password=options.password) for file in (options.old, options.new))
    text = render_versions(assistant.versions(old, new), options.format)
    if not _write(text, options.output):
        return TO_PUT_RIGHT
    for document in (old, new):
        if document.unread_pages:
            pages = ", ".join(map(str, document.unread_pages))
            print(f"{document.name}: pages {pages} could not be read and were not compared", file=sys.stderr)
    return DONE


def _rounds_begin(options: argparse.Namespace) -> int:
    from datetime import date

    from fairterms.bargaining.rounds.values import write_talks
    from fairterms.reports.rounds import render_rounds

    assistant = _assistant()
    report = assistant.review(assistant.read(Path(options.file), password=options.password))
    package = assistant.package(report, strength=options.strength)
    talks = assistant.begin_rounds(report, package, day=date.today())
    if not _write(write_talks(talks), options.output):
        return TO_PUT_RIGHT
    sys.stdout.write(render_rounds(talks))
    return DONE


def _rounds_answer(options: argparse.Namespace) -> int:
    """Shows what became of each point; what is asked next goes into a file where one is named."""
    from datetime import UTC, date, datetime

    from fairterms.bargaining.redline import Original, Signature
    from fairterms.bargaining.rounds.settle import agree
    from fairterms.bargaining.rounds.values import read_talks, write_talks
    from fairterms.reports.rounds import render_rounds

    assistant = _assistant()
    try:
        talks = read_talks(options.talks.read_bytes())
    except OSError as error:
        print(f"{options.talks}: could not be read: {error.strerror}", file=sys.stderr)
        return TO_PUT_RIGHT
    unknown = sorted({*options.agree, *options.fallback} - {point.number for point in talks.points})
    if unknown:
        print(f"there is no point {unknown[0]} in {options.talks}", file=sys.stderr)
        return TO_PUT_RIGHT
    document = assistant.read(Path(options.file), password=options.password)
    talks = agree(assistant.take_answer(talks, document, day=date.today()), frozenset(options.agree))
    sys.stdout.write(render_rounds(talks))
    if document.unread_pages:
        pages = ", ".join(map(str, document.unread_pages))
        print(f"{document.name}: pages {pages} could not be read and were not compared", file=sys.stderr)
    if options.redline is not None:
        report = assistant.review(document)
        talks, package = assistant.ask_again(talks, report, fallback=frozenset(options.fallback))
        original = Original(Path(options.file).read_bytes(), document, options.password)
        marked = assistant.redline(original, package, Signature(options.author, datetime.now(UTC)))
        if not _write_bytes(marked, options.redline):
            return TO_PUT_RIGHT
        for line in _told(package, report):
            print(line, file=sys.stderr)
    if options.output is not None and not _write(write_talks(talks), options.output):
        return TO_PUT_RIGHT
    return DONE


def _calendar(options: argparse.Namespace) -> int:
    """Writes the days that can be worked out, and names those of which only the person knows the beginning."""
    from datetime import date

    from fairterms.bargaining.calendar.ics import render_calendar

    if options.output.suffix.lower() != ".ics":
        print("usage: fairterms calendar FILE --output OUT.ics", file=sys.stderr)
        return WRONG_USAGE
    assistant = _assistant()
    document = assistant.read(Path(options.file), password=options.password)
    calendar = assistant.calendar(document, began=options.began, today=date.today())
    if not _write_bytes(render_calendar(calendar), options.output):
        return TO_PUT_RIGHT
    for entry in calendar.entries:
        print(f"{entry.day.isoformat()}  {entry.title} ({entry.worked_out})", file=sys.stderr)
    for one in calendar.undated:
        print(f"no date     {one.title}, counted from: {one.counts_from}", file=sys.stderr)
    if calendar.began is None:
        print("The contract does not say from when it runs; name the day with --from.", file=sys.stderr)
    print(
        "Holidays are not known here. Check each day against the contract. This is not legal advice.", file=sys.stderr
    )
    return DONE


def _day(text: str) -> date:
    from datetime import date

    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    from datetime import UTC, datetime

    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)


def _told(package: Package, report: Report) -> Iterator[str]:
    """What a package answers and what it leaves, in a few lines."""
    titles = {finding.id: finding.title for finding in report.analysis.risks}
    answered = sum(len(change.answers) for change in package.changes)
    if not package.changes:
        yield "No change is proposed; the file holds the contract as it was."
    else:
        before, after = report.analysis.score.value, package.after.score.value
        yield f"Changes: {len(package.changes)}. Points answered: {answered}. Score: {before} before, {after} of 100 with them."
    for conflict in package.conflicts:
        yield f"Not changed, ask a person: {titles[conflict.finding]} ({conflict.because})"
    for finding in package.after.risks:
        if finding.severity in ("critical", "high"):
            yield f"Still there with all changes made: {finding.title} ({finding.severity})"
    yield "Read the file before you send it. This is not legal advice."


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    return ending if ending in _GRID_FORMATS else "text"


def _write_bytes(content: bytes, output: Path | None) -> bool:
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return True
    try:
        output.write_bytes(content)
    except OSError as error:
        print(f"{output}: could not be written: {error.strerror}", file=sys.stderr)
        return False
    return True


def _terms_list(options: argparse.Namespace) -> int:
    library = _assistant().library
    for term in library.terms:
        print(f"{term.id:<24} {term.severity:<9} {term.title}")
    return DONE


def _terms_show(options: argparse.Namespace) -> int:
    library = _assistant().library
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
    assistant = _assistant()
    faults = assistant.library_faults()
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return TO_PUT_RIGHT
    print(f"{len(assistant.library.terms)} terms, no fault (library {assistant.library.version})")
    return DONE


def _search(options: argparse.Namespace) -> int:
    assistant = _assistant()
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


def _app(options: argparse.Namespace) -> int:
    # The app stands above the command line, so it is started as a program of its own and not imported.
    import subprocess

    command = [sys.executable, "-m", "fairterms.app_pages.launch"]
    command += ["--port", str(options.port)] if options.port else []
    command += ["--headless"] if options.headless else []
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return DONE
