/** The figures at the top, and the list of predictions as they come. */
import { anchor, count, decimal, el, meter, moment, nodeLink, pairLink, percent, place, span } from './format.js';
import * as charts from './charts.js';

const DAY = 86400e3;
const ROWS = 12;
const byId = (id) => document.getElementById(id);

/** Rate and lag. */
export function showStream(live) {
  const recent = live.perSecond.slice(-5);
  const rate = recent.reduce((sum, n) => sum + n, 0) / recent.length;
  byId('rate').textContent = rate < 10 ? decimal(rate) : count(rate);
  charts.spark(byId('spark'), live.perSecond);
  const replay = live.lagMs !== null && live.lagMs > 2 * DAY;
  byId('lag-title').textContent = replay ? 'Stream time' : 'Window lag';
  if (live.newestTimestamp === null) {
    byId('lag').textContent = '–';
    byId('lag-aside').textContent = 'No prediction has come yet.';
  } else if (replay) {
    const [date, time] = moment(live.newestTimestamp).split(', ');
    byId('lag').textContent = date;
    byId('lag-aside').textContent = `${time} · a replay, ${span(live.lagMs)} behind the clock`;
  } else {
    byId('lag').textContent = span(live.lagMs);
    byId('lag-aside').textContent = `Newest interaction: ${moment(live.newestTimestamp)}`;
  }
}

export function showQuality(figures) {
  const total = figures.total;
  if (total !== null && total.model !== null) {
    byId('mrr').textContent = percent(total.model.mrr);
    byId('mrr-aside').textContent = `Recency ${percent(total.recency.mrr)} · EdgeBank ${percent(total.edgeBank.mrr)}`;
    byId('hits').textContent = `${percent(total.model.hitsAt1)} %`;
    byId('hits-aside').textContent = `of ${count(total.ranked)}, each among ${decimal(total.meanNegatives)} others`;
  } else {
    byId('mrr-aside').textContent = 'No figures in total yet.';
    byId('hits-aside').textContent = '';
  }
  charts.quality(byId('quality'), figures.windows);
}

const rowKey = (p) => `${p.source}\n${p.target}\n${p.timestamp}`;

/** Puts new predictions on top. Rows that stay are not touched, so that whoever is at one stays there. */
export function showPredictions(host, predictions) {
  if (predictions.length === 0) {
    host.replaceChildren(el('p', { class: 'empty' }, 'No prediction has come yet. Each interaction on the topic brings one.'));
    return;
  }
  let list = host.querySelector('ol');
  if (list === null) {
    list = el('ol', { class: 'rows' });
    host.replaceChildren(list);
  }
  const there = new Set([...list.children].map((row) => row.dataset.key));
  const fresh = predictions.slice(0, ROWS).filter((p) => !there.has(rowKey(p)));
  for (const p of fresh.reverse()) {
    const row = predictionRow(p);
    row.classList.toggle('fresh', fresh.length <= 3);
    list.prepend(row);
  }
  while (list.children.length > ROWS) {
    const last = list.lastElementChild;
    if (last.contains(document.activeElement)) {
      list.children[ROWS - 1].before(last);
      list.lastElementChild.remove();
    } else {
      last.remove();
    }
  }
}

/** One prediction: who, with whom, when, how sure, which place. */
export function predictionRow(p) {
  const first = p.negatives > 0 && p.rank === 1;
  return el(
    'li',
    { 'data-key': rowKey(p) },
    el('span', { class: 'who' }, anchor(nodeLink(p.source), p.source), el('span', { class: 'to' }, '→'), anchor(nodeLink(p.target), p.target)),
    el('span', { class: 'when' }, moment(p.timestamp)),
    meter(p.score),
    el('span', { class: `place${first ? ' first' : ''}` }, place(p.rank, p.negatives)),
    anchor(pairLink(p.source, p.target, p.timestamp), 'Why?', {
      class: `why${p.explanation ? ' explained' : ''}`,
      'aria-label': `Why? Draw ${p.source} and ${p.target}`,
    }),
  );
}
