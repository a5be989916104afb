"""What pictures say, in three languages.

>>> say("ru", "ties", ties=6, nodes=8)
'Связей: 6, узлов: 8.'
>>> term("kk", "stages", "signed"), term("en", "levels", "galaxy")
('қол қойылды', 'galaxy')
"""

from __future__ import annotations

from coopgraph.networks.phrasebook import Phrasebook

_BOOK = Phrasebook("coopgraph.networks.drawing", "pictures.json", "pictures do not speak")
known, say, term = _BOOK.known, _BOOK.say, _BOOK.term
