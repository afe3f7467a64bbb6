"""An OpenID provider that holds its client to the standard, and lies when it is told to.

Run as a process of its own: `python lying_provider.py PORT`. POST /lies with a JSON object sets
what it does otherwise than an honest one: "claims" and "header" are laid over those of the
token, None takes one away; "said" over its description; "sign" names another way to sign;
"token" and "description" name another answer; "userinfo" is what that address answers.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

KEY, FOREIGN_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in "12")
PUBLIC_PEM = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
SECRET = "known to both"  # noqa: S105
PORT = int(sys.argv[1]) if sys.argv[1:] else 0
ISSUER = f"http://127.0.0.1:{PORT}"
lies: dict[str, Any] = {}
codes: dict[str, dict[str, str]] = {}


def laid_over(honest: dict[str, Any], lie: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**honest, **lie}.items() if value is not None}


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def description() -> dict[str, Any]:
    honest = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/keys",
        "userinfo_endpoint": f"{ISSUER}/userinfo",
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }
    return laid_over(honest, lies.get("said", {}))


def key_set() -> dict[str, Any]:
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
    return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}


def signed(asked: dict[str, str]) -> str:
    now = int(time.time())
    honest = {
        "iss": ISSUER,
        "sub": "lying-1",
        "aud": asked["client_id"],
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"],
        "email": "somebody@example.com",
        "email_verified": True,
    }
    if asked.get("max_age") == "0" and asked.get("prompt") == "login":
        honest |= {"auth_time": now, "amr": ["pwd", "otp", "mfa"]}
    claims = laid_over(honest, lies.get("claims", {}))
    header = laid_over({"kid": "1"}, lies.get("header", {}))
    how = lies.get("sign", "honest")
    if how == "none":
        return jwt.encode(claims, "", algorithm="none", headers=header)
    if how == "public key as secret":
        head = b64(json.dumps({"alg": "HS256", "typ": "JWT", **header}).encode())
        body = f"{head}.{b64(json.dumps(claims).encode())}"
        return f"{body}.{b64(hmac.digest(PUBLIC_PEM, body.encode(), 'sha256'))}"
    if how == "client secret":
        return jwt.encode(claims, SECRET * 4, algorithm="HS256", headers=header)
    token = jwt.encode(
        claims,
        FOREIGN_KEY if how == "foreign key" else KEY,
        algorithm="RS256",
        headers=header,
    )
    if how == "tampered":
        head, _, signature = token.split(".")
        body = b64(json.dumps({**claims, "sub": "lying-2"}).encode())
        return f"{head}.{body}.{signature}"
    return token


class Provider(BaseHTTPRequestHandler):
    """Answer as a provider does."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def answer(self, content: bytes, status: int = 200, **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        """Answer what a browser or a client reads."""
        place = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        if place.path == "/authorize":
            return self._authorize(asked)
        if place.path == "/userinfo":
            return self.answer(json.dumps(lies.get("userinfo", {})).encode())
        if place.path == "/keys":
            return self.answer(json.dumps(key_set()).encode())
        return self._odd(lies.get("description", ""), json.dumps(description()).encode())

    def _authorize(self, asked: dict[str, str]) -> None:
        if asked["code_challenge_method"] != "S256" or asked["response_type"] != "code":
            return self.answer(b"no PKCE", 400)
        code = secrets.token_urlsafe(16)
        codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return self.answer(b"", 302, Location=f"{asked['redirect_uri']}?{back}")

    def do_POST(self) -> None:
        """Take a lie, or give a token for a code that is spent with it."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/lies":
            lies.clear()
            lies.update(json.loads(body))
            return self.answer(b"")
        form = {name: values[0] for name, values in parse_qs(body).items()}
        asked = codes.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != SECRET:
            return self.answer(b'{"error": "invalid_grant"}', 400)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            b64(verifier) != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return self.answer(b'{"error": "invalid_grant"}', 400)
        tokens = {
            "access_token": "opens-nothing",
            "token_type": "Bearer",
            "id_token": signed(asked),
        }
        return self._odd(lies.get("token", ""), json.dumps(tokens).encode())

    def _odd(self, how: str, honest: bytes) -> None:
        if how == "error":
            return self.answer(b"oh no", 500)
        if how == "redirect":
            return self.answer(b"", 302, Location=f"http://localhost:{PORT}{self.path}")
        if how == "hang":
            time.sleep(8)
        odd = {
            "page": b"<html>Maintenance</html>",
            "list": b"[1]",
            "huge": b'{"a": "' + b"x" * 2_000_000 + b'"}',
            "empty": b"{}",
        }
        return self.answer(odd.get(how, honest))


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", PORT), Provider).serve_forever()
