"""A network as one HTML file that opens offline: hover, click an edge, read why it is there."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

_SIZE = 760
_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 0; color: #1d2733; background: #f6f5f1; }
header { padding: 16px 24px 4px; } h1 { font-size: 21px; margin: 0; }
header p { margin: 4px 0 8px; max-width: 70em; color: #4d5866; }
main { display: flex; flex-wrap: wrap; gap: 16px; padding: 0 24px 24px; }
svg { background: #fff; border: 1px solid #dcd9d0; flex: 1 1 520px; max-width: 820px; }
aside { flex: 1 1 320px; max-width: 560px; }
line { stroke: #8fa3b5; cursor: pointer; } line:hover, line.on { stroke: #b3412e; }
line.planned { stroke-dasharray: 7 5; } circle { fill: #2c6e8f; } text { font-size: 14px; }
li { margin-bottom: 10px; } q { quotes: "«" "»"; } small { color: #5d6875; }
"""
_SCRIPT = """
const data = JSON.parse(document.getElementById('data').textContent);
const panel = document.getElementById('panel');
let language = 'en';
function element(tag, text) { const e = document.createElement(tag); e.textContent = text; return e; }
function named(node) { const n = data.nodes[node]; return n[language] || n.en || node; }
function label() {
  for (const t of document.querySelectorAll('svg text')) t.textContent = named(t.dataset.node);
}
function open(number) {
  const edge = data.edges[number];
  document.querySelectorAll('line').forEach(l => l.classList.toggle('on', l.dataset.edge === String(number)));
  panel.replaceChildren(element('h2', named(edge.source) + ' → ' + named(edge.target)));
  const facts = document.createElement('p');
  facts.textContent = edge.facts;
  panel.append(facts);
  const list = document.createElement('ol');
  for (const claim of edge.claims) {
    const item = document.createElement('li');
    item.append(element('q', claim.quote), document.createElement('br'), element('small', claim.source));
    list.append(item);
  }
  panel.append(list);
}
document.querySelectorAll('line').forEach(l => {
  l.addEventListener('click', () => open(Number(l.dataset.edge)));
  l.addEventListener('keydown', e => { if (e.key === 'Enter') open(Number(l.dataset.edge)); });
});
document.getElementById('language').addEventListener('change', e => { language = e.target.value; label(); });
label();
"""


def _facts(data: Mapping[str, Any]) -> str:
    days = " to ".join(dict.fromkeys(d for d in (data["first"], data["last"]) if d))
    parts = [
        f"events: {data['weight']}, held: {data['held']}",
        days or "day unknown",
        f"best stage: {data['best_stage_name'] or 'no outcome told'}",
        f"documents: {data['documents']}, independent origins: at least {data['origins']}",
        f"reported by: {data['reported_by']}",
    ]
    if data["open_list"]:
        parts.append("the list of participants is left open")
    return "; ".join(parts) + "."


def page(
    network: nx.DiGraph[str], title: str, note: str, evidence: Mapping[str, tuple[str, str]]
) -> str:
    """Return the page of a network of visits.

    `evidence` maps a claim's reference to its quote and its source. Positions are on a circle
    in the order of names, so that the same network gives the same bytes.
    """
    nodes = sorted(network.nodes(data=True), key=lambda n: (n[1].get("name_en", ""), n[0]))
    places = {
        node: (
            _SIZE / 2 + _SIZE * 0.36 * math.cos(2 * math.pi * i / len(nodes)),
            _SIZE / 2 + _SIZE * 0.36 * math.sin(2 * math.pi * i / len(nodes)),
        )
        for i, (node, _) in enumerate(nodes)
    }
    edges = sorted(network.edges(data=True), key=lambda e: (e[0], e[1]))
    shapes = []
    for number, (source, target, data) in enumerate(edges):
        (x1, y1), (x2, y2) = places[source], places[target]
        shorten = 16 / max(math.hypot(x2 - x1, y2 - y1), 1)
        x2, y2 = x2 - (x2 - x1) * shorten, y2 - (y2 - y1) * shorten
        planned = "" if data["held"] else ' class="planned"'
        shapes.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" tabindex="0" '
            f'stroke-width="{2 + 2 * data["weight"]}" marker-end="url(#tip)" '
            f'data-edge="{number}"{planned}></line>'
        )
    for node, _ in nodes:
        x, y = places[node]
        anchor = "start" if x >= _SIZE / 2 else "end"
        shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9"></circle>')
        shapes.append(
            f'<text x="{x + (14 if anchor == "start" else -14):.1f}" y="{y + 5:.1f}" '
            f'text-anchor="{anchor}" data-node="{html.escape(node)}"></text>'
        )
    content = {
        "nodes": {
            node: {k[5:]: data[k] for k in sorted(data) if k.startswith("name_")}
            for node, data in nodes
        },
        "edges": [
            {
                "source": source,
                "target": target,
                "facts": _facts(data),
                "claims": [
                    {"quote": evidence[c][0], "source": f"{evidence[c][1]} [{c}]"}
                    for c in data["claims"]
                    if c in evidence
                ],
            }
            for source, target, data in edges
        ],
    }
    # "</" would end the script element early.
    inside = json.dumps(content, ensure_ascii=False, sort_keys=True).replace("</", "<\\/")
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>
<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>
<header><h1>{html.escape(title)}</h1><p>{html.escape(note)}</p>
<label>Names <select id="language"><option value="en">English</option>
<option value="ru">Русский</option><option value="kk">Қазақша</option></select></label></header>
<main><svg viewBox="-130 0 {_SIZE + 260} {_SIZE}" role="img" aria-label="{html.escape(title)}">
<defs><marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="9" markerHeight="9"
 markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="#5d6875"/></marker>
</defs>{"".join(shapes)}</svg>
<aside id="panel"><p>An arrow runs from guest to host; it is dashed where the event is only
planned. Choose an arrow to read the words that it rests on.</p></aside></main>
<script type="application/json" id="data">{inside}</script><script>{_SCRIPT}</script>
</body></html>
"""
