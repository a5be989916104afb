"""The concepts of the shipped vocabulary that made-up records use.

They are written out, so that a concept added to the ontology leaves a corpus as it was.
"""

from __future__ import annotations

from benchmarks.corpus.chance import listed, table

SECTORS = listed(
    "machine-building automotive-industry electronics chemical-industry pharmaceutical-industry "
    "metallurgy food-industry medical-industry construction logistics trade health-care "
    "manufacturing lighting-industry telecommunications digital-technologies"
)
PRODUCTS = listed(
    "displays charging-stations canned-goods canned-fish lighting-equipment optical-cable machinery "
    "automotive-components cosmetics chemicals polymers medicines metals medical-equipment "
    "analysers network-security-devices interactive-equipment industrial-lighting"
)
GOODS = (*PRODUCTS, *SECTORS[:6])
LEGAL_FORMS = ("ao", "zao", "ooo", "ooo", "ooo", "too", "llp", "llc")
CURRENCIES = ("usd", "usd", "rub", "kzt", "eur")
TALKS = table(talked=7, presented=3, talks_to_continue=1, offered=1, shortlisted=1)
FORMS = table(joint_projects=2, follow_up_contacts=2, training=1, solutions=1, oral=1)
STAGES = ("preliminary", "signed", "in-force", "carried-out")
AGREED = table(memorandum=4, cooperation_agreement=3, contract=2, treaty=1)
KINDS_OF_STATEMENT = table(
    evaluation=14, interest=7, account=3, goal=3, comparison=2, gratitude=2, wish=1, condition=1
)
ROLES = table(none=20, participant=5, exhibitor=3, presenter=2, representative=1)
COUNTED = ("business-meetings", "contracts", "agreements", "companies", "participants")
COUNTED_IN_PLACES = ("special-economic-zones", "industrial-parks", "technoparks", "companies")
EXCHANGED = table(turnover=7, exports=3, imports=2, investment=1)
TRENDS = ("population-inflow", "effectiveness", "speed-of-talks")
BOUNDS = ("more than", "more than", "about", "almost", "at least", "up to", "less than")
