// The panel: what a tie or a node rests on, in the words of the sources.
const panel = $('panel');
const quoted = text => (/[«»]/.test(text) ? `“${text}”` : `«${text}»`);

function days(first, last) {
  if (first && last) return first === last ? first : `${first} – ${last}`;
  if (last) return says('until', { day: last });
  return first ? says('since', { day: first }) : says('days-unknown');
}
function dated(text) {
  const [, a, b] = /^\[(.*)\.\.(.*)\]$/.exec(text) || [];
  return a && b ? says('between', { a, b }) : a || b ? days(a, b) : text;
}
function list(rows) {
  const made = element('dl');
  for (const [term, value] of rows) made.append(element('dt', term), element('dd', value));
  return made;
}
function value(name, found) {
  if (name === 'best_stage_name') return concept('stage', found);
  if (name === 'reported_by') return concept('reported-by', found);
  if (typeof found === 'boolean') return says(found ? 'yes' : 'no');
  return Array.isArray(found) ? found.join(', ') : number(found);
}
function go(text, change, attributes = {}) {
  const button = element('button', text, { type: 'button', class: 'plain', ...attributes });
  button.addEventListener('click', () => change());
  return button;
}

function claims(references) {
  // Claims on the same words stand together; the words are told once.
  const groups = new Map();
  for (const reference of references) {
    const claim = data.claims[reference];
    if (!claim) continue;
    const key = JSON.stringify([claim.document, claim.quote, claim.link]);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push([reference, claim]);
  }
  const made = element('ul');
  for (const group of groups.values()) {
    const [, first] = group[0], item = element('li'), source = data.documents[first.document];
    if (first.quote) item.append(element('blockquote', quoted(first.quote), source ? { lang: source.language } : {}));
    const told = element('ul');
    for (const [reference, claim] of group) {
      const own = claim.told[state.lang] || claim.told.en, line = element('li', '', { class: 'says' });
      line.append(element('span', concept('called', claim.kind), { class: claim.stage ? 'stage' : '' }));
      if (claim.stage) line.append(element('span', `: ${concept('stage', claim.stage)}`, { class: 'stage' }));
      for (const [property, text] of own.says) {
        if (text === 'true') line.append(' · ', concept('called', property));
        else if (property !== 'stage') line.append(' · ', element('b', `${concept('called', property)}: `), text);
      }
      const notes = [own.speaker, own.weak, claim.superseded && says('superseded', { day: claim.superseded })].filter(Boolean);
      if (notes.length) line.append(' · ', element('i', notes.join('; ')));
      line.append(' ', element('code', reference));
      told.append(line);
    }
    item.append(told);
    if (/^https?:\/\//i.test(first.link)) {
      const link = element('a', says('link'), { href: first.link, rel: 'noopener noreferrer', target: '_blank', 'data-address': first.link.split('#')[0] });
      item.append(link);
    }
    made.append(item);
  }
  return made;
}
function documents(references) {
  const made = document.createDocumentFragment(), by = new Map();
  for (const reference of references) {
    const name = data.claims[reference]?.document ?? '';
    by.set(name, [...(by.get(name) || []), reference]);
  }
  for (const [slug, own] of by) {
    // As they stand in the text.
    own.sort((a, b) => (data.claims[a]?.start ?? 0) - (data.claims[b]?.start ?? 0));
    const source = data.documents[slug], line = element('p', '', { class: 'doc' });
    if (source) {
      const origin = named(source.origin, '');
      line.append(element('b', source.title), ...[dated(source.dated), named(source.publisher, ''), source.language].filter(Boolean).map(text => ` · ${text}`),
        ' · ', origin ? says('origin', { name: origin }) : '', source.known ? '' : `${origin ? '; ' : ''}${says('origin-unknown')}`);
      made.append(line);
    }
    made.append(claims(own));
  }
  return made;
}
function evidence(tie) {
  const made = element('div'), left = new Set(tie.claims);
  const told = slug => tie.claims.filter(reference => data.claims[reference]?.event === slug);
  if (!data.evidence) return made;
  made.append(element('h3', says('events')));
  for (const slug of tie.events) {
    const event = data.events[slug] || {}, own = told(slug);
    const block = element('section', '', { class: `event${years && !mayLie(span(event.first, event.last)) ? ' out' : ''}`, 'data-event': slug });
    own.forEach(reference => left.delete(reference));
    block.append(element('h4', named(event.name, slug)), element('p', [days(event.first, event.last), event.held && concept('held', event.held)].filter(Boolean).join(' · '), { class: 'doc' }), documents(own));
    made.append(block);
  }
  if (!tie.events.length) {
    made.append(element('p', says('events-none'), { class: 'soft' }));
    for (const bounds of tie.alone) made.append(element('p', days(...bounds), { class: 'doc' }));
  }
  if (left.size) {
    if (tie.events.length) made.append(element('h4', says('alone')));
    const known = [...left].filter(reference => data.claims[reference]);
    made.append(documents(known));
    const rest = [...left].filter(reference => !data.claims[reference]);
    if (rest.length) made.append(element('h4', says('claims-only')), element('p', rest.join(', '), { class: 'doc' }));
  }
  if (tie.claims.length < tie.claims_of) made.append(element('p', says('claims-cut', { n: number(tie.claims.length), of: number(tie.claims_of) }), { class: 'note' }));
  return made;
}
const TOLD = new Set(['events', 'held', 'first', 'last', 'best_stage', 'best_stage_name', 'documents', 'origins_min', 'origins_max', 'reported_by', 'open_list']);
function tieRows(tie) {
  const is = tie.is, rows = [];
  if (is.events !== undefined) rows.push([column('events'), `${number(is.events)}; ${says('held-of')}: ${number(is.held ?? 0)}`]);
  if (HAS.first) rows.push([says('days'), days(is.first, is.last)]);
  if (HAS.best_stage) rows.push([column('best_stage_name'), stage(tie)]);
  if (is.documents !== undefined) rows.push([says('documents'), number(is.documents)]);
  if (is.origins_min !== undefined) rows.push([says('origins-row'), is.origins_min === is.origins_max ? number(is.origins_min) : says('range', { a: number(is.origins_min), b: number(is.origins_max) })]);
  if (is.reported_by) rows.push([column('reported_by'), concept('reported-by', is.reported_by)]);
  for (const [name, found] of Object.entries(is)) if (!TOLD.has(name) && found !== '' && (name !== 'weight' || data.weights.includes(name))) rows.push([column(name), value(name, found)]);
  return rows;
}
function showTie(tie) {
  const parts = [element('h2', pair(tie)), list(tieRows(tie))];
  if (tie.is.open_list) parts.push(element('p', says('open-list'), { class: 'note' }));
  parts.push(evidence(tie));
  if (tie.figures.length) {
    parts.push(element('h3', says('figures')), ...tie.figures.map(figure => element('p', figure, { class: 'doc', lang: 'en' })));
  }
  return parts;
}
function showNode(n, left) {
  const node = data.nodes[n], rows = [];
  if (node.is.level) rows.push([says('level'), level(node.is.level)]);
  if (node.is.state) rows.push([says('state'), node.state ? named(node.state, node.is.state) : node.is.state]);
  for (const [name, found] of Object.entries(node.is)) {
    if (!['level', 'state', 'slug', 'contested', 'bipartite'].includes(name) && found !== '') rows.push([column(name), value(name, found)]);
  }
  const other = Object.entries(node.names).filter(([l, name]) => l !== state.lang && name !== called(node)).map(([, name]) => name);
  const parts = [element('h2', called(node)), element('p', [...new Set(other)].join(' · '), { class: 'doc' }), list(rows)];
  if (node.is.contested) parts.push(element('p', says('contested'), { class: 'note' }));
  const own = data.ties.flatMap((tie, at) => (left[at] && (tie.source === n || tie.target === n) ? [at] : []));
  const made = element('ul');
  own.sort((a, b) => (data.ties[b].is[state.weight] ?? 0) - (data.ties[a].is[state.weight] ?? 0) || a - b);
  for (const at of own) {
    const item = element('li');
    item.append(go(pair(data.ties[at]), () => choose({ tie: at })));
    made.append(item);
  }
  parts.push(element('h3', says('ties')), own.length ? made : element('p', says('ties-none'), { class: 'soft' }));
  return parts;
}
function showPanel(left) {
  const tie = chosenTie(), node = chosenNode();
  if (tie === null && node === null) { panel.replaceChildren(element('p', says('hint'))); return; }
  const close = element('button', '×', { type: 'button', class: 'close', 'aria-label': says('close') });
  close.addEventListener('click', () => choose({}));
  panel.replaceChildren(close, ...(tie !== null ? showTie(data.ties[tie]) : showNode(node, left)));
}

// The same ties as a table, for those who read rather than look.
const ROWS = 200;
function showTable(left) {
  if (!$('table').open) { $('rows').replaceChildren(); return; }
  const names = [...new Set([state.weight, 'events', 'held', 'best_stage_name', 'documents', 'origins_min', 'first', 'last', 'reported_by'])].filter(name => name && has(name));
  const table = element('table'), head = table.createTHead().insertRow(), body = table.createTBody();
  for (const name of [says('tie'), ...names.map(column)]) head.append(element('th', name, { scope: 'col' }));
  const at = data.ties.map((_, n) => n).filter(n => left[n]);
  at.sort((a, b) => (data.ties[b].is[state.weight] ?? 0) - (data.ties[a].is[state.weight] ?? 0) || a - b);
  for (const n of at.slice(0, ROWS)) {
    const row = body.insertRow();
    row.insertCell().append(go(pair(data.ties[n]), () => choose({ tie: n })));
    for (const name of names) {
      const found = data.ties[n].is[name], cell = row.insertCell();
      cell.textContent = found === undefined || found === '' ? '' : value(name, found);
      if (typeof found === 'number') cell.className = 'number';
    }
  }
  $('rows').replaceChildren(table, at.length > ROWS ? element('p', says('more', { n: ROWS, of: number(at.length) }), { class: 'soft' }) : '');
}
function showHits() {
  const found = hits();
  $('hits').hidden = !found;
  if (!found) return;
  const best = [...found].sort((a, b) => degree[b] - degree[a] || a - b);
  const rows = [element('li', says('found', { n: number(best.length) }), { class: 'soft' })];
  for (const n of best.slice(0, 50)) {
    const item = element('li'), node = data.nodes[n];
    const other = Object.values(node.names).find(name => name !== called(node) && folded(name).includes(folded(state.search)));
    const button = go(called(node), () => choose({ node: n }));
    if (other && !folded(called(node)).includes(folded(state.search))) button.append(element('small', other));
    item.append(button);
    rows.push(item);
  }
  $('hits').replaceChildren(...rows);
}
function showLegend() {
  const parts = [];
  const stages = HAS.best_stage ? [...new Set(data.ties.map(tie => tie.is.best_stage ?? 0))].sort((a, b) => a - b) : [];
  for (const rung of stages) {
    const item = element('span');
    item.append(element('i', '', { class: `s${Math.min(rung, 9)}` }), rung ? stageName(rung) : says('no-stage'));
    parts.push(item);
  }
  if (data.ties.some(tie => tie.is.held === 0)) parts.push(element('span', `- - - ${says('dashed')}`));
  if (state.weight) parts.push(element('span', says('width', { weight: column(state.weight) })));
  if (levels.length > 1) {
    for (const name of levels) {
      const item = element('span'), icon = shape('svg', { viewBox: '-8 -8 16 16' }), k = Math.min(levels.indexOf(name), MARKS.length - 1);
      const mark = shape('g', { class: `node l${k}` });
      mark.append(shape('path', { d: MARKS[k](5.5) }));
      icon.append(mark);
      item.append(icon, name ? level(name) : '–');
      parts.push(item);
    }
  }
  if (!data.columns) parts.push(element('span', says('size')));
  $('legend').replaceChildren(...parts);
}
