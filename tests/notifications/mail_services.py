"""What mail services post when something happened to a mail, in their own form."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

SECRET = "waymark:not-a-secret-at-all"
SIGNING_KEY = "key-not-a-secret-at-all"


def basic(secret: str = SECRET) -> dict[str, str]:
    """The header that a service sends, to which one gave an address with user and password."""
    return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def postmark(kind: str, address: str, **more: Any) -> dict[str, Any]:
    """A bounce or a spam complaint of Postmark."""
    return {
        "RecordType": "SpamComplaint" if kind == "SpamComplaint" else "Bounce",
        "ID": 4323372036854775807,
        "Type": kind,
        "TypeCode": 1,
        "Name": "Hard bounce",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "MessageStream": "outbound",
        "ServerID": 23,
        "Description": "The server was unable to deliver your message.",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": address,
        "From": "waymark@example.org",
        "BouncedAt": "2026-11-22T12:30:00.9070259Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "Mo approved your milestone",
        **more,
    }


def unsubscribed_at_postmark(address: str, reason: str = "ManualSuppression") -> dict[str, Any]:
    """Somebody used the unsubscribe link that Postmark itself put into a mail."""
    return {
        "RecordType": "SubscriptionChange",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "ServerID": 23,
        "MessageStream": "outbound",
        "ChangedAt": "2026-11-22T12:30:00Z",
        "Recipient": address,
        "Origin": "Recipient",
        "SuppressSending": True,
        "SuppressionReason": reason,
    }


def ses(said: dict[str, Any], *, kind: str = "Notification") -> dict[str, Any]:
    """Headers and body of what Amazon SNS posts about an event of Amazon SES."""
    envelope = {
        "Type": kind,
        "MessageId": "19ba9823-d7f2-53c1-860e-cb10e0d13dfc",
        "TopicArn": "arn:aws:sns:eu-west-1:1234567890:ses-events",
        "Subject": "Amazon SES Email Event Notification",
        "Message": json.dumps(said),
        "Timestamp": "2026-11-22T12:30:00.000Z",
        "SignatureVersion": "1",
        "Signature": "EXAMPLE==",
        "SigningCertURL": "https://sns.eu-west-1.amazonaws.com/cert.pem",
        "UnsubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
        "SubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription",
        "Token": "a-token",
    }
    headers = {
        "x-amz-sns-message-type": kind,
        "x-amz-sns-message-id": envelope["MessageId"],
    }
    return {"data": envelope, "headers": headers}


def ses_bounce(address: str, bounce_type: str = "Permanent") -> dict[str, Any]:
    """A bounce as Amazon SES tells it."""
    return {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": bounce_type,
            "bounceSubType": "General",
            "bouncedRecipients": [
                {
                    "emailAddress": address,
                    "action": "failed",
                    "status": "5.1.1",
                    "diagnosticCode": "smtp; 550 5.1.1 user unknown",
                }
            ],
            "timestamp": "2026-11-22T12:30:00.000Z",
            "feedbackId": "0100016a-0000",
            "reportingMTA": "dsn; mta.example.net",
        },
        "mail": {"messageId": "0100016a-1111", "destination": [address], "headers": []},
    }


def ses_complaint(address: str) -> dict[str, Any]:
    """A complaint as Amazon SES tells it."""
    return {
        "notificationType": "Complaint",
        "complaint": {
            "complainedRecipients": [{"emailAddress": address}],
            "complaintFeedbackType": "abuse",
            "userAgent": "ExampleCorp Feedback Loop (V0.01)",
            "timestamp": "2026-11-22T12:30:00.000Z",
        },
        "mail": {"messageId": "0100016a-1111", "destination": [address], "headers": []},
    }


def mailgun(address: str, *, key: str = SIGNING_KEY, **data: Any) -> dict[str, Any]:
    """A failure as Mailgun tells it, signed."""
    stamp, token = str(int(time.time())), "a" * 50
    digest = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256)
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": digest.hexdigest()},
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "timestamp": 1795350600.9,
            "recipient": address,
            "delivery-status": {"code": 550, "message": "5.1.1 no such user", "description": ""},
            "message": {"headers": {"message-id": "1@example.org", "to": address}},
            "tags": [],
            **data,
        },
    }
