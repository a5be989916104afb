"""A network of visits as one HTML file that opens offline: guests left, hosts right, words beside.

Positions and text come from the network alone, so the same network gives the same bytes. Nothing
is loaded from the web; the only addresses are links to the reports, opened when clicked.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import networkx as nx

_WIDTH: Final = 1000
_LEFT: Final = 345
_RIGHT: Final = _WIDTH - _LEFT
_ROW: Final = 42
_TOP: Final = 56
_STAGES: Final = (
    "#b9c3cc", "#93b5c6", "#78a6bd", "#5d96b3", "#4486a8",
    "#2f769b", "#20668a", "#155577", "#0d4462", "#07334c",
)  # fmt: skip
"""From no outcome to the last rung of the ladder: the higher, the darker."""

Names = Mapping[str, str]
"""Language → name."""


@dataclass(frozen=True)
class Words:
    """The words behind a claim: quote, report with its date, and an address that opens there."""

    quote: str
    source: str
    link: str


def page(
    network: nx.DiGraph[str],
    title: str,
    note: str,
    evidence: Mapping[str, Words],
    concepts: Mapping[str, Names],
) -> str:
    """Return the page of a network of visits, as `visits_network` makes it.

    `evidence` maps a claim's reference to its words, `concepts` the slugs of stages and of sides
    that report to their names.
    """
    nodes = {node: _names(data) for node, data in sorted(network.nodes(data=True))}
    edges = sorted(network.edges(data=True), key=lambda edge: edge[:2])
    guests, hosts = _places(edges, nodes)
    height = _TOP + _ROW * max(len(guests), len(hosts), 1)
    shapes = [_arrow(n, e, guests[e[0]], hosts[e[1]]) for n, e in enumerate(edges)]
    shapes += [_label(node, _LEFT, y, "end") for node, y in guests.items()]
    shapes += [_label(node, _RIGHT, y, "start") for node, y in hosts.items()]
    stages = sorted({(data["best_stage"], data["best_stage_name"]) for _, _, data in edges})
    content = {
        "nodes": nodes,
        "concepts": {slug: dict(concepts[slug]) for slug in sorted(concepts)},
        "stages": [{"slug": slug, "colour": _STAGES[rung]} for rung, slug in stages],
        "edges": [_edge(edge, evidence) for edge in edges],
    }
    # "<" is written by its code, so that no text can end the script element or begin a comment.
    inside = json.dumps(content, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return _PAGE.format(
        title=html.escape(title),
        note=html.escape(note),
        style=_STYLE,
        script=_SCRIPT,
        content=inside,
        width=_WIDTH,
        height=height,
        left=_LEFT,
        right=_RIGHT,
        shapes="\n".join(shapes),
    )


_Edge = tuple[str, str, dict[str, Any]]


def _names(data: Mapping[str, Any]) -> dict[str, str]:
    return {name[5:]: str(data[name]) for name in sorted(data) if name.startswith("name_")}


def _places(
    edges: Iterable[_Edge], nodes: Mapping[str, Names]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the heights of guests and of hosts: hosts below one another by their first guest.

    A guest stands beside the middle of its hosts, and no two labels of a column overlap.
    """

    def name(node: str) -> tuple[str, str]:
        return nodes[node].get("en", node), node

    received: dict[str, list[str]] = {}
    for guest, host, _ in edges:
        received.setdefault(guest, []).append(host)
    hosts: dict[str, float] = {}
    for guest in sorted(received, key=name):
        for host in sorted(received[guest], key=name):
            hosts.setdefault(host, _TOP + _ROW * len(hosts))
    middles = {g: sum(hosts[h] for h in found) / len(found) for g, found in received.items()}
    guests: dict[str, float] = {}
    next_free = float(_TOP)
    for guest in sorted(middles, key=lambda g: (middles[g], name(g))):
        guests[guest] = max(middles[guest], next_free)
        next_free = guests[guest] + _ROW
    lowest = _TOP + _ROW * (max(len(guests), len(hosts)) - 1)
    for place, guest in enumerate(reversed(guests)):
        guests[guest] = min(guests[guest], lowest - _ROW * place)
    return guests, hosts


def _arrow(number: int, edge: _Edge, start: float, end: float) -> str:
    data = edge[2]
    x1, x2 = _LEFT + 10, _RIGHT - 12
    bend = (x2 - x1) * 0.45
    path = (
        f"M{x1} {start:.1f} C{x1 + bend:.1f} {start:.1f} {x2 - bend:.1f} {end:.1f} {x2} {end:.1f}"
    )
    planned = "" if data["held"] else " planned"
    colour = _STAGES[data["best_stage"]]
    tip = f"M{x2 + 7} {end:.1f} l-13 -5.5 l0 11 z"
    return (
        f'<g class="arrow{planned}" data-edge="{number}" tabindex="0" role="button" '
        f'style="--colour:{colour}"><title></title><path class="hit" d="{path}"/>'
        f'<path class="line" d="{path}" stroke-width="{1.5 + 1.5 * min(data["weight"], 8)}"/>'
        f'<path class="tip" d="{tip}"/></g>'
    )


def _label(node: str, x: int, y: float, anchor: str) -> str:
    aside = -12 if anchor == "end" else 12
    return (
        f'<g class="node" data-node="{html.escape(node)}"><circle cx="{x}" cy="{y:.1f}" r="6"/>'
        f'<text x="{x + aside}" y="{y + 6:.1f}" text-anchor="{anchor}"></text></g>'
    )


def _edge(edge: _Edge, evidence: Mapping[str, Words]) -> dict[str, Any]:
    source, target, data = edge
    said: dict[Words, list[str]] = {}
    for claim in data["claims"]:
        if claim in evidence:
            said.setdefault(evidence[claim], []).append(claim)
    kept = (
        "weight", "held", "best_stage_name", "documents", "origins", "open_list", "first", "last",
    )  # fmt: skip
    return {
        "source": source,
        "target": target,
        **{name: data[name] for name in kept},
        "reported_by": data["reported_by"].split(),
        "words": [{**asdict(words), "claims": claims} for words, claims in said.items()],
    }


_STYLE: Final = """
:root { --ink: #1d2733; --soft: #566270; --paper: #f6f5f1; --hot: #b3412e; }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; margin: 0 auto; color: var(--ink);
  background: var(--paper); max-width: 1500px; padding: 20px 28px 40px; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 0 0 6px; }
p { margin: 0 0 8px; } header p, small { color: var(--soft); } header p { max-width: 75em; }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(300px, 2fr); gap: 20px;
  align-items: start; margin-top: 12px; }
@media (max-width: 900px) { main { grid-template-columns: 1fr; } }
figure, aside { background: #fff; border: 1px solid #dcd9d0; border-radius: 6px; margin: 0; }
svg { width: 100%; display: block; } aside { padding: 16px 18px; }
figcaption { padding: 4px 18px 14px; color: var(--soft); }
figcaption span { display: inline-block; margin-right: 14px; white-space: nowrap; }
figcaption i { display: inline-block; width: 22px; height: 5px; margin-right: 6px; vertical-align: middle; }
.head { font-weight: 600; fill: var(--soft); font-size: 16px; }
.node circle { fill: var(--ink); } .node text { font-size: 17px; fill: var(--ink); }
.arrow { cursor: pointer; outline: none; } .arrow path { fill: none; }
.arrow .hit { stroke: transparent; stroke-width: 16; pointer-events: stroke; }
.arrow .line { stroke: var(--colour); } .arrow .tip { fill: var(--colour); }
.planned .line { stroke-dasharray: 8 5; }
.arrow:hover .line, .arrow:focus-visible .line, .arrow.on .line { stroke: var(--hot); }
.arrow:hover .tip, .arrow:focus-visible .tip, .arrow.on .tip { fill: var(--hot); }
svg.chosen .arrow:not(.on):not(:hover) { opacity: .5; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; margin: 0 0 12px; }
dt { color: var(--soft); } dd { margin: 0; }
ol { margin: 0; padding: 0; list-style: none; } li { border-top: 1px solid #e7e4db; padding: 9px 0; }
li small { display: block; overflow-wrap: anywhere; } button { font: inherit; }
label { color: var(--soft); } select { font: inherit; margin-left: 6px; }
"""

_SCRIPT: Final = """
const data = JSON.parse(document.getElementById('data').textContent);
const says = {
  en: { guests: 'guests', hosts: 'hosts', names: 'Names', events: 'events', held: 'of them held', days: 'days',
    unknown: 'not known', stage: 'best stage', none: 'no outcome told', documents: 'documents for one event',
    origins: 'independent origins', least: 'at least', by: 'reported by', open: 'The list of participants is left open.',
    words: 'The words behind it', link: 'open at these words', planned: 'planned only', width: 'width: number of events',
    hint: 'An arrow runs from guest to host. Choose one to read the words that it rests on.' },
  ru: { guests: 'гости', hosts: 'принимающие', names: 'Названия', events: 'событий', held: 'из них состоялось', days: 'дни',
    unknown: 'не известны', stage: 'высшая стадия', none: 'об итоге не сказано', documents: 'документов об одном событии',
    origins: 'независимых источников', least: 'не менее', by: 'кто сообщает', open: 'Список участников не полон.',
    words: 'На каких словах это держится', link: 'открыть на этих словах', planned: 'только намечено', width: 'толщина: число событий',
    hint: 'Стрелка ведёт от гостя к принимающему. Выберите стрелку, чтобы прочесть слова, на которых она держится.' },
  kk: { guests: 'қонақтар', hosts: 'қабылдаушылар', names: 'Атаулар', events: 'іс-шара', held: 'оның ішінде өткені', days: 'күндері',
    unknown: 'белгісіз', stage: 'ең жоғары кезең', none: 'нәтижесі айтылмаған', documents: 'бір іс-шара туралы құжат',
    origins: 'тәуелсіз дереккөз', least: 'кемінде', by: 'хабарлаған', open: 'Қатысушылар тізімі ашық.',
    words: 'Қандай сөздерге сүйенеді', link: 'осы сөздерден ашу', planned: 'тек жоспарланған', width: 'қалыңдығы: іс-шара саны',
    hint: 'Көрсеткі қонақтан қабылдаушыға бағытталған. Сүйенген сөздерін оқу үшін көрсеткіні таңдаңыз.' },
};
const panel = document.getElementById('panel'), svg = document.querySelector('svg');
let language = 'en', chosen = null;
function element(tag, text) { const e = document.createElement(tag); if (text) e.textContent = text; return e; }
function name(names, other) { return (names && (names[language] || names.en)) || other; }
function pair(edge) { return name(data.nodes[edge.source], edge.source) + ' → ' + name(data.nodes[edge.target], edge.target); }
function stage(slug) { return slug ? name(data.concepts[slug], slug) : says[language].none; }
function open(number) {
  chosen = number;
  const t = says[language], edge = data.edges[number], list = element('dl'), words = element('ol');
  svg.classList.add('chosen');
  document.querySelectorAll('.arrow').forEach(a => a.classList.toggle('on', a.dataset.edge === String(number)));
  const days = [...new Set([edge.first, edge.last].filter(Boolean))].join(' – ');
  for (const [term, value] of [[t.events, edge.weight + ', ' + t.held + ' ' + edge.held], [t.days, days || t.unknown],
      [t.stage, stage(edge.best_stage_name)], [t.documents, edge.documents], [t.origins, t.least + ' ' + edge.origins],
      [t.by, edge.reported_by.map(s => name(data.concepts[s], s)).join(', ')]])
    list.append(element('dt', term), element('dd', String(value)));
  for (const said of edge.words) {
    const item = element('li'), quote = said.quote;
    item.append(element('div', /[«»]/.test(quote) ? '“' + quote + '”' : '«' + quote + '»'), element('small', said.source));
    item.append(element('small', said.claims.join(', ')));
    if (/^https?:/.test(said.link)) {
      const link = element('a', t.link);
      link.href = said.link; link.rel = 'noopener noreferrer'; link.target = '_blank';
      item.append(link);
    }
    words.append(item);
  }
  panel.replaceChildren(element('h2', pair(edge)), list);
  if (edge.open_list) panel.append(element('p', t.open));
  panel.append(element('h2', t.words), words);
}
function show() {
  const t = says[language];
  document.documentElement.lang = language;
  for (const g of document.querySelectorAll('.node'))
    g.querySelector('text').textContent = name(data.nodes[g.dataset.node], g.dataset.node);
  for (const e of document.querySelectorAll('[data-says]')) e.textContent = t[e.dataset.says];
  for (const a of document.querySelectorAll('.arrow')) {
    const edge = data.edges[a.dataset.edge];
    a.querySelector('title').textContent = pair(edge) + ': ' + stage(edge.best_stage_name);
  }
  const legend = document.getElementById('legend');
  legend.replaceChildren(...data.stages.map(s => {
    const item = element('span'), mark = element('i');
    mark.style.background = s.colour;
    item.append(mark, stage(s.slug));
    return item;
  }), element('span', '- - - ' + t.planned), element('span', t.width));
  if (chosen === null) panel.replaceChildren(element('p', t.hint)); else open(chosen);
}
document.querySelectorAll('.arrow').forEach(a => {
  a.addEventListener('click', () => open(Number(a.dataset.edge)));
  a.addEventListener('keydown', e => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); open(Number(a.dataset.edge)); } });
});
document.getElementById('language').addEventListener('change', e => { language = e.target.value; show(); });
const wanted = new URLSearchParams(location.hash.slice(1));
if (says[wanted.get('lang')]) { language = wanted.get('lang'); document.getElementById('language').value = language; }
if (data.edges[wanted.get('arrow')]) chosen = Number(wanted.get('arrow'));
show();
"""

_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<style>{style}</style></head><body>
<header><h1>{title}</h1><p>{note}</p>
<label><span data-says="names">Names</span><select id="language"><option value="en">English</option>
<option value="ru">Русский</option><option value="kk">Қазақша</option></select></label></header>
<main><figure><svg viewBox="0 0 {width} {height}" role="group" aria-label="{title}">
<text class="head" x="{left}" y="26" text-anchor="end" data-says="guests">guests</text>
<text class="head" x="{right}" y="26" data-says="hosts">hosts</text>
{shapes}
</svg><figcaption id="legend"></figcaption></figure><aside id="panel"></aside></main>
<script type="application/json" id="data">{content}</script>
<script>{script}</script>
</body></html>
"""
