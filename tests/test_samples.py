"""The sample contracts are real files of each format, long enough to be real, and written from our own sources."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document as DocxFile

ROOT = Path(__file__).resolve().parents[1]
# The benchmarks are programs beside the package, not a part of it.
sys.path.insert(0, str(ROOT))

from benchmarks.make_samples import read_sources, write_samples  # noqa: E402
from fairterms.analyzer.readers import read  # noqa: E402

SAMPLES = ROOT / "fairterms" / "data" / "samples"
INDEX: list[dict[str, Any]] = yaml.safe_load((SAMPLES / "samples.yaml").read_text(encoding="utf-8"))
FILES = [(sample, name) for sample in INDEX for name in (sample["file"], *sample.get("also", ()))]
NAMES = [name for _, name in FILES]

# The words of the negotiation cases that the samples are built around.
OFFERS = {
    "book_cover": (
        "Artist conveys to Publisher, for the full term of copyright and all renewals and extensions, the right to use "
        "the Artwork and any preparatory material in all formats and by every means, existing or later devised, and to "
        "authorise others to do so.",
        "Files shall be free of cloaking, hidden patterns or anything that interferes with automated processing. "
        "Artist answers for resulting loss.",
        "Payment follows publication.",
        "Publisher will not be obliged to train staff in the use of layered files.",
    ),
    "data_app": (
        "You give us a worldwide, irrevocable, transferable licence, through several tiers, to host, analyse, tag, "
        "sell and create new works from your recordings and their embedded data, for developing automated systems of "
        "any kind, with no further payment.",
        "You confirm that everyone seen or heard agrees.",
        "Rewards appear in the app and may change.",
        "Closing your account does not affect rights already given.",
        "Claims go to individual arbitration in another country unless you write within 30 days.",
    ),
    "author_addendum": (
        "Author may opt in to a three-year, non-exclusive licence of the Work to one named developer for training its "
        "models; outputs limited to 200 words in a row or five percent; fee 5,000, half to Author within 30 days and "
        "not set against the advance; on expiry no new training.",
    ),
    "photo_host": (
        "If you do not tell us within 45 days, you agree that stored pictures may be licensed for automated learning "
        "and recognition of faces. Residents of some states are excluded if they prove residence. Log in to keep your "
        "files.",
    ),
}


def words_of(text: str) -> str:
    """The text on one line with plain quotation marks, so that layouts of one source compare equal."""
    plain = text.translate(str.maketrans("“”’", '""\''))
    return re.sub(r"\s+", " ", plain)


def test_the_index_and_the_folder_name_the_same_files() -> None:
    assert sorted(NAMES) == sorted(path.name for path in SAMPLES.iterdir() if path.suffix not in (".yaml", ".py"))


def test_each_format_has_two_samples() -> None:
    formats = Counter(Path(name).suffix.replace(".md", ".txt") for name in NAMES)
    assert set(formats) == {".pdf", ".docx", ".html", ".txt"}
    assert min(formats.values()) >= 2


def test_the_samples_stay_small_enough_to_ship() -> None:
    assert sum((SAMPLES / name).stat().st_size for name in NAMES) < 600_000


@pytest.mark.parametrize(("sample", "name"), FILES, ids=NAMES)
def test_a_sample_reads_in_full_and_is_as_long_as_a_real_contract(sample: dict[str, Any], name: str) -> None:
    document = read(SAMPLES / name)
    assert 1300 <= len(document.text.split()) <= 4000
    assert not document.unread_pages
    assert not document.warnings
    if name.endswith(".pdf"):
        assert 3 <= document.pages <= 10
    text = words_of(document.text)
    assert words_of(sample["title"]).casefold() in text.casefold()
    for trap in sample["must_not_flag"]:
        if isinstance(trap, dict):
            assert words_of(trap["quote"]) in text, trap["quote"]
    for offer in OFFERS.get(sample["id"], ()):
        assert offer in text, offer


@pytest.mark.parametrize("sample", INDEX, ids=[sample["id"] for sample in INDEX])
def test_expectations_do_not_contradict_each_other(sample: dict[str, Any]) -> None:
    barred = {trap for trap in sample["must_not_flag"] if isinstance(trap, str)}
    wanted = set(sample["must_find"])
    assert not barred & wanted
    assert set(sample.get("at_least", ())) <= wanted
    assert set(sample.get("at_most", ())) <= wanted


def test_every_sample_has_a_source_that_asks_for_its_files() -> None:
    wanted = {f"{source.id}.{output}" for source in read_sources() for output in source.outputs}
    assert wanted == set(NAMES)


def test_writing_the_samples_again_changes_nothing(tmp_path: Path) -> None:
    for path in write_samples(tmp_path):
        shipped = SAMPLES / path.name
        if path.suffix in (".txt", ".md", ".html"):
            assert path.read_bytes() == shipped.read_bytes(), f"run benchmarks/make_samples.py: {path.name} is old"
        else:
            # Other library versions may lay the same words out in other bytes.
            assert words_of(read(path).text) == words_of(read(shipped).text)


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    first, second = write_samples(tmp_path / "a"), write_samples(tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_no_file_names_a_person_or_a_program_as_its_author() -> None:
    for path in map(SAMPLES.joinpath, NAMES):
        if path.suffix == ".pdf":
            assert b"/Author (FairTerms sample)" in path.read_bytes()
        if path.suffix == ".docx":
            facts = DocxFile(str(path)).core_properties
            assert {facts.author, facts.last_modified_by} == {"FairTerms sample"}
            assert facts.comments == ""
