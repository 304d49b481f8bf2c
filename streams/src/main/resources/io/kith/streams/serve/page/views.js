/** What stands beside the stream: a node, or a pair of nodes with its joint neighbourhood. */
import * as api from './api.js';
import { anchor, count, el, meter, moment, nodeLink, pairLink, place, span } from './format.js';
import * as joint from './joint.js';
import { predictionRow } from './panels.js';

const SIMILAR = 8;

export function welcome(view) {
  view.replaceChildren(
    el('div', { class: 'head' }, el('h2', { id: 'view-title' }, 'Joint neighbourhood')),
    el('p', { class: 'empty' }, 'What the model saw of a prediction is drawn here as soon as one comes with an explanation. Or choose “Why?” beside any, or find a node by its id.'),
  );
}

export function loading(view, title) {
  view.replaceChildren(
    el('div', { class: 'head' }, el('h2', { id: 'view-title' }, title)),
    el('div', { class: 'skeleton', 'aria-label': 'Loading' }),
  );
}

export function problem(view, title, fault) {
  view.replaceChildren(
    el('div', { class: 'head' }, el('h2', { id: 'view-title' }, title)),
    el('p', { class: 'empty' }, fault.status === 404 ? 'No such node is known: nothing of it has come, or it was forgotten.' : `${fault.title}. ${fault.message}`),
  );
}

/** Embedding, N-cache, similar nodes, predictions. */
export async function showNode(view, id, isCurrent) {
  const [node, similar, predictions, next] = await Promise.all([
    api.node(id),
    api.similar(id, SIMILAR),
    api.predictions(id),
    api.nextPartners(id),
  ]);
  const names = await api.names(node.neighbours.map((n) => n.key));
  if (!isCurrent()) return;
  const pairForm = el(
    'form',
    { class: 'pair' },
    el('label', { for: 'other' }, 'Draw with'),
    el('input', { id: 'other', type: 'search', placeholder: 'another id', autocomplete: 'off', spellcheck: 'false' }),
    el('button', { type: 'submit' }, 'Draw'),
  );
  pairForm.addEventListener('submit', (event) => {
    event.preventDefault();
    const other = pairForm.querySelector('input').value.trim();
    if (other !== '') location.hash = pairLink(id, other);
  });
  view.replaceChildren(
    el('div', { class: 'head' }, el('h2', { id: 'view-title' }, `Node ${id}`), el('p', { class: 'aside' }, `${count(node.interactions)} interactions, the last ${moment(node.timestamp)}`)),
    pairForm,
    ...(next === null ? [] : nextPartners(id, next)),
    el('h3', {}, 'N-cache: newest partners'),
    neighbourList(id, node, names),
    el('h3', {}, 'Most similar nodes'),
    similar.similar.length === 0
      ? el('p', { class: 'empty' }, 'There is no other node yet.')
      : el('ul', { class: 'chips', id: 'similar' }, similar.similar.map((s) =>
          el('li', {}, anchor(nodeLink(s.node), s.node), el('span', {}, s.similarity.toFixed(3)), anchor(pairLink(id, s.node), 'Draw', { 'aria-label': `Draw ${id} and ${s.node}` })))),
    el('h3', {}, 'Its newest predictions'),
    predictions.predictions.length === 0
      ? el('p', { class: 'empty' }, 'It has not acted yet.')
      : el('ol', { class: 'rows', id: 'predictions' }, predictions.predictions.slice(0, 8).map(predictionRow)),
  );
}

const NEXT = 5;

/** The most likely next partners, and why. */
function nextPartners(id, list) {
  return [
    el('h3', {}, `Who is next, as of ${moment(list.timestamp)}`),
    list.recommendations.length === 0
      ? el('p', { class: 'empty' }, 'No candidate has been a target yet.')
      : el('ol', { class: 'next', id: 'next' }, list.recommendations.slice(0, NEXT).map((item) =>
          el('li', {},
            anchor(nodeLink(item.target), item.target, { class: 'name' }),
            meter(item.score),
            el('p', { class: 'reason' }, ...reason(item, list.timestamp)),
            anchor(pairLink(id, item.target), 'Draw', { class: 'why', 'aria-label': `Draw ${id} and ${item.target}` })))),
  ];
}

const BETWEEN = 3;

/** In words: whether they met, and who stands between. */
function reason({ origin, reason: why }, now) {
  const met = why.meetings > 0
    ? `Met ${why.meetings}×, last ${span(Math.max(0, now - why.lastMet))} before`
    : origin === 'popular' ? 'Not met; much in demand these hours' : 'Not met';
  const between = why.shared.reduce((sum, group) => sum + group.nodes, 0);
  if (between === 0) return [`${met}.`];
  const known = why.strongest.filter((each) => each.node !== null).slice(0, BETWEEN);
  return [
    `${met}; ${between} ${between === 1 ? 'node' : 'nodes'} around both`,
    ...known.flatMap((each, i) => [i === 0 ? ': ' : ', ', anchor(nodeLink(each.node), each.node)]),
    between > known.length && known.length > 0 ? ' and others.' : '.',
  ];
}

function neighbourList(id, node, names) {
  if (node.neighbours.length === 0) {
    return el('p', { class: 'empty' }, 'None is told: the job’s setting embedding-neighbours says how many are.');
  }
  return el(
    'ul',
    { class: 'chips', id: 'neighbours' },
    node.neighbours.map((n) => {
      const name = names.get(n.key);
      return el(
        'li',
        { 'data-key': n.key },
        name === undefined ? el('span', {}, 'not known here') : anchor(nodeLink(name), name),
        el('span', {}, `${n.interactions}×, ${n.timestamp >= node.timestamp ? 'the newest' : `${span(node.timestamp - n.timestamp)} before`}`),
        name === undefined ? null : anchor(pairLink(id, name), 'Draw', { 'aria-label': `Draw ${id} and ${name}` }),
      );
    }),
  );
}

/** The joint neighbourhood of a prediction that was explained, or of two nodes as they are now. */
export async function showPair(view, source, target, timestamp, isCurrent) {
  const made = await api.predictions(source);
  const prediction = made.predictions.find((p) => p.target === target && (timestamp === undefined || p.timestamp === timestamp));
  if (prediction?.explanation) {
    return showPrediction(view, prediction, isCurrent);
  }
  const [a, b] = await Promise.all([api.node(source), api.node(target)]);
  const now = timestamp ?? Math.max(a.timestamp, b.timestamp);
  return show(view, source, target, prediction, joint.ofNodes(a, b, now), isCurrent);
}

/** The same of a prediction that is at hand with its explanation. */
export function showPrediction(view, prediction, isCurrent) {
  return show(view, prediction.source, prediction.target, prediction, prediction.explanation, isCurrent);
}

async function show(view, source, target, prediction, drawn, isCurrent) {
  const told = prediction?.explanation;
  const names = await api.names(drawn.entries.map((e) => e.key));
  if (!isCurrent()) return;
  const drawing = el('div', { class: 'drawing', id: 'drawing' });
  const shared = drawn.entries.slice(2).filter((e) => joint.closeness(e) !== 'alone').length;
  view.replaceChildren(
    el('div', { class: 'head' },
      el('h2', { id: 'view-title' }, anchor(nodeLink(source), source), ' → ', anchor(nodeLink(target), target)),
      el('p', { class: 'aside' }, prediction ? `${moment(prediction.timestamp)}` : 'as their N-caches are now')),
    ...(prediction ? [verdict(prediction)] : []),
    drawing,
    legend(),
    el('p', { class: 'aside' }, told
      ? `What the model saw before the interaction: ${told.jointSize} nodes around the two, ${told.sharedSize} held by both; ${drawn.entries.length - 2} are drawn.`
      : `No explanation is kept for ${prediction ? 'this prediction (a share of them has one)' : 'this pair'}, so this is drawn from the newest partners of both as they are now: ${shared} held by both.`),
  );
  const pair = { source, target, entries: drawn.entries };
  joint.draw(drawing, pair, names);
  return () => joint.draw(drawing, pair, names);
}

function verdict(p) {
  const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
  return el('dl', { class: 'facts' },
    fact('Score', p.score.toFixed(3)),
    fact('Kith’s place', place(p.rank, p.negatives)),
    fact('Recency’s', place(p.recencyRank, p.negatives)),
    fact('EdgeBank’s', place(p.edgeBankRank, p.negatives)),
    fact('Had met', p.met ? 'yes' : 'no'));
}

function legend() {
  return el('div', { class: 'keys', id: 'legend' },
    el('ul', { 'aria-label': 'Nodes' }, joint.CLOSENESS.map(([name, text]) => el('li', {}, el('i', { class: `swatch ${name}` }), text))),
    el('ul', { 'aria-label': 'Ages' },
      joint.SHADES.map(([, text], i) => el('li', {}, el('i', { class: `stroke age${i}` }), text)),
      el('li', {}, el('i', { class: 'stroke second' }), 'over a partner')));
}
