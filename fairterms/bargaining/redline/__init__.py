"""Changes as Word's own tracked changes and comments, in the member's file or in a clean copy of the contract."""

from __future__ import annotations

from fairterms.analyzer.readers import Source
from fairterms.bargaining.redline.outward import Original, Signature, Unmarkable
from fairterms.bargaining.values import Package

__all__ = ["Original", "Signature", "Unmarkable", "mark_original"]


def mark_original(original: Original, package: Package, signature: Signature, *, form: str) -> bytes:
    """A file for the other side, in ``form`` "docx" or "pdf"; the libraries that write it are imported only here."""
    document, changes = original.document, package.changes
    source = Source(document.name, original.data, f".{document.format}", original.password)
    if form == "pdf":
        if document.format != "pdf":
            raise Unmarkable(f"{document.name}: notes can be put into a PDF only; ask for OUT.docx instead")
        from fairterms.bargaining.redline.pdf import annotate

        return annotate(source, document, changes, signature)
    from fairterms.bargaining.redline.word import check_marks, mark_up, mark_up_copy

    if document.format == "docx":
        marked = mark_up(source, changes, signature)
    else:
        marked = mark_up_copy(document, changes, signature)
    check_marks(marked, document, package.after.document, signature)
    return marked
