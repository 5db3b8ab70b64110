"""`python -m config.probe [PORT]`: asks this machine's web server whether it is ready; exit status 0 if so.

For containers: the image holds no curl, and only the public host name is answered.
"""

from __future__ import annotations

import http.client
import sys
from urllib.parse import urlsplit

from config import env


def main() -> int:
    """0 when ready."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    host = urlsplit(env.text("CANDOR_URL", "http://localhost:8000")).hostname or "localhost"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": host})
        return 0 if connection.getresponse().status == http.client.OK else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
