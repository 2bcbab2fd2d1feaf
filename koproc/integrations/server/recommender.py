"""POST /predict: an external recommender of INCEpTION, so that a team corrects our suggestions where it annotates.

INCEpTION sends a document as CAS XMI with its type system, and the layer and feature that it wants suggestions for; it takes the document
back with annotations of that layer in which `inception_internal_predicted` is true, and `FEATURE_score` says how sure each is
(INCEpTION's user guide, "External recommender"). Names are suggested on any span layer with a text feature: its value is the label, or, if
the feature is called `en`, the English. Offsets of a CAS count UTF-16 units; cassis converts them.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from ...document import Document
from ...errors import InputError
from ...pipeline import Pipeline
from ...reading import article_from_text
from .annotation import annotated
from .answers import PROBLEMS
from .records import Here

if TYPE_CHECKING:
    from cassis import Cas

_PREDICTED = "inception_internal_predicted"
# what cassis and lxml raise for a document that is no CAS
_FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError, RecursionError, SyntaxError)
routes = APIRouter(responses=PROBLEMS)


class Metadata(BaseModel):
    """What is asked for: a layer (the name of its type) and a feature of it; `range`, if given, is the part that the annotator sees."""

    model_config = ConfigDict(extra="allow")
    layer: str = Field(examples=["de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"])
    feature: str = Field(examples=["value"])


class CasDocument(BaseModel):
    """A document of INCEpTION."""

    model_config = ConfigDict(extra="allow")
    xmi: str


class PredictInput(BaseModel):
    """What INCEpTION sends."""

    model_config = ConfigDict(extra="allow")
    metadata: Metadata
    document: CasDocument
    type_system: str = Field(alias="typeSystem")


class Prediction(BaseModel):
    """The document with the suggestions in it, as CAS XMI."""

    document: str


@routes.post("/predict", summary="Suggestions for INCEpTION")
async def predict(body: PredictInput, service: Here) -> Prediction:
    """Names as suggestions on the layer that INCEpTION asks for; its URL in INCEpTION is the service's, without `/predict`."""
    return Prediction(document=await service.workers.run(lambda _: suggestions(service.nlp, body)))


def suggestions(nlp: Pipeline, body: PredictInput) -> str:
    """The CAS XMI of a request with our names in it.

    Raises:
        InputError: it is no CAS, or has no such layer or feature.
        HTTPException: dkpro-cassis is not installed.
    """
    cas = _cas(body)
    layer, feature = body.metadata.layer, body.metadata.feature
    text = cas.sofa_string or ""
    if not text.strip():
        raise InputError("document", "the CAS has no text")
    if not cas.typesystem.contains_type(layer):
        raise InputError("metadata.layer", f"the type system has no type {layer!r}")
    type_ = cas.typesystem.get_type(layer)
    features = {known.name for known in type_.all_features}
    for name in (feature, _PREDICTED):
        if name not in features:
            raise InputError("metadata.feature", f"{layer} has no feature {name!r}")
    document = annotated(nlp, article_from_text(text, id="document", source="document"))
    for old in list(cas.select(layer)):
        if getattr(old, _PREDICTED, False):
            cas.remove(old)
    for values in _predictions(document, feature, features):
        cas.add(type_(**values))
    return str(cas.to_xmi())


def _predictions(document: Document, feature: str, features: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "begin": mention.start,
            "end": mention.end,
            feature: mention.en if feature == "en" else mention.label,
            _PREDICTED: True,
            **({f"{feature}_score": mention.en_score if feature == "en" else mention.score} if f"{feature}_score" in features else {}),
            **({f"{feature}_score_explanation": mention.evidence} if f"{feature}_score_explanation" in features else {}),
        }
        for mention in document.mentions
    ]


def _cas(body: PredictInput) -> Cas:
    try:
        from cassis import load_cas_from_xmi, load_typesystem
    except ImportError as err:
        raise HTTPException(501, "INCEpTION's documents need dkpro-cassis; install it with: pip install 'koproc[server,cas]'") from err
    for name, markup in (("typeSystem", body.type_system), ("document.xmi", body.document.xmi)):
        if "<!DOCTYPE" in markup or "<!ENTITY" in markup:
            raise InputError(name, "has a <!DOCTYPE …>, which no CAS has need of; remove it")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # offsets that lie outside of the text are INCEpTION's own affair
            return load_cas_from_xmi(body.document.xmi, typesystem=load_typesystem(body.type_system), lenient=True)
    except _FAULTS as err:
        raise InputError("document", f"not a CAS that can be read ({type(err).__name__}: {err})") from err
