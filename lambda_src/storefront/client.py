"""One HTTP request to the inventory, with a deadline for all of it."""

from __future__ import annotations

from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from logic import Reply

# With what JSON escaping may add (a factor below 5), the response stays below the load balancer's 1 MB.
LARGEST_BODY = 128 * 1024


class UnavailableError(Exception):
    """The other side refused, broke off or sent something that is not HTTP."""


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is an answer like any other: it could lead anywhere."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


_OPENER = build_opener(ProxyHandler({}), _NoRedirect)


def fetch(url: str, timeout_s: float) -> Reply:
    """The reply to ``GET url``.

    A socket's timeout starts anew with every byte and name resolution has none, so a thread does the work.

    Raises UnavailableError, and TimeoutError where the whole reply is not there after ``timeout_s`` seconds.
    """
    if timeout_s <= 0:
        raise TimeoutError
    outcome: SimpleQueue[Reply | Exception] = SimpleQueue()
    Thread(target=lambda: outcome.put(_attempt(url, timeout_s)), daemon=True).start()
    try:
        result = outcome.get(timeout=timeout_s)
    except Empty:
        raise TimeoutError from None
    if isinstance(result, Exception):
        raise result
    return result


def _attempt(url: str, timeout_s: float) -> Reply | Exception:
    try:
        return _get(url, timeout_s)
    except URLError as error:
        return error.reason if isinstance(error.reason, TimeoutError) else UnavailableError(str(error.reason))
    except TimeoutError as error:
        return error
    except (OSError, HTTPException) as error:
        return UnavailableError(f"{type(error).__name__}: {error}")
    except Exception as error:
        return error


def _get(url: str, timeout_s: float) -> Reply:
    try:
        with _OPENER.open(url, timeout=timeout_s) as response:
            body = response.read(LARGEST_BODY + 1)
            if len(body) > LARGEST_BODY:
                raise UnavailableError(f"the reply is larger than {LARGEST_BODY} bytes")
            return Reply(response.status, body)
    except HTTPError as error:
        with error:
            return Reply(error.code, b"")
