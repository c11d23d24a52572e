"""Puts the Markdown pages of a Git repository into a collection of Qdrant, a section a point."""

import os
import pathlib
import subprocess
import uuid

from qdrant_client import QdrantClient, models

COLLECTION = "documentation"
MODEL = "sentence-transformers/all-MiniLM-L6-v2"
# Where documentation-search looks for vectors of this model.
VECTOR = "fast-all-minilm-l6-v2"
DIMENSIONS = 384


def checkout(folder: str) -> pathlib.Path:
    # The token goes through git's own question, never through an argument.
    answer = pathlib.Path(folder, "answer")
    answer.write_text('#!/bin/sh\ncase "$1" in User*) echo "$GIT_username";; *) echo "$GIT_token";; esac\n')
    answer.chmod(0o700)
    environment = {**os.environ, "GIT_ASKPASS": str(answer), "GIT_TERMINAL_PROMPT": "0"}
    target = pathlib.Path(folder, "repository")
    command = ["git", "clone", "--quiet", "--depth", "1", os.environ["GIT_url"], str(target)]
    subprocess.run(command, check=True, env=environment)
    return target


def sections(root: pathlib.Path):
    for page in sorted(root.rglob("*.md")):
        name = str(page.relative_to(root))
        for number, text in enumerate(page.read_text(errors="replace").split("\n## ")):
            if text.strip():
                yield str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name}#{number}")), name, text.strip()


def point(identity: str, page: str, text: str) -> models.PointStruct:
    return models.PointStruct(
        id=identity,
        vector={VECTOR: models.Document(text=text, model=MODEL)},
        payload={"document": text, "metadata": {"page": page}},
    )


def main() -> None:
    client = QdrantClient(url=os.environ["QDRANT_URL"])
    if not client.collection_exists(COLLECTION):
        size = models.VectorParams(size=DIMENSIONS, distance=models.Distance.COSINE)
        client.create_collection(COLLECTION, vectors_config={VECTOR: size})
    found = list(sections(checkout("/work")))
    for start in range(0, len(found), 64):
        client.upsert(COLLECTION, points=[point(*section) for section in found[start : start + 64]])
    # What a page no longer says, nobody is to find.
    known = models.HasIdCondition(has_id=[identity for identity, _, _ in found])
    client.delete(COLLECTION, points_selector=models.FilterSelector(filter=models.Filter(must_not=[known])))
    print(f"{len(found)} sections of {len({page for _, page, _ in found})} pages")


if __name__ == "__main__":
    main()
