"""What reports say, in three languages.

>>> say("ru", "size", nodes=8, ties=6)
'Узлов: 8; связей: 6.'
>>> term("kk", "columns", "node")
'түйін'
"""

from __future__ import annotations

from coopgraph.networks.phrasebook import Phrasebook

_BOOK = Phrasebook("coopgraph.networks.reporting", "words.json", "reports are not written in")
known, say, term = _BOOK.known, _BOOK.say, _BOOK.term


def filled(language: str, name: str, value: object) -> str:
    """Return a filter in words.

    >>> filled("en", "min_stage", "signed")
    'stage: signed or further'
    """
    return term(language, "filters", name).format(v=value)


def measure_name(language: str, name: str) -> str:
    """Return the name of a measure, with the one of the command line where it is another.

    >>> measure_name("en", "in-degree"), measure_name("ru", "in-degree")
    ('in-degree', 'входящая степень (in-degree)')
    """
    known_as = term(language, "names", name)
    return name if known_as.lower() == name else f"{known_as} ({name})"


def note_in(language: str, note: str) -> str:
    """Return what is said beside a measure in a language, as far as there are words for it.

    >>> note_in("ru", "ties are read without their direction; estimated from 9 of 20 nodes")
    'связи читаются без направления; estimated from 9 of 20 nodes'
    """
    for english, words in _BOOK.terms(language, "notes").items():
        note = note.replace(english, words)
    return note
