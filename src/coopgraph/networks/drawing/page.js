// The page itself: controls, keys, and what happens when somebody chooses.
function choose({ tie = null, node = null }) {
  const ends = tie === null ? ['', ''] : [data.ties[tie].source, data.ties[tie].target].map(n => data.nodes[n].key);
  [state.source, state.target] = ends;
  state.node = node === null ? '' : data.nodes[node].key;
  render();
  panel.scrollTop = 0;
  const place = data.places.find(p => p.node === (node ?? (tie === null ? null : data.ties[tie].source)));
  if (place) centre(place);
}

function options(select, rows, chosen) {
  select.replaceChildren(...rows.map(([name, text]) => element('option', text, { value: name })));
  select.value = chosen;
}
function words() {
  document.documentElement.lang = state.lang;
  document.title = named(data.title, '');
  $('title').textContent = document.title;
  $('question').textContent = named(data.question, '');
  for (const e of document.querySelectorAll('[data-says]')) e.textContent = says(e.dataset.says);
  for (const e of document.querySelectorAll('[data-label]')) { e.setAttribute('aria-label', says(e.dataset.label)); if (e !== svg) e.title = says(e.dataset.label); }
  const cut = [];
  if (data.of.ties > data.ties.length) cut.push(says('strongest', { ties: number(data.ties.length), of: number(data.of.ties) }));
  if (data.ties.some(tie => tie.claims.length < tie.claims_of)) cut.push(says('evidence-cut', { n: number(data.of.claims) }));
  $('cut').textContent = cut.join(' ');
  $('cut').hidden = !cut.length;
  options($('weight'), data.weights.map(name => [name, column(name)]), state.weight);
  options($('stage'), [[0, says('any')], ...rungs.map(rung => [rung, says('further', { stage: stageName(rung) })])], state.stage);
  $('by').replaceChildren(...reporters.map(name => {
    const row = element('label');
    row.append(element('input', '', { type: 'checkbox', value: name }), element('span', concept('reported-by', name)));
    return row;
  }));
}
function controls() {
  document.querySelector(`#languages [value=${state.lang}]`).checked = true;
  for (const name of ['weight', 'stage', 'held']) $(name).value = state[name];
  for (const name of ['min', 'origins']) $(name).value = state[name] || '';
  if ($('search').value !== state.search) $('search').value = state.search;
  for (const box of $('by').querySelectorAll('input')) box.checked = state.by.split(',').includes(box.value);
  $('undated').checked = Boolean(state.undated);
  if (!years) return;
  for (const name of ['from', 'to']) {
    [$(name).min, $(name).max] = years;
    $(name).value = state[name];
    $(`${name}-year`).textContent = state[name];
  }
  [...$('bars').children].forEach((bar, n) => bar.classList.toggle('out', years[0] + n < state.from || years[0] + n > state.to));
}
function bars() {
  if (!years || years[1] - years[0] > 120) return;
  const events = Object.keys(data.events).length ? Object.values(data.events).map(e => span(e.first, e.last)) : data.ties.flatMap(tie => tie.spans);
  const counts = Array.from({ length: years[1] - years[0] + 1 }, (_, n) => events.filter(([a, b]) => a !== null && b !== null && a <= years[0] + n && b >= years[0] + n).length);
  const most = Math.max(...counts, 1);
  $('bars').replaceChildren(...counts.map((count, n) => {
    const bar = element('i', '', { title: `${years[0] + n}: ${count}` });
    bar.style.height = `${100 * count / most}%`;
    return bar;
  }));
}
let spoken = '';
function render() {
  if (spoken !== state.lang) { words(); spoken = state.lang; }
  controls();
  const left = paint();
  showPanel(left);
  showTable(left);
  showHits();
  showLegend();
  keep();
}

// Controls
const CONTROLS = { search: 'value', weight: 'value', min: 'number', stage: 'number', held: 'value', origins: 'number', from: 'number', to: 'number' };
for (const [name, sort] of Object.entries(CONTROLS)) {
  $(name).addEventListener('input', event => {
    state[name] = sort === 'number' ? Number(event.target.value) || 0 : event.target.value;
    // The two ends of the period push each other.
    if (name === 'from') state.to = Math.max(state.to, state.from);
    if (name === 'to') state.from = Math.min(state.from, state.to);
    render();
  });
}
$('undated').addEventListener('change', event => { state.undated = Number(event.target.checked); render(); });
$('by').addEventListener('change', () => {
  state.by = [...$('by').querySelectorAll('input:checked')].map(box => box.value).join(',');
  render();
});
$('languages').addEventListener('change', event => { state.lang = event.target.value; render(); });
$('reset').addEventListener('click', event => {
  event.preventDefault();
  Object.assign(state, START, { lang: state.lang });
  whole();
  render();
});
$('search').addEventListener('keydown', event => { if (event.key === 'Enter') $('hits').querySelector('button')?.click(); });
$('controls').addEventListener('submit', event => event.preventDefault());
$('table').addEventListener('toggle', () => render());
for (const [name, shown] of [['by-weight', data.weights.length], ['by-stage', HAS.best_stage && rungs.length], ['by-held', HAS.held],
  ['by-origins', HAS.origins_min], ['by-side', reporters.length > 1], ['by-year', years && years[0] < years[1]]]) $(name).hidden = !shown;

// Choosing in the drawing; moving it
function open(target) {
  const g = target.closest?.('[data-tie], [data-node]');
  if (!g) return false;
  choose(g.dataset.tie !== undefined ? { tie: Number(g.dataset.tie) } : { node: Number(g.dataset.node) });
  return true;
}
let grip = null, moved = false;
svg.addEventListener('pointerdown', event => { if (!data.columns && event.button === 0) grip = [event.clientX, event.clientY, view.x, view.y]; moved = false; });
addEventListener('pointermove', event => {
  if (!grip) return;
  const [dx, dy] = [event.clientX - grip[0], event.clientY - grip[1]];
  if (!moved && Math.hypot(dx, dy) < 4) return;
  moved = true;
  svg.classList.add('drag');
  [view.x, view.y] = [grip[2] - dx * view.k, grip[3] - dy * view.k];
  look();
});
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => { grip = null; svg.classList.remove('drag'); });
svg.addEventListener('click', event => { if (!moved && !open(event.target)) choose({}); });
svg.addEventListener('wheel', event => {
  // A wheel alone scrolls the page; with Ctrl, or two fingers, it is meant for the drawing.
  if (data.columns || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const box = svg.getBoundingClientRect();
  zoom(Math.exp(event.deltaY * .002), event.clientX - box.left, event.clientY - box.top);
}, { passive: false });
$('zoom-in').addEventListener('click', () => zoom(1 / 1.4));
$('zoom-out').addEventListener('click', () => zoom(1.4));
$('fit').addEventListener('click', () => whole());
addEventListener('resize', () => whole());

// Keys
function step(from, by) {
  const marks = [...ties, ...places].filter(g => !g.classList.contains('gone'));
  const at = marks.indexOf(from), next = marks[(at + by + marks.length) % marks.length];
  from.setAttribute('tabindex', -1);
  next.setAttribute('tabindex', 0);
  next.focus({ preventScroll: data.columns ? false : true });
  const tie = data.ties[next.dataset.tie];
  centre(data.places[tie ? tie.to : next.dataset.place]);
}
svg.addEventListener('keydown', event => {
  const mark = event.target.closest('[role=button]');
  if (!mark) return;
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (by) step(mark, by);
  else if (event.key === 'Enter' || event.key === ' ') { open(mark); panel.focus({ preventScroll: true }); }
  else return;
  event.preventDefault();
});
addEventListener('keydown', event => {
  const typing = event.target.matches?.('input:not([type=checkbox]):not([type=radio]), select, textarea');
  if (event.key === 'Escape') {
    const mark = svg.querySelector('.tie.on, .node.on');
    if (typing && state.search) { state.search = ''; render(); } else choose({});
    mark?.focus({ preventScroll: true });
  } else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  else if (event.key === '/') { event.preventDefault(); $('search').focus(); }
  else if (event.key === '+' || event.key === '=') zoom(1 / 1.4);
  else if (event.key === '-') zoom(1.4);
  else if (event.key === '0') whole();
});
addEventListener('hashchange', () => { read(); render(); });
addEventListener('beforeprint', () => whole());

read();
draw();
bars();
render();
document.documentElement.dataset.ready = 'yes';
