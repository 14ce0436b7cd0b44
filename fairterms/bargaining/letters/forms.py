"""A letter as plain text, as an e-mail file, or as a Word file."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from fairterms.analyzer.readers import read_text
from fairterms.bargaining.letters.values import Letter

FORMS = ("txt", "docx", "eml")


def render_letter(letter: Letter, form: str) -> bytes:
    """The letter in one of ``FORMS``. An e-mail is addressed where the contract names an address, and never sent."""
    if form == "eml":
        return _mail(letter)
    text = _text(letter)
    if form == "docx":
        from fairterms.bargaining.redline.fresh import lay_down

        return lay_down(read_text(text, letter.subject))[0]
    return text.encode()


def _text(letter: Letter) -> str:
    head = ["\n".join(letter.sender), "\n".join([*letter.to, *letter.mails[:1]]), letter.date, letter.subject]
    return "\n\n".join([*head, *letter.paragraphs, "Yours sincerely,", letter.sender[0]]) + "\n"


def _mail(letter: Letter) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    if letter.mails:
        message["To"] = letter.mails[0]
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message.set_content("\n\n".join([*letter.paragraphs, "Yours sincerely,", "\n".join(letter.sender)]) + "\n")
    return message.as_bytes()
