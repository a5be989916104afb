// The drawing: ties and nodes in SVG, labels where they have room, a view that can be moved.
const SVG = 'http://www.w3.org/2000/svg';
const svg = $('drawing');
function shape(tag, attributes = {}, text = '') {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}
const levels = [...new Set(data.nodes.map(node => node.is.level || ''))].sort();
const MARKS = [
  r => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  r => `M${-r * .9} ${-r * .9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}z`,
  r => `M0 ${-r * 1.25}L${r * 1.25} 0 0 ${r * 1.25} ${-r * 1.25} 0z`,
  r => `M0 ${-r * 1.2}L${r * 1.15} ${r * .85}H${-r * 1.15}z`,
  r => `M0 ${r * 1.2}L${r * 1.15} ${-r * .85}H${-r * 1.15}z`,
  r => `M${-r * .6} ${-r}h${r * 1.2}l${r * .6} ${r} ${-r * .6} ${r}h${-r * 1.2}l${-r * .6} ${-r}z`,
];
const kind = node => Math.min(levels.indexOf(node.is.level || ''), MARKS.length - 1);
const degree = data.nodes.map(() => 0);
for (const tie of data.ties) { degree[tie.source] += 1; degree[tie.target] += 1; }
const crowd = data.nodes.length > 400 ? .6 : data.nodes.length > 150 ? .8 : 1;
const radius = n => (data.columns ? 6 : Math.min(4.5 + 1.6 * Math.sqrt(degree[n]), 15) * crowd);

const view = { x: 0, y: 0, k: 1 };
let ties = [], places = [], names = [];

function geometry(tie) {
  const [a, b] = [data.places[tie.from], data.places[tie.to]];
  if (data.columns) {
    const [x1, x2] = [a.x + 10, b.x - 12], bend = (x2 - x1) * .45;
    return { path: `M${x1} ${a.y}C${x1 + bend} ${a.y} ${x2 - bend} ${b.y} ${x2} ${b.y}`, end: [x2, b.y], angle: 0, back: -7 };
  }
  if (tie.from === tie.to) return { path: `M${a.x} ${a.y}c-40 -46 40 -46 0 0`, end: [a.x, a.y], angle: 54, back: radius(tie.target) };
  const [dx, dy] = [b.x - a.x, b.y - a.y], aside = .16 * tie.bend;
  const [mx, my] = [(a.x + b.x) / 2 - dy * aside, (a.y + b.y) / 2 + dx * aside];
  const angle = Math.atan2(b.y - my, b.x - mx) * 180 / Math.PI;
  return { path: `M${a.x} ${a.y}${tie.bend ? `Q${mx} ${my} ${b.x} ${b.y}` : `L${b.x} ${b.y}`}`, end: [b.x, b.y], angle, back: radius(tie.target) };
}

function draw() {
  const among = new Map();
  for (const tie of data.ties) {
    const key = `${Math.min(tie.source, tie.target)} ${Math.max(tie.source, tie.target)}`;
    tie.bend = among.get(key) || 0;
    among.set(key, tie.bend + 1);
  }
  for (const tie of data.ties) {
    // Of two ties between the same ends, each bends to its own left.
    const several = among.get(`${Math.min(tie.source, tie.target)} ${Math.max(tie.source, tie.target)}`) > 1;
    tie.bend = several ? (tie.bend + 1) * (data.directed || tie.bend % 2 ? 1 : -1) : 0;
  }
  const groups = ['ties', 'nodes', 'names'].map(name => svg.appendChild(shape('g', { class: name })));
  ties = data.ties.map((tie, n) => {
    const { path, end, angle, back } = geometry(tie);
    const g = shape('g', { class: 'tie', 'data-tie': n, tabindex: -1, role: 'button' });
    g.append(shape('title'), shape('path', { class: 'hit', d: path }), shape('path', { class: 'line', d: path }));
    if (data.directed) {
      const tip = shape('path', { class: 'tip', 'data-back': back });
      tip.style.transform = `translate(${end[0]}px,${end[1]}px) rotate(${angle}deg) scale(var(--k))`;
      g.append(tip);
    }
    return groups[0].appendChild(g);
  });
  places = data.places.map((place, p) => {
    const node = data.nodes[place.node];
    const g = shape('g', { class: `node l${kind(node)}`, 'data-node': place.node, 'data-place': p, tabindex: -1, role: 'button' });
    g.style.transform = `translate(${place.x}px,${place.y}px) scale(var(--k))`;
    g.append(shape('title'), shape('path', { d: MARKS[kind(node)](radius(place.node)) }));
    return groups[1].appendChild(g);
  });
  // Names stand above all nodes.
  names = data.places.map(place => {
    const text = shape('text');
    text.style.transform = `translate(${place.x}px,${place.y}px) scale(var(--k))`;
    return groups[2].appendChild(text);
  });
  for (const [type, on] of [['pointerover', true], ['pointerout', false], ['focusin', true], ['focusout', false]]) {
    groups[1].addEventListener(type, event => {
      const g = event.target.closest('.node');
      if (g) names[g.dataset.place].classList.toggle('over', on);
    });
  }
  svg.classList.add(data.columns ? 'columns' : 'plane');
  $('zoom').hidden = $('keys-zoom').hidden = data.columns;
  if (data.columns && data.heads.length) {
    const [left, right] = data.places.reduce(([l, r], p) => [Math.min(l, p.x), Math.max(r, p.x)], [Infinity, -Infinity]);
    svg.append(shape('text', { class: 'head', x: left, y: 26, 'text-anchor': 'end', 'data-says': data.heads[0] }),
      shape('text', { class: 'head', x: right, y: 26, 'data-says': data.heads[1] }));
  }
  whole();
}

// The view: k units of the drawing are one pixel.
function size() { return [svg.clientWidth || 900, svg.clientHeight || 600]; }
function whole() {
  // Labels at the rim need room beside the drawing.
  const wide = svg.clientWidth || 900, room = data.nodes.length < 300 ? Math.min(110, wide / 8) : 30;
  if (!data.columns) svg.style.height = `${Math.round(Math.min(Math.max(360, (wide - 2 * room) * data.height / data.width + 40), Math.max(innerHeight * .74, 360)))}px`;
  const [w, h] = size();
  view.k = data.columns ? 1 : Math.max(data.width / (w - 2 * room), data.height / (h - 40), .35);
  [view.x, view.y] = data.columns ? [0, 0] : [(data.width - w * view.k) / 2, (data.height - h * view.k) / 2];
  look();
}
function zoom(by, px, py) {
  if (data.columns) return;
  const [w, h] = size(), [x, y] = [px ?? w / 2, py ?? h / 2], before = view.k;
  view.k = Math.min(Math.max(view.k * by, .2), Math.max(data.width, data.height) / 100);
  view.x += x * (before - view.k);
  view.y += y * (before - view.k);
  look();
}
function look() {
  const [w, h] = data.columns ? [data.width, data.height] : size().map(length => length * view.k);
  svg.setAttribute('viewBox', `${view.x} ${view.y} ${w} ${h}`);
  svg.style.setProperty('--k', view.k);
  label();
}
function centre(place) {
  const [w, h] = size(), [x, y] = [(place.x - view.x) / view.k, (place.y - view.y) / view.k];
  if (data.columns || (x > 40 && x < w - 40 && y > 30 && y < h - 30)) return;
  view.x = place.x - w * view.k / 2;
  view.y = place.y - h * view.k / 2;
  look();
}

// Labels
function broken(text, length, most) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.length - 1, joined = lines[last] ? `${lines[last]} ${word}` : word;
    if (joined.length <= length || !lines[last]) lines[last] = joined; else lines.push(word);
  }
  const kept = lines.slice(0, most).map(line => (line.length > length + 6 ? `${line.slice(0, length + 5)}…` : line));
  if (lines.length > most) kept[most - 1] += '…';
  return kept;
}
function label() { if (data.columns) labelColumns(); else labelPlane(); }
function labelColumns() {
  places.forEach((_, p) => {
    const lines = broken(called(data.nodes[data.places[p].node]), 36, 2), left = data.places[p].label < 0;
    names[p].replaceChildren(...lines.map((line, n) =>
      shape('tspan', { x: left ? -12 : 12, y: lines.length > 1 ? -4 + 18 * n : 5, 'text-anchor': left ? 'end' : 'start' }, line)));
  });
}
function labelPlane() {
  const [w, h] = size(), marks = [], labels = [];
  const apart = (box, others) => others.every(o => box[2] <= o[0] || box[0] >= o[2] || box[3] <= o[1] || box[1] >= o[3]);
  const inside = box => box[0] > 2 && box[2] < w - 2 && box[1] > 2 && box[3] < h - 2;
  const is = (p, name) => places[p].classList.contains(name);
  const rank = p => (is(p, 'on') ? 1e6 : 0) + (is(p, 'hit-name') ? 1e5 : 0) - (is(p, 'faint') ? 1e4 : 0) + degree[data.places[p].node];
  const seen = places.map((_, p) => p).filter(p => {
    const { x, y, node } = data.places[p], at = [(x - view.x) / view.k, (y - view.y) / view.k, radius(node)];
    const [px, py, r] = data.places[p].at = at;
    const shown = !is(p, 'gone') && px > -20 && px < w + 20 && py > -20 && py < h + 20;
    if (shown) marks.push([px - r, py - r, px + r, py + r]);
    return shown;
  });
  seen.sort((p, q) => rank(q) - rank(p) || p - q);
  seen.forEach((p, order) => {
    const [x, y, r] = data.places[p].at, text = broken(called(data.nodes[data.places[p].node]), 26, 1)[0], long = text.length * 7.4;
    const ways = [['start', r + 4, 4.5, [x + r + 2, y - 8, x + r + 4 + long, y + 8]], ['end', -r - 4, 4.5, [x - r - 4 - long, y - 8, x - r - 2, y + 8]],
      ['middle', 0, r + 14, [x - long / 2, y + r + 2, x + long / 2, y + r + 17]], ['middle', 0, -r - 6, [x - long / 2, y - r - 18, x + long / 2, y - r - 2]]];
    const fits = way => inside(way[3]) && apart(way[3], labels);
    // The best tied may cover other nodes, so that the middle of a crowd has names too.
    const way = labels.length > 250 ? null : ways.find(one => fits(one) && apart(one[3], marks)) || (order < 12 || is(p, 'hit-name') ? ways.find(fits) : null);
    const [anchor, dx, dy, box] = way || ways[x > w / 2 ? 1 : 0], mark = names[p];
    if (way) labels.push(box);
    mark.textContent = text;
    for (const [name, value] of [['text-anchor', anchor], ['x', dx], ['y', dy]]) mark.setAttribute(name, value);
    mark.classList.toggle('off', !way);
  });
}

// What is shown: those that pass, faint where something else is chosen or searched.
function paint() {
  const left = data.ties.map(passes), found = hits(), node = chosenNode(), tie = chosenTie();
  const used = new Set(data.ties.flatMap((t, n) => (left[n] ? [t.source, t.target] : [])));
  const alone = n => degree[n] === 0;
  const near = new Set(node === null ? [] : [node, ...data.ties.flatMap((t, n) => left[n] && (t.source === node || t.target === node) ? [t.source, t.target] : [])]);
  if (tie !== null) { near.add(data.ties[tie].source); near.add(data.ties[tie].target); }
  const weights = data.ties.map(t => t.is[state.weight] ?? 0), seen = weights.filter((_, n) => left[n]);
  const heaviest = seen.reduce((a, b) => Math.max(a, b), -Infinity), lightest = seen.reduce((a, b) => Math.min(a, b), Infinity);
  const thin = 1.2 + 3 * Math.max(lightest / heaviest || 0, 0);
  data.ties.forEach((t, n) => {
    const g = ties[n];
    const off = (tie !== null && tie !== n) || (node !== null && t.source !== node && t.target !== node) || (found && !found.has(t.source) && !found.has(t.target));
    g.setAttribute('class', `tie s${Math.min(t.is.best_stage ?? (HAS.best_stage ? 0 : 5), 9)}${t.is.held === 0 ? ' none' : ''}${left[n] ? '' : ' gone'}${off ? ' faint' : ''}${tie === n ? ' on' : ''}`);
    const wide = state.weight && left[n] && heaviest > lightest ? thin + (6 - thin) * Math.sqrt((weights[n] - lightest) / (heaviest - lightest)) : 2.5;
    g.children[2].setAttribute('stroke-width', wide.toFixed(2));
    if (data.directed) g.children[3].setAttribute('d', `M${-g.children[3].dataset.back} 0l${-9 - wide} ${-3.5 - wide * .7}v${7 + wide * 1.4}z`);
    const text = `${pair(t)}${state.weight ? `; ${column(state.weight)}: ${number(t.is[state.weight] ?? 0)}` : ''}${HAS.best_stage ? `; ${stage(t)}` : ''}`;
    g.firstChild.textContent = text;
    g.setAttribute('aria-label', text);
  });
  places.forEach((g, p) => {
    const n = data.places[p].node, mark = g.classList;
    mark.toggle('gone', !used.has(n) && !alone(n));
    mark.toggle('faint', (near.size > 0 && !near.has(n)) || Boolean(found && near.size === 0 && !found.has(n)));
    mark.toggle('hit-name', Boolean(found && found.has(n)));
    mark.toggle('on', n === node);
    names[p].setAttribute('class', ['gone', 'faint', 'hit-name', 'on'].filter(name => mark.contains(name)).join(' '));
    g.firstChild.textContent = called(data.nodes[n]);
    g.setAttribute('aria-label', called(data.nodes[n]));
  });
  const first = ties.find(g => !g.classList.contains('gone'));
  for (const g of [...ties, ...places]) g.setAttribute('tabindex', g === first ? 0 : -1);
  const nodes = data.nodes.filter((_, n) => used.has(n) || alone(n)).length;
  $('status').textContent = says('shown', { ties: number(left.filter(Boolean).length), of: number(data.of.ties), nodes: number(nodes), all: number(data.of.nodes) });
  $('effect').textContent = inEffect().join('; ');
  label();
  return left;
}
