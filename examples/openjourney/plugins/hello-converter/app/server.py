"""Turns lines of "name,latitude,longitude" into a GeoJSON FeatureCollection.

    curl --data-binary $'Hobart,-42.88,147.33\n' http://localhost:8080/
"""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GREETING = os.environ.get("GREETING", "hello")
PORT = int(os.environ.get("PORT", "8080"))
MAX_BYTES = 1_000_000


def convert(text):
    features = []
    for line in filter(str.strip, text.splitlines()):
        name, latitude, longitude = line.rsplit(",", 2)
        point = {"type": "Point", "coordinates": [float(longitude), float(latitude)]}
        features.append({"type": "Feature", "properties": {"name": name.strip()}, "geometry": point})
    return {"type": "FeatureCollection", "features": features}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, {"message": f"{GREETING} from the converter"})

    def do_POST(self):
        try:
            length = int(self.headers.get("Content-Length", "0"))
            if not 0 <= length <= MAX_BYTES:
                self.answer(413, {"error": f"at most {MAX_BYTES} bytes"})
                return
            self.answer(200, convert(self.rfile.read(length).decode()))
        except ValueError as problem:
            self.answer(400, {"error": f"expected lines of name,latitude,longitude: {problem}"})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("", PORT), Handler).serve_forever()
