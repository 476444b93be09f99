"""A real SMTP server (aiosmtpd) on loopback with STARTTLS and AUTH; each mail that it takes is a line of JSON.

usage: smtp_server.py FOLDER [tls] [auth] [refuse=CODE]
Writes FOLDER/port when it listens and appends to FOLDER/mails.jsonl. Ends when its standard input is closed.
"""
import json
import pathlib
import socket
import ssl
import subprocess
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

folder = pathlib.Path(sys.argv[1])
options = sys.argv[2:]
refuse = next((o.split("=", 1)[1] for o in options if o.startswith("refuse=")), "")


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if refuse and not (folder / "accept").exists():
            return refuse + " not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "user": session.auth_data.decode() if session.authenticated else "",
            "message": envelope.content.decode("utf-8"),
        }
        with open(folder / "mails.jsonl", "a", encoding="utf-8") as out:
            out.write(json.dumps(mail) + "\n")
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login == b"pao" and data.password == b"secreto"
    return AuthResult(success=good, auth_data=data.login if good else None)


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
settings = {"hostname": "127.0.0.1", "port": port}
if "tls" in options:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "3650", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    settings.update(tls_context=context, require_starttls=True)
if "auth" in options:
    settings.update(authenticator=authenticate, auth_required=True, auth_require_tls="tls" in options)

controller = Controller(Handler(), **settings)
controller.start()
(folder / "port.new").write_text(str(port))
(folder / "port.new").rename(folder / "port")
sys.stdin.read()
controller.stop()
