"""Web push (RFC 8030): encrypted for the browser (RFC 8291), signed by this installation (8292)."""
