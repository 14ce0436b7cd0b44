"""The comparison as JSON for other programs, in the shape ``fairterms.comparison/1``: same files and versions, same bytes."""

from __future__ import annotations

import json

from fairterms.bargaining.values import Cell, CellWords, Column, Comparison, Row
from fairterms.reports.json import facts_data

SCHEMA = "fairterms.comparison/1"


def render_json(comparison: Comparison) -> str:
    """Every cell with its values and all its words; ``start`` and ``end`` are offsets in that contract's text."""
    data = {
        "schema": SCHEMA,
        "contracts": [_column(column) for column in comparison.columns],
        "unread": [{"name": file.name, "because": file.because} for file in comparison.unread],
        "rows": [_row(row) for row in comparison.rows],
        "nowhere": [{"term": term, "title": title} for term, title in comparison.nowhere],
        "provenance": {
            "library": comparison.provenance.library,
            "code": comparison.provenance.code,
            "models": list(comparison.provenance.models),
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _column(column: Column) -> dict[str, object]:
    document = column.document
    return {
        "name": column.name,
        "sha256": document.sha256,
        "format": document.format,
        "pages": document.pages,
        "language": document.language,
        "unread_pages": list(document.unread_pages),
        "caveats": list(column.caveats),
        "score": {"value": column.score.value, "grade": column.score.grade} if column.score else None,
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "group": row.group,
        "term": row.term,
        "title": row.title,
        "best": row.best,
        "median": row.median,
        "worst": row.worst,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "state": cell.state,
        "rung": cell.rung,
        "severity": cell.severity,
        "standing": cell.standing,
        "is_worst": cell.is_worst,
        "also_protects": cell.also_protects,
        "facts": facts_data(cell.facts),
        "findings": list(cell.findings),
        "words": [_words(words) for words in cell.words],
    }


def _words(words: CellWords) -> dict[str, object]:
    return {
        "text": words.text,
        "protects": words.protects,
        "level": words.level,
        "rung": words.rung,
        "start": words.span.start if words.span else None,
        "end": words.span.end if words.span else None,
        "page": words.page,
        "section": words.section,
    }
