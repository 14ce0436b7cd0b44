"""How each value is drawn: the summary, a finding, a proposal, an answer. All of it is escaped HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from fairterms.analyzer.readers import is_partly_read
from fairterms.analyzer.values import SEVERITIES, Analysis, Document, Finding, Severity
from fairterms.app_pages.texts import TEXTS, counted
from fairterms.bargaining.values import CounterProposal, Edit, Package
from fairterms.knowledge_base.values import Fact, Match
from fairterms.reports.grid.html import cell_anchor, grid, passages
from fairterms.reports.grid.table import Table, TableCell
from fairterms.reports.measured import measured
from fairterms.reports.outline import with_same_words
from fairterms.reports.values import NOT_LEGAL_ADVICE, Report
from fairterms.reports.words import measure, named_facts

_STYLE = Path(__file__).with_name("style.css")
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$~^&\"'])")
_FIRST_LOOK = 4  # findings named in the summary; more than a handful is no summary


def draw_style() -> None:
    st.html(_STYLE)


def plain(text: str) -> str:
    r"""Text that Streamlit's Markdown shows as it is: no formula, link, colour or emoji.

    >>> plain("*a* $x$")
    '\\*a\\* \\$x\\$'
    """
    one_line = " ".join(text.split())
    # An emoji's name is replaced even behind a backslash; an invisible joiner after the colon stops it.
    return _PUNCTUATION.sub(r"\\\1", one_line).replace(":", ":\u2060")


def card_anchor(finding: Finding) -> str:
    return f"card-{finding.id}"


def words_anchor(finding: Finding) -> str:
    return f"words-{finding.id}"


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The worst first, and of the same severity the surer one, then as in the contract."""
    return tuple(sorted(findings, key=lambda finding: (-SEVERITIES.index(finding.severity), -finding.confidence)))


def numbers_of(analysis: Analysis) -> dict[str, int]:
    """The number of each risk, the same on its card and in the contract."""
    return {finding.id: number for number, finding in enumerate(in_order(analysis.risks), start=1)}


def severity_chip(severity: Severity) -> str:
    """The severity as a word and as filled dots, so that nobody has to tell colours apart."""
    level = SEVERITIES.index(severity) + 1
    dots = "●" * level + "○" * (len(SEVERITIES) - level)
    return (
        f'<span class="ft-chip ft-{severity}"><span class="ft-dots" aria-hidden="true">{dots}</span>'
        f"{escape(TEXTS.severities[severity])}</span>"
    )


# ---------------------------------------------------------------- the summary


def draw_summary(report: Report) -> None:
    analysis = report.analysis
    st.html(
        f'<section class="ft-summary" aria-label="{escape(TEXTS.summary)}">'
        f'<div class="ft-verdict">{_score(analysis)}{_counts(analysis.findings)}</div>'
        f'<div class="ft-lists">{_lists(analysis)}</div>'
        f'<div class="ft-next">{_next_step(analysis)}</div>'
        f"{_caveats(report.caveats)}"
        f'<p class="ft-advice">{escape(NOT_LEGAL_ADVICE)}</p></section>'
    )


def _score(analysis: Analysis) -> str:
    if is_partly_read(analysis.document):
        return (
            f'<div class="ft-score"><p class="ft-label">{escape(TEXTS.score_label)}</p>'
            f"<p><b>{escape(TEXTS.no_score)}</b></p></div>"
        )
    score = analysis.score
    return (
        f'<div class="ft-score ft-grade-{escape(score.grade)}"><p class="ft-label">{escape(TEXTS.score_label)}</p>'
        f'<p class="ft-value"><strong>{score.value}</strong><span>{escape(TEXTS.of_hundred)}</span>'
        f'<b class="ft-grade">{escape(TEXTS.grade.format(grade=score.grade))}</b></p>'
        f'<div class="ft-bar" aria-hidden="true"><i style="width:{max(score.value, 2)}%"></i></div>'
        f"<p>{escape(TEXTS.grades[score.grade])}</p>"
        f'<p class="ft-small">{escape(TEXTS.score_limits)}</p></div>'
    )


def _counts(findings: Sequence[Finding]) -> str:
    count = Counter(finding.severity for finding in findings if finding.is_risk)
    rows = "".join(
        f'<li class="{"" if count[severity] else "ft-none"}"><strong>{count[severity]}</strong>'
        f'{severity_chip(severity)}<span class="ft-small">{escape(TEXTS.severity_meanings[severity])}</span></li>'
        for severity in reversed(SEVERITIES)
    )
    return f'<ul class="ft-counts">{rows}</ul>'


def _lists(analysis: Analysis) -> str:
    risks = in_order(analysis.risks)
    lists = [
        _list(TEXTS.worst, [f for f in risks if f.span is not None]),
        _list(TEXTS.missing, [f for f in risks if f.span is None]),
    ]
    if protections := [finding for finding in analysis.findings if not finding.is_risk]:
        lists.append(_protections_in_short(protections))
    if analysis.compounds:
        items = "".join(
            f"<li>{severity_chip(compound.severity)} {escape(compound.why)}</li>" for compound in analysis.compounds
        )
        lists.append(f'<div class="ft-together"><h3>{escape(TEXTS.together)}</h3><ul>{items}</ul></div>')
    return "".join(lists)


def _protections_in_short(findings: Sequence[Finding]) -> str:
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.title, finding)
    items = "".join(
        f'<li><span class="ft-chip ft-protective" aria-hidden="true">✓</span>'
        f'<a href="#{escape(card_anchor(finding))}">{escape(TEXTS.against.format(title=title))}</a></li>'
        for title, finding in list(first.items())[:_FIRST_LOOK]
    )
    return f"<div><h3>{escape(TEXTS.protects)}</h3><ul>{items}</ul></div>"


def _list(title: str, findings: Sequence[Finding]) -> str:
    """The first findings by title, each title once."""
    by_title: dict[str, Finding] = {}
    for finding in findings:
        by_title.setdefault(finding.title, finding)
    unique = list(by_title.values())
    if not unique:
        return ""
    items = "".join(
        f'<li>{severity_chip(f.severity)} <a href="#{escape(card_anchor(f))}">{escape(f.title)}</a></li>'
        for f in unique[:_FIRST_LOOK]
    )
    more = len(unique) - _FIRST_LOOK
    rest = f'<li class="ft-small">{escape(TEXTS.and_more.format(count=more))}</li>' if more > 0 else ""
    return f"<div><h3>{escape(title)}</h3><ul>{items}{rest}</ul></div>"


def _next_step(analysis: Analysis) -> str:
    """What to do now; it says "ask" and "get help", and never that a contract is fit to sign."""
    severities = {finding.severity for finding in analysis.risks}
    unread = analysis.document.unread_pages
    partly = is_partly_read(analysis.document)
    if severities & {"critical", "high"}:
        ask = TEXTS.ask_severe
    elif severities:
        ask = TEXTS.ask_mild_unread if partly else TEXTS.ask_mild
    else:
        ask = TEXTS.none_found_unread if partly else TEXTS.ask_protected
    help_lines = []
    if unread:
        help_lines.append(TEXTS.help_unread.format(pages=", ".join(map(str, unread))))
    elif partly:
        help_lines.append(TEXTS.help_partly)
    if "critical" in severities:
        help_lines.append(TEXTS.help_severe)
    if any(finding.level == "ask_a_person" for finding in analysis.risks):
        help_lines.append(TEXTS.help_unsure)
    help_lines.append(TEXTS.help_always)
    return (
        f"<div><h3>{escape(TEXTS.ask)}</h3><p>{escape(ask)}</p></div>"
        f"<div><h3>{escape(TEXTS.help)}</h3><p>{escape(' '.join(help_lines))}</p></div>"
    )


def _caveats(caveats: Sequence[str]) -> str:
    if not caveats:
        return ""
    items = "".join(f"<li>{escape(caveat[:1].upper() + caveat[1:])}</li>" for caveat in dict.fromkeys(caveats))
    return f'<div class="ft-caveats"><h3>{escape(TEXTS.caveats)}</h3><ul>{items}</ul></div>'


# ---------------------------------------------------------------- findings


def draw_finding(
    finding: Finding,
    numbers: Mapping[str, int],
    *,
    beside: Sequence[Finding],
    comparables: Sequence[Match],
    notes: Sequence[str],
    in_other_words: str = "",
) -> None:
    """One finding without its proposal: what, where, how severe, why, and what others got."""
    anchor = escape(card_anchor(finding))
    st.html(
        f'<article class="ft-card ft-{finding.severity}" id="{anchor}" aria-labelledby="{anchor}-title">'
        f'<header><span class="ft-number ft-{finding.severity}" aria-hidden="true">{numbers[finding.id]}</span>'
        f'<h3 id="{anchor}-title">{escape(finding.title)}</h3>{severity_chip(finding.severity)}</header>'
        f'<p class="ft-where">{" · ".join(_where(finding))}</p>'
        f"{_words(finding)}{_beside(beside, numbers)}"
        f'<p class="ft-why">{escape(finding.why)}</p>'
        f"{_small(in_other_words)}"
        f"{_judgement(finding)}{_comparables(comparables, notes)}</article>"
    )


def _small(said: str) -> str:
    return f'<p class="ft-small">{escape(said)}</p>' if said else ""


def draw_protections(findings: Sequence[Finding]) -> None:
    """What protects the person; the very same words stand there once."""
    items = "".join(map(_protection, with_same_words(findings)))
    st.html(
        f'<section class="ft-protects"><h3><span aria-hidden="true">✓ </span>{escape(TEXTS.protects)}</h3>'
        f"<ul>{items}</ul></section>"
    )


def _protection(findings: Sequence[Finding]) -> str:
    first, *others = findings
    # Each of its passages in the contract leads here.
    anchors = "".join(f'<span id="{escape(card_anchor(other))}"></span>' for other in others)
    more = TEXTS.more_places.format(count=len(others)) if len(others) > 1 else TEXTS.one_more_place
    places = [*_places(first), *([escape(more)] if others else [])]
    title = escape(TEXTS.against.format(title=first.title))
    return (
        f'<li id="{escape(card_anchor(first))}">{anchors}<a href="#{escape(words_anchor(first))}"><b>{title}</b></a>'
        f" {' · '.join(places)}<blockquote>{escape(first.quote or '')}</blockquote></li>"
    )


def _beside(findings: Sequence[Finding], numbers: Mapping[str, int]) -> str:
    if not findings:
        return ""
    links = ", ".join(
        f'<a href="#{escape(card_anchor(f))}" title="{escape(f.title)}">{numbers[f.id]}</a>'
        for f in sorted(findings, key=lambda finding: numbers[finding.id])
    )
    return f'<p class="ft-small">{escape(TEXTS.same_words)} {links}</p>'


def _where(finding: Finding) -> list[str]:
    absent = [f"<b>{escape(TEXTS.absent)}</b>"] if finding.span is None else []
    return [*absent, *_places(finding), escape(TEXTS.levels[finding.level])]


def _places(finding: Finding) -> list[str]:
    page = [escape(TEXTS.page.format(page=finding.page))] if finding.page is not None else []
    section = finding.section or ""
    named = TEXTS.section.format(section=section) if section[:1].isdigit() else section
    return [*page, *([escape(named)] if named else [])]


def _words(finding: Finding) -> str:
    link = (
        f'<a class="ft-show" href="#{escape(words_anchor(finding))}">{escape(TEXTS.show_passage)}'
        '<span aria-hidden="true"> →</span></a>'
    )
    if finding.quote is not None:
        return f"<blockquote>{escape(finding.quote)}</blockquote>{link}"
    gate = finding.evidence[0] if finding.evidence else None
    because = (
        f'<p class="ft-small">{escape(TEXTS.absent_because)}</p><blockquote>{escape(gate.text)}</blockquote>{link}'
        if gate is not None and gate.span is not None
        else ""
    )
    return f'<p class="ft-absent">{escape(TEXTS.absent_words)}</p>{because}'


def _judgement(finding: Finding) -> str:
    base = finding.steps[0].before if finding.steps else finding.severity
    lines = [escape(TEXTS.starts_at.format(severity=TEXTS.severities[base].lower()))]
    for step in finding.steps:
        before, after = TEXTS.severities[step.before], TEXTS.severities[step.after].lower()
        lines.append(escape(TEXTS.step.format(before=before, after=after, because=step.because)))
    if not finding.steps:
        lines.append(escape(TEXTS.stays))
    if finding.rung is not None:
        lines.append(escape(TEXTS.rung.format(rung=finding.rung)))
    if finding.facts:
        lines.append(escape(TEXTS.figures.format(figures=named_facts(finding))))
    lines.append(escape(measure(measured().of(finding))))
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<details><summary>{escape(TEXTS.how_severe)}</summary><ul>{items}</ul></details>"


def _comparables(matches: Sequence[Match], notes: Sequence[str]) -> str:
    if not matches and not notes:
        return ""
    items = "".join(_comparable(match) for match in matches)
    said = "".join(f'<p class="ft-small">{escape(note)}</p>' for note in notes)
    return (
        f"<details><summary>{escape(TEXTS.comparables)} ({len(matches)})</summary>"
        f'<ul class="ft-facts">{items}</ul>{said}</details>'
    )


def _comparable(match: Match) -> str:
    fact = match.fact
    about = [TEXTS.kinds[fact.kind], ", ".join(fact.jurisdictions), fact.date]
    standing = f'<span class="{"ft-checked" if fact.checked else "ft-unchecked"}">{escape(fact.standing)}</span>'
    return (
        f"<li><b>{escape(fact.title)}</b>"
        f'<span class="ft-small">{escape(" · ".join(part for part in about if part))} · {standing}</span>'
        f"<p>{escape(fact.says)}{_amount(fact)}</p>"
        f'<span class="ft-small">{escape(TEXTS.shown_because.format(because=match.because))} · {_source(fact)}</span>'
        "</li>"
    )


def _amount(fact: Fact) -> str:
    if not fact.amount:
        return ""
    paid = TEXTS.paid_by.format(
        amount=fact.amount, currency=fact.currency, unit=fact.unit, payer=fact.payer or TEXTS.payer_unknown
    )
    return f" <b>{escape(' '.join(paid.split()))}</b>"


def _source(fact: Fact) -> str:
    if fact.source.url.startswith(("https://", "http://")):
        return f'<a href="{escape(fact.source.url)}" target="_blank">{escape(fact.source.title)}</a>'
    return escape(fact.source.title)


# ---------------------------------------------------------------- proposals


def draw_proposal(proposal: CounterProposal, finding: Finding, document: Document) -> None:
    """The change in the contract's own words: struck and put in, and what reading it again showed."""
    if not proposal.edits:
        st.html(
            f'<div class="ft-proposal"><p><b>{escape(TEXTS.aims[proposal.strength])}</b> {escape(proposal.rationale)}</p>'
            f'<p class="ft-unsure"><span aria-hidden="true">! </span>{escape(TEXTS.no_draft)}</p></div>'
        )
        return
    if proposal.verified:
        checked = f'<p class="ft-cured"><span aria-hidden="true">✓ </span>{escape(TEXTS.cured)}</p>'
    else:
        because = TEXTS.not_cured.format(because=proposal.unverified_because)
        checked = f'<p class="ft-unsure"><span aria-hidden="true">! </span>{escape(because)}</p>'
    author = (
        f'<p class="ft-small">{escape(TEXTS.drafted_by.format(author=proposal.author))}</p>'
        if proposal.author != "library"
        else ""
    )
    st.html(
        f'<div class="ft-proposal"><p class="ft-diff">{difference(proposal, finding, document)}</p>'
        f'<p class="ft-small">{escape(proposal.rationale)}</p>{checked}{author}</div>'
    )


def difference(proposal: CounterProposal, finding: Finding, document: Document) -> str:
    """The passage with its edits as HTML; a new clause stands alone."""
    if finding.span is None:
        return f'<span class="ft-new">{escape(TEXTS.new_clause)}</span><ins>{escape(proposal.text.strip())}</ins>'
    parts: list[str] = []
    place = finding.span.start
    for edit in sorted(proposal.edits, key=lambda edit: edit.span):
        parts.append(escape(document.text[place : edit.span.start]))
        parts.append(_changed(edit, document))
        place = edit.span.end
    parts.append(escape(document.text[place : finding.span.end]))
    return "".join(parts)


def _changed(edit: Edit, document: Document) -> str:
    struck = document.quote(edit.span)
    old = f"<del>{_aloud(TEXTS.struck)}{escape(struck)}</del>" if struck else ""
    new = f"<ins>{_aloud(TEXTS.put_in)}{escape(edit.replacement)}</ins>" if edit.replacement else ""
    return old + new


def _aloud(words: str) -> str:
    """Words for those who hear the page: screen readers pass over struck and underlined silently."""
    return f'<span class="ft-aloud">{escape(words)} </span>'


def draw_decision(text: str, answer: str) -> None:
    words = f"<blockquote>{escape(text)}</blockquote>" if text else ""
    st.html(f'<div class="ft-decided ft-{escape(answer)}"><b>{escape(TEXTS.decided[answer])}</b>{words}</div>')


def draw_answer_list(answers: Sequence[tuple[int, Finding, str]], *, dropped: int) -> None:
    """The list of what will be asked for; each entry leads back to its finding."""
    items = "".join(
        f'<li value="{number}"><a href="#{escape(card_anchor(finding))}">{escape(finding.title)}</a>'
        f"<blockquote>{escape(text)}</blockquote></li>"
        for number, finding, text in answers
    )
    body = f"<ol>{items}</ol>" if items else f"<p>{escape(TEXTS.answers_none)}</p>"
    rest = f'<p class="ft-small">{escape(TEXTS.dropped_count.format(count=dropped))}</p>' if dropped else ""
    st.html(f'<section class="ft-answers" id="answers"><h2>{escape(TEXTS.answers)}</h2>{body}{rest}</section>')


def draw_package(package: Package | None, analysis: Analysis) -> None:
    """What the contract would be like with all chosen answers; None before they are put together."""
    if package is None:
        st.html(
            f'<section class="ft-package"><h2>{escape(TEXTS.sending)}</h2><p>{escape(TEXTS.sending_about)}</p></section>'
        )
        return
    titles = {finding.id: finding.title for finding in analysis.risks}
    answered = sum(len(change.answers) for change in package.changes)
    told = TEXTS.package.format(
        changes=len(package.changes), points=answered, before=analysis.score.value, after=package.after.score.value
    )
    lines = [f"<p><b>{escape(told)}</b></p>"]
    conflicts = [(titles.get(conflict.finding, ""), conflict.because) for conflict in package.conflicts]
    left = [finding for finding in package.after.risks if finding.severity in ("critical", "high")]
    if conflicts:
        items = "".join(f"<li>{escape(title)}: {escape(because)}</li>" for title, because in conflicts)
        lines.append(f"<p>{escape(TEXTS.package_conflicts)}</p><ul>{items}</ul>")
    if left:
        items = "".join(
            f"<li>{escape(finding.title)} ({escape(TEXTS.severities[finding.severity])})</li>" for finding in left
        )
        lines.append(f"<p>{escape(TEXTS.package_left)}</p><ul>{items}</ul>")
    texts = "".join(f"<li>{escape(' '.join(change.text.split()))}</li>" for change in package.changes)
    lines.append(f"<details><summary>{escape(TEXTS.package_words)}</summary><ol>{texts}</ol></details>")
    lines.append(f'<p class="ft-small">{escape(TEXTS.package_read)}</p>')
    st.html(f'<section class="ft-package"><h2>{escape(TEXTS.sending)}</h2>{"".join(lines)}</section>')


# ---------------------------------------------------------------- contracts side by side


def draw_grid(table: Table) -> None:
    """Terms by contracts; each cell opens a panel with its words."""
    panels = "".join(_panel(row.title, cell) for group in table.groups for row in group.rows for cell in row.cells)
    st.html(
        f'<section class="ft-compare" aria-label="{escape(TEXTS.compare_grid)}"><p class="ft-small">{escape(table.reading)}'
        f" <b>{escape(TEXTS.compare_hint)}</b></p>"
        f'<div class="ft-scroll" tabindex="0">{"".join(grid(table))}</div>{panels}</section>'
    )
    if table.nowhere:
        st.html(f'<p class="ft-small">{escape(TEXTS.compare_nowhere.format(titles=table.nowhere))}</p>')
    st.html(f'<p class="ft-advice">{escape(table.closing)}</p>')


def _panel(title: str, cell: TableCell) -> str:
    if not cell.words:
        return ""
    anchor = escape(cell.anchor)
    return (
        f'<aside class="ft-panel {escape(cell.tone)}" id="{anchor}" aria-labelledby="{anchor}-title">'
        f'<a class="ft-close" href="#{escape(cell_anchor(cell))}">{escape(TEXTS.compare_close)}</a>'
        f'<h3 id="{anchor}-title">{escape(title)}</h3><p><b>{escape(cell.column)}</b></p>'
        f'<p class="ft-small">{escape(cell.in_short)}</p>{"".join(passages(cell))}</aside>'
    )


def draw_contracts(table: Table) -> None:
    """Each contract with its score and what limits what is said about it; the files that were not compared."""
    items = "".join(
        f"<li><b>{escape(column.name)}</b> {escape(column.score)}"
        f'<span class="ft-small">{escape(" ".join(column.notes))}</span></li>'
        for column in table.columns
    )
    failed = "".join(f"<li>{escape(line)}</li>" for line in table.unread)
    unread = f'<div class="ft-caveats"><h3>{escape(TEXTS.compare_failed)}</h3><ul>{failed}</ul></div>' if failed else ""
    st.html(f'<section class="ft-summary"><ul class="ft-columns">{items}</ul>{unread}</section>')


# ---------------------------------------------------------------- headings and notes


def draw_lead(lead: str = TEXTS.lead, start: str = TEXTS.start) -> None:
    st.html(
        f'<header class="ft-lead"><p class="ft-brand">{escape(TEXTS.app)}</p><h1>{escape(lead)}</h1>'
        f"<p>{escape(start)}</p></header>"
    )


def draw_title(name: str) -> None:
    st.html(
        f'<header class="ft-title"><p class="ft-brand">{escape(TEXTS.app)}</p><h1>{escape(name)}</h1></header>',
        width="content",
    )


def draw_note(words: str) -> None:
    st.html(f'<p class="ft-note">{escape(words)}</p>')


def draw_document_heading() -> None:
    st.html(
        f'<div class="ft-pane-head"><h2>{escape(TEXTS.document)}</h2>'
        f'<p class="ft-small">{escape(TEXTS.document_help)}</p></div>'
    )


def draw_findings_heading(analysis: Analysis, *, answered: int) -> None:
    count = len(analysis.risks)
    if not count:
        words = TEXTS.none_found_unread if is_partly_read(analysis.document) else TEXTS.none_found
        st.html(f'<div class="ft-pane-head"><h2>{escape(TEXTS.findings)}</h2></div><p>{escape(words)}</p>')
        return
    progress = TEXTS.answered.format(done=answered, all=count)
    st.html(
        f'<div class="ft-pane-head"><h2>{escape(counted(count, TEXTS.one_finding, TEXTS.many_findings))}</h2>'
        f'<p class="ft-small">{escape(progress)} · <a href="#answers">{escape(TEXTS.to_answers)}</a></p></div>'
    )


def show_only(key: str, *, among: Iterable[str]) -> None:
    """Hide the containers with the other keys, without taking them off the page."""
    # Streamlit wraps each container once more, and the wrapper would keep its distance.
    hidden = ", ".join(f"div:has(> .st-key-{other})" for other in among if other != key)
    st.html(f"<style>{hidden} {{ display: none; }}</style>")
