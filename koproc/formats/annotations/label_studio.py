r"""Label Studio's JSON (https://labelstud.io/guide/task_format), an array of tasks. Offsets count code points.

A written task has one prediction, which a person turns into an annotation. Names are regions of the control `label`, with their
English in a text area of the region (`en`); quantities and times are regions of `number`. The rest of a record travels in the data
of the task under `koproc`, which the tool does not touch. `labeling_config` makes the configuration of the project:

    <View>
      <Style>.htx-text{white-space:pre-wrap}</Style>
      <Labels name="label" toName="text"><Label value="ORG"/>…</Labels>
      <Labels name="number" toName="text"><Label value="QUANTITY"/><Label value="TIME"/></Labels>
      <Text name="text" value="$text"/>
      <TextArea name="en" toName="text" perRegion="true" editable="true" maxSubmissions="1" displayMode="region-list"/>
    </View>

Reading prefers what people submitted: the ground truth, else the annotation that was changed last; then the last prediction. A task that
everybody skipped is left out. Relations are not read; claims come back as they were, without what a person deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ...document import Document, Mention, Quantity, Time
from ...errors import InputError
from ..json_lines import line_of
from .corrections import Found, carried, corrected, known
from .files import json_lines, parsed_json, read_text
from .standoff import Kind, Scalar, Warn, to_document

_LABELS = ("ORG", "PRODUCT", "PERSON", "LOC")
_NUMBERS: dict[str, Kind] = {"QUANTITY": "quantity", "TIME": "time"}
_NAMES, _AMOUNTS, _ENGLISH = "label", "number", "en"


def write(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn) -> None:
    """Write a task for each document as soon as it comes.

    >>> import io
    >>> write([], stream := io.BytesIO(), warn=print); stream.getvalue()
    b'[]\\n'
    """
    separator = "["
    for document in documents:
        stream.write(f"{separator}\n{line_of(_task(document))}".encode())
        separator = ","
    stream.write(b"[]\n" if separator == "[" else b"\n]\n")


def _task(document: Document) -> dict[str, Any]:
    result = [part for mention in document.mentions for part in _regions(mention)]
    result += [_region(quantity, _AMOUNTS, "QUANTITY") for quantity in document.quantities]
    result += [_region(time, _AMOUNTS, "TIME") for time in document.times]
    data = {"text": document.text, "koproc": carried(document)}
    return {"data": data, "predictions": [{"model_version": "koproc", "result": result}]}


def _regions(mention: Mention) -> Iterator[dict[str, Any]]:
    yield _region(mention, _NAMES, mention.label) | {"score": mention.score}
    if mention.en:
        place = {"start": mention.start, "end": mention.end}
        yield {"id": mention.id, "from_name": _ENGLISH, "to_name": "text", "type": "textarea", "value": place | {"text": [mention.en]}}


def _region(span: Mention | Quantity | Time, control: str, label: str) -> dict[str, Any]:
    value = {"start": span.start, "end": span.end, "text": span.text, "labels": [label]}
    return {"id": span.id, "from_name": control, "to_name": "text", "type": "labels", "value": value}


def labeling_config(labels: Iterable[str] = _LABELS) -> str:
    """The configuration of a project for these labels of names; paste it in Settings, Labeling Interface, Code.

    >>> labeling_config(["ORG"]).count("<Label ")
    3
    """
    from xml.sax.saxutils import quoteattr

    named = "".join(f"<Label value={quoteattr(label)}/>" for label in labels)
    amounts = "".join(f"<Label value={quoteattr(label)}/>" for label in _NUMBERS)
    return (
        "<View>\n  <Style>.htx-text{white-space:pre-wrap}</Style>\n"
        f'  <Labels name="{_NAMES}" toName="text">{named}</Labels>\n'
        f'  <Labels name="{_AMOUNTS}" toName="text">{amounts}</Labels>\n'
        '  <Text name="text" value="$text"/>\n'
        f'  <TextArea name="{_ENGLISH}" toName="text" perRegion="true" editable="true" maxSubmissions="1" displayMode="region-list"/>\n'
        "</View>\n"
    )


def read(path: Path, *, warn: Warn) -> Iterator[Document | InputError]:
    """A document for each task of an array, or of JSON Lines; one that cannot be read is an error in its place."""
    for number, task in _tasks(path):
        try:
            if isinstance(task, InputError):
                yield task
                continue
            source = f"{path}:{task.get('id', number)}"
            result = _result(task)
            if result is None:
                warn(f"{source}: everybody skipped this task, so it is left out")
                continue
            yield _document(task["data"], result, source, warn)
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            reason = f"task {number} is not one of Label Studio's with a text to label ({type(err).__name__}: {err})"
            yield InputError(str(path), reason)
        except InputError as err:
            yield err


def _tasks(path: Path) -> Iterator[tuple[int, Any]]:
    content = read_text(path).removeprefix("\ufeff")
    if not content.lstrip().startswith("["):
        yield from json_lines(path)
        return
    yield from enumerate(parsed_json(content, str(path)), 1)


def _result(task: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The regions to read; None if people saw the task and all skipped it."""
    submitted = task.get("annotations") or task.get("completions") or []
    annotations = [annotation for annotation in submitted if not (annotation.get("was_cancelled") or annotation.get("skipped"))]
    if submitted and not annotations:
        return None
    if annotations:
        chosen = max(annotations, key=lambda a: (bool(a.get("ground_truth")), str(a.get("updated_at") or a.get("created_at") or "")))
        return list(chosen["result"])
    predictions = task.get("predictions") or [{"result": []}]
    return list(predictions[-1]["result"])


def _document(data: dict[str, Any], result: list[dict[str, Any]], source: str, warn: Warn) -> Document:
    text = data["text"]
    head, annotations = known(data.get("koproc"), text, source=source, warn=warn)
    english = {region["id"]: region["value"]["text"] for region in result if region.get("from_name") == _ENGLISH}
    found = [_found(region, english) for region in result if "labels" in str(region.get("type"))]
    kinds: list[Kind] = ["mention", *_NUMBERS.values()]
    return to_document(
        text, {"id": source} | head, corrected(annotations, found, kinds), source=source, warn=lambda w: warn(f"{source}: {w}")
    )


def _found(region: dict[str, Any], english: dict[str, Any]) -> Found:
    value = region["value"]
    label = value[region["type"]][0]
    kind = _NUMBERS.get(label, "mention") if region["from_name"] == _AMOUNTS else "mention"
    features: dict[str, Scalar] = {"label": str(label)} if kind == "mention" else {}
    en = english.get(region.get("id", ""))
    if en:
        features["en"] = str(en[0] if isinstance(en, list) else en)
    return Found(int(value["start"]), int(value["end"]), features, kind, str(region.get("id", "")))
