'use strict';
// What the page holds, what is chosen in it, and the address that keeps the choice.
const data = JSON.parse(document.getElementById('data').textContent);
const $ = id => document.getElementById(id);
const LANGUAGES = ['en', 'ru', 'kk'];

const state = { lang: 'en' };
function says(key, values = {}) {
  const text = data.says[state.lang][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
function named(names, other) {
  return (names && (names[state.lang] || names.en || Object.values(names)[0])) || other;
}
const concept = (scheme, slug) => named(data.concepts[scheme]?.[slug], slug);
const number = value => typeof value === 'number' ? value.toLocaleString([state.lang, 'ru'], { maximumFractionDigits: 3 }) : String(value);
const column = name => (`col-${name}` in data.says.en ? says(`col-${name}`) : name);
const level = slug => data.concepts.level?.[slug] ? concept('level', slug) : `level-${slug}` in data.says.en ? says(`level-${slug}`) : slug;
const called = node => named(node.names, node.id);
const arrow = () => (data.directed ? ' → ' : ' — ');
const pair = tie => called(data.nodes[tie.source]) + arrow() + called(data.nodes[tie.target]);
const stage = tie => tie.is.best_stage_name ? concept('stage', tie.is.best_stage_name) : says('no-stage');

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
function folded(text) { return text.toLocaleLowerCase('ru').replaceAll('ё', 'е').trim(); }

// Times: every tie has spans of years, null where a bound is not known.
const year = day => (/^-?\d{4,}/.test(day || '') ? parseInt(day, 10) : null);
const span = (first, last) => [year(first), year(last)];
for (const tie of data.ties) {
  const events = tie.events.map(slug => data.events[slug]).filter(Boolean);
  tie.spans = [...events.map(e => span(e.first, e.last)), ...tie.alone.map(d => span(...d))];
  if (!tie.spans.length) tie.spans = [span(tie.is.first, tie.is.last)];
}
const known = data.ties.flatMap(tie => tie.spans).flat().filter(y => y !== null);
const years = known.length ? [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))] : null;
const has = name => data.ties.some(tie => tie.is[name] !== undefined);
const HAS = Object.fromEntries(['best_stage', 'held', 'origins_min', 'reported_by', 'documents', 'open_list', 'first'].map(name => [name, has(name)]));
const reporters = [...new Set(data.ties.map(tie => tie.is.reported_by).filter(Boolean))].sort();
const rungs = [...new Set(data.ties.map(tie => tie.is.best_stage ?? 0))].filter(r => r > 0).sort((a, b) => a - b);
const stageName = rung => data.concepts.stages?.[rung] ? concept('stage', data.concepts.stages[rung]) : String(rung);
const keys = new Map(data.nodes.map((node, n) => [node.key, n]));

const START = {
  lang: LANGUAGES.find(l => (navigator.language || '').startsWith(l)) || 'en', search: '', weight: data.weights[0] || '', min: 0,
  stage: 0, held: 'any', origins: 0, by: reporters.join(','), from: years ? years[0] : 0, to: years ? years[1] : 0,
  undated: 1, node: '', source: '', target: '',
};
Object.assign(state, START);

function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const [name, usual] of Object.entries(START)) {
    const text = given.get(name);
    const value = typeof usual === 'number' ? Number(text) : text;
    state[name] = text === null || Number.isNaN(value) ? usual : value;
  }
  if (!LANGUAGES.includes(state.lang)) state.lang = START.lang;
  if (!data.weights.includes(state.weight)) state.weight = START.weight;
  if (!['any', 'some', 'none'].includes(state.held)) state.held = 'any';
}
function keep() {
  const kept = new URLSearchParams();
  for (const [name, usual] of Object.entries(START)) {
    // The language is always named: who is given the address may have another one.
    if (name === 'lang' || state[name] !== usual) kept.set(name, state[name]);
  }
  try { history.replaceState(null, '', `#${kept}`); } catch { location.hash = kept; }
}

const chosenNode = () => keys.get(state.node) ?? null;
function chosenTie() {
  const ends = [keys.get(state.source), keys.get(state.target)];
  const at = data.ties.findIndex(tie => tie.source === ends[0] && tie.target === ends[1]);
  return at < 0 ? null : at;
}

// Filters
const mayLie = ([first, last]) =>
  first === null && last === null ? Boolean(state.undated) : (first ?? -Infinity) <= state.to && (last ?? Infinity) >= state.from;
const passes = tie =>
  (!state.weight || !state.min || (tie.is[state.weight] ?? 0) >= state.min) &&
  (tie.is.best_stage ?? 0) >= state.stage &&
  (state.held === 'any' || (state.held === 'some') === ((tie.is.held ?? 0) > 0)) &&
  (!state.origins || (tie.is.origins_min ?? 0) >= state.origins) &&
  (state.by === START.by || state.by.split(',').includes(tie.is.reported_by)) &&
  (!years || tie.spans.some(mayLie));
function hits() {
  const wanted = folded(state.search);
  if (!wanted) return null;
  return new Set(data.nodes.flatMap((node, n) =>
    [...Object.values(node.names), node.key, node.id].some(name => folded(name).includes(wanted)) ? [n] : []));
}

// What narrows the view, in words, so that a picture of it says so.
function inEffect() {
  const told = [];
  if (state.search) told.push(`${says('search')}: ${state.search}`);
  if (state.weight && state.min) told.push(`${column(state.weight)}: ${says('least')} ${number(state.min)}`);
  if (state.stage) told.push(`${says('best')}: ${says('further', { stage: stageName(state.stage) })}`);
  if (state.held !== 'any') told.push(`${says('held')}: ${says(`held-${state.held}`)}`);
  if (state.origins) told.push(`${says('origins')} ${number(state.origins)}`);
  if (state.by !== START.by) told.push(`${says('by')}: ${state.by.split(',').filter(Boolean).map(side => concept('reported-by', side)).join(', ') || '–'}`);
  if (years && (state.from !== years[0] || state.to !== years[1])) told.push(`${says('years')}: ${state.from}–${state.to}`);
  if (!state.undated) told.push(`${says('undated')}: ${says('no')}`);
  return told;
}
