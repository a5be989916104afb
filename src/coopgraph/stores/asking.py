"""The forms of a query, told apart: for every store whose `query` takes any of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NoReturn, Self

import pyoxigraph as ox

from coopgraph.errors import QueryError


class Forms(ABC):
    """A store that has `query` and `close`, with a method for each form of query."""

    @abstractmethod
    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """See `Reader.query`."""

    @abstractmethod
    def close(self) -> None:
        """See `Reader.close`."""

    def select(self, text: str) -> ox.QuerySolutions:
        """See `Reader.select`."""
        answer = self.query(text)
        return answer if isinstance(answer, ox.QuerySolutions) else other_form("SELECT")

    def ask(self, text: str) -> bool:
        """See `Reader.ask`."""
        answer = self.query(text)
        return bool(answer) if isinstance(answer, ox.QueryBoolean) else other_form("ASK")

    def construct(self, text: str) -> Iterator[ox.Triple]:
        """See `Reader.construct`."""
        answer = self.query(text)
        return answer if isinstance(answer, ox.QueryTriples) else other_form("CONSTRUCT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def other_form(form: str) -> NoReturn:
    """Raise the error for a query of another form than is expected."""
    article = "an" if form == "ASK" else "a"
    raise QueryError(f"{article} {form} query is expected here")
