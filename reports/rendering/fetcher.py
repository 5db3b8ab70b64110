"""What a report may load while it is drawn: the assets handed in with it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME: Final = "pia:"


@dataclass(frozen=True, slots=True)
class Asset:
    """One image or stylesheet: its bytes and media type."""

    data: bytes
    media_type: str


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no type hints
    """Serves `pia:NAME` from a dict. Any other address ends the rendering.

    WeasyPrint's own fetcher opens files, data: and the network; none of its handlers is installed here, so there
    is nothing to redirect to. The error is a BaseException, which no part of WeasyPrint swallows.
    """

    def __init__(self, assets: Mapping[str, Asset]) -> None:  # the base class's handlers are what we leave out
        self._assets = dict(assets)
        self._fail_on_errors = True

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Answer from memory; raises FatalURLFetchingError for everything that was not handed in."""
        asset = self._assets.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if asset is None:
            raise FatalURLFetchingError("address outside the report")
        return URLFetcherResponse(url, asset.data, {"Content-Type": asset.media_type})

    def open(self, *_args: object, **_kwargs: object) -> URLFetcherResponse:
        """The urllib entry point, closed: it would reach whatever handlers exist."""
        raise FatalURLFetchingError("address outside the report")
