"""Hands findings of Robusta to an agent: a webhook in, a message of the Agent2Agent protocol out."""

import http.server
import json
import os
import threading
import urllib.request
import uuid


def request(text: str) -> dict:
    parts = [{"kind": "text", "text": text}]
    message = {"kind": "message", "role": "user", "messageId": str(uuid.uuid4()), "parts": parts}
    return {"jsonrpc": "2.0", "id": str(uuid.uuid4()), "method": "message/send", "params": {"message": message}}


def hand_over(text: str) -> None:
    body = json.dumps(request(text)).encode()
    call = urllib.request.Request(os.environ["AGENT_URL"], body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=1800) as answer:
            print("handed over:", answer.status, text.strip().splitlines()[:1])
    except OSError as error:
        print("not handed over:", error, text.strip().splitlines()[:1])


class Webhook(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer(200)

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode(errors="replace")
        # An agent thinks for minutes; Robusta is not to wait for it.
        threading.Thread(target=hand_over, args=(text,), daemon=True).start()
        self.answer(202)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_) -> None:
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Webhook).serve_forever()
