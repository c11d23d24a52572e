"""Puts the Markdown pages of a Git repository into a collection of Qdrant, a section a point."""

import os
import pathlib
import subprocess
import uuid

from qdrant_client import QdrantClient

COLLECTION = "documentation"


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


def main() -> None:
    client = QdrantClient(url=os.environ["QDRANT_URL"])
    client.set_model("sentence-transformers/all-MiniLM-L6-v2")
    points = list(sections(checkout("/work")))
    client.add(
        collection_name=COLLECTION,
        ids=[point for point, _, _ in points],
        documents=[text for _, _, text in points],
        metadata=[{"metadata": {"page": page}} for _, page, _ in points],
    )
    print(f"{len(points)} sections of {len({page for _, page, _ in points})} pages")


main()
