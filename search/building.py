"""Build the index anew from everything public, and compare it with the database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from search.documents import SearchDocument, document_id, registry
from search.engines.base import Change, Engine
from search.engines.sqlite import digest_of
from search.outbox import deliver_again_since, forget_old, newest_version

CHUNK = 500


def public_documents() -> Iterator[tuple[str, SearchDocument]]:
    """Id and document of everything public, source by source, a chunk in memory at a time."""
    for source in registry:
        keys = source.keys()
        while chunk := list(islice(keys, CHUNK)):
            for key, document in source.documents(chunk):
                yield document_id(source.name, key), document


def public_total() -> int:
    """How many things are public."""
    return sum(1 for source in registry for _key in source.keys())  # noqa: SIM118 - a method of ours, no mapping


def build(engine: Engine, step: Callable[[int], object]) -> int:
    """Build a new index, switch to it and take in what changed meanwhile; returns the number of documents.

    `step` is told how many documents were written since it was last called. Stopped half way, the present index stays.
    """
    version, total = newest_version(), 0
    with engine.rebuild() as writer:
        documents = public_documents()
        while chunk := list(islice(documents, CHUNK)):
            writer.apply([Change(identity, version, document) for identity, document in chunk])
            total += len(chunk)
            step(len(chunk))
    deliver_again_since(version)
    forget_old(timezone.now())
    return total


@dataclass(frozen=True)
class Differences:
    """Ids by what is wrong with them in the index."""

    missing: list[str]
    outdated: list[str]
    surplus: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.surplus)


def compare(engine: Engine) -> Differences:
    """How the index differs from the database."""
    indexed = dict(engine.digests())
    missing, outdated = [], []
    for identity, document in public_documents():
        digest = indexed.pop(identity, None)
        if digest is None:
            missing.append(identity)
        elif digest != digest_of(document):
            outdated.append(identity)
    return Differences(missing, outdated, sorted(indexed))
