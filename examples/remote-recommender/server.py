"""A recommender behind HTTP that Rashomon can use: item-item cosines, or the most watched films for strangers.

Python 3 and its standard library, nothing else:  python3 server.py [--port 8808] [--token-from VARIABLE]
The protocol, rashomon.remote/1, is described in docs/guides/remote-recommender.md.
"""
import argparse
import hashlib
import hmac
import json
import math
import os
from collections import Counter, OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROTOCOL = "rashomon.remote/1"
MODELS_KEPT = 32
REASONS_MAX = 5


class Model:
    """What was watched by whom. It never changes once made; a training makes the next one from it."""

    def __init__(self, films, watches, digest):
        self.films = films  # ids, ascending
        self.watches = watches  # (agent, film), each once
        self.name = digest  # the same lessons give the same name
        self.watched, self.watchers = {}, {film: set() for film in films}
        for agent, film in watches:
            if film in self.watchers:
                self.watched.setdefault(agent, set()).add(film)
                self.watchers[film].add(agent)

    def taught(self, rows):
        digest = hashlib.sha256((self.name + json.dumps(rows)).encode()).hexdigest()
        return Model(self.films, self.watches + [(row[0], row[1]) for row in rows], digest)

    def neighbours(self, film):
        """Each film that was watched together with this one, and the cosine of the two sets of watchers."""
        together = Counter(other for watcher in self.watchers[film] for other in self.watched[watcher])
        size = len(self.watchers[film])
        return [(other, both / math.sqrt(size * len(self.watchers[other]))) for other, both in together.items() if other != film]

    def recommend(self, agent, count, excluded, explain):
        reasons = {}
        for film in sorted(self.watched.get(agent, ())):
            for other, weight in self.neighbours(film):
                reasons.setdefault(other, []).append((film, weight))
        # Films that nobody watched together with the past go last, the more often watched first.
        share = {film: len(watchers) / (1e6 * (1 + len(self.watched))) for film, watchers in self.watchers.items()}
        scores = {film: share[film] + sum(weight for _, weight in reasons.get(film, ())) for film in self.films if film not in excluded}
        best = sorted(scores, key=lambda film: (-scores[film], film))[:count]
        answer = {"films": best, "scores": [scores[film] for film in best]}
        if explain:
            largest = [sorted(reasons.get(film, ()), key=lambda reason: (-reason[1], reason[0]))[:REASONS_MAX] for film in best]
            answer["because"] = [[{"film": film, "weight": weight} for film, weight in some] for some in largest]
        return answer


class Shelf:
    """The latest models by name. A run may go back to an older one: after a branch, or when it is resumed."""

    def __init__(self):
        self.models = OrderedDict()

    def train(self, body):
        if body["previous"] is None:
            films = sorted(film["id"] for film in body["films"])
            before = Model(films, [], hashlib.sha256(json.dumps(films).encode()).hexdigest())
        else:
            before = self.models.get(body["previous"])
        if before is None:
            return {"unknown": True}
        model = before.taught(body["rows"])
        self.models[model.name] = model
        self.models.move_to_end(model.name)
        while len(self.models) > MODELS_KEPT:
            self.models.popitem(last=False)
        return {"model": model.name, "explains": True}

    def recommend(self, body):
        model = self.models.get(body["model"])
        if model is None:
            return {"unknown": True}
        return model.recommend(body["agent"], body["count"], set(body["excluded"]), body["explain"])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many requests
    disable_nagle_algorithm = True
    shelf = Shelf()
    token = None

    def do_GET(self):
        self.answer(200, {"protocol": PROTOCOL, "models": len(self.shelf.models)})

    def do_POST(self):
        text = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.token is not None and not hmac.compare_digest(self.headers.get("authorization", ""), f"Bearer {self.token}"):
            return self.answer(401, {"error": "a bearer token is needed"})
        does = {"/train": self.shelf.train, "/recommend": self.shelf.recommend}.get(self.path)
        if does is None:
            return self.answer(404, {"error": "expected /train or /recommend"})
        try:
            body = json.loads(text)
            if body["protocol"] != PROTOCOL:
                return self.answer(400, {"error": f"expected protocol {PROTOCOL}"})
            return self.answer(200, does(body))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            return self.answer(400, {"error": f"{type(error).__name__}: {error}"})

    def answer(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass  # a line for each slate would be too many


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main():
    options = argparse.ArgumentParser(description="A recommender for Rashomon, behind HTTP.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8808, help="0 takes one that is free")
    options.add_argument("--token-from", metavar="VARIABLE", help="environment variable with the bearer token to ask for")
    chosen = options.parse_args()
    Handler.token = os.environ[chosen.token_from] if chosen.token_from else None
    server = Server((chosen.host, chosen.port), Handler)
    print(f"listening on http://{chosen.host}:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
