"""A container's health check, `python -m backend.healthcheck [URL]`: exit code 0 for an answer 200.

The images have no curl, and an answer that refuses our Host header would say nothing about health.
"""

import os
import sys
import urllib.error
import urllib.request

SECONDS = 4


def main(arguments: list[str]) -> int:
    """Ask the URL (our own /health/live when none is given); return the exit code."""
    port = os.environ.get("PORT") or "8000"
    url = arguments[0] if arguments else f"http://127.0.0.1:{port}/health/live"
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(url, headers={"Host": host} if host else {})  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return 0 if response.status == 200 else 1  # noqa: PLR2004 - the one good answer
    except urllib.error.HTTPError as error:
        sys.stderr.write(error.read().decode(errors="replace") + "\n")
    except OSError as error:
        sys.stderr.write(f"{url}: {error}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
