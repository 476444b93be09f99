"""Reads a message on standard input as a mail program would and prints its parts as JSON."""
import base64
import email
import email.policy
import json
import sys

mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
text = mail.get_body(("plain",))
html = mail.get_body(("html",))
print(json.dumps({
    "subject": str(mail["subject"]),
    "from": str(mail["from"]),
    "to": str(mail["to"]),
    "text": text.get_content() if text else "",
    "html": html.get_content() if html else "",
    "attachments": [[a.get_filename(), base64.b64encode(a.get_payload(decode=True)).decode()]
                    for a in mail.iter_attachments()],
    "headers": len(mail.keys()),
    "defects": [str(d) for part in mail.walk() for d in part.defects],
}))
