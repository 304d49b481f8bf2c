/** Starts the page: asks again and again, shows what comes, follows the address. */
import * as api from './api.js';
import * as charts from './charts.js';
import { count, nodeLink } from './format.js';
import { showPredictions, showQuality, showStream } from './panels.js';
import * as views from './views.js';

const byId = (id) => document.getElementById(id);
const view = byId('view');
const dialog = byId('token-dialog');
let paused = false;
let figures = null;
let redraw = null;

/** How long a drawing stays that nobody has asked for, ms. */
const SHOWN_FOR = 8000;

// ------------------------------------------------------------------ how things stand

function status(state, words) {
  byId('status').dataset.state = state;
  byId('status').querySelector('.words').textContent = words;
}

function notice(text) {
  byId('notice').hidden = text === null;
  if (text !== null && byId('notice').textContent !== text) {
    byId('notice').textContent = text;
  }
}

function failed(fault) {
  if (fault.status === 401) {
    status('off', 'Needs a token');
    if (!dialog.open) dialog.showModal();
  } else if (fault.status === 503) {
    const { restored, total } = fault.document;
    status('wait', 'Getting ready');
    notice(total ? `The service is restoring its stores: ${count(restored)} of ${count(total)} records are there.` : `The service is getting ready. ${fault.message}`);
  } else {
    status('off', fault.title);
    notice(`${fault.title}. ${fault.message}`);
  }
}

// ------------------------------------------------------------------ asking again and again

/** Runs it, and again so long after it has ended; not while nobody looks. */
function every(ms, work) {
  const run = async () => {
    if (!document.hidden && !dialog.open) {
      try {
        await work();
      } catch (fault) {
        if (!(fault instanceof api.Problem)) throw fault;
        failed(fault);
      }
    }
    setTimeout(run, ms);
  };
  run();
}

let behind = null;
let asked = 0;
let nextShow = 0;

async function askLive() {
  const live = await api.live(60);
  showStream(live);
  if (!paused) showPredictions(byId('live'), live.predictions);
  const silent = live.silentInstances.length;
  status(silent ? 'wait' : 'on', silent ? `${silent} instance${silent > 1 ? 's' : ''} silent` : 'Live');
  notice(behind);
  await showNewest(live.predictions);
}

/** While nothing is chosen: now and then the newest prediction that says most. */
async function showNewest(predictions) {
  if (location.hash.length > 2 || paused || Date.now() < nextShow || view.contains(document.activeElement)) return;
  const explained = predictions.filter((p) => p.explanation);
  if (explained.length === 0) return;
  const telling = explained.reduce((best, p) => (p.explanation.sharedSize > best.explanation.sharedSize ? p : best));
  nextShow = Date.now() + SHOWN_FOR;
  const mine = ++asked;
  redraw = await views.showPrediction(view, telling, () => mine === asked);
}

async function askQuality() {
  const [quality, alerts] = await Promise.all([api.quality(), api.alerts()]);
  figures = quality;
  showQuality(figures);
  const newest = alerts.alerts[0];
  behind = newest?.status === 'behind'
    ? `The model has fallen behind the recency rule: MRR ${(100 * newest.mrr).toFixed(1)} against ${(100 * newest.recencyMrr).toFixed(1)} over the last span judged. It may be time to train it anew.`
    : null;
}

// ------------------------------------------------------------------ the address says what is shown

async function follow() {
  const mine = ++asked;
  const isCurrent = () => mine === asked;
  const [, kind, first, second, third] = location.hash.split('/').map(decode);
  redraw = null;
  if (kind !== 'node' && kind !== 'pair') {
    views.welcome(view);
    nextShow = 0;
    return;
  }
  const title = kind === 'node' ? `Node ${first}` : `${first} → ${second}`;
  views.loading(view, title);
  try {
    if (kind === 'node') {
      await views.showNode(view, first, isCurrent);
    } else {
      redraw = await views.showPair(view, first, second, third === undefined ? undefined : Number(third), isCurrent);
    }
  } catch (fault) {
    if (!(fault instanceof api.Problem)) throw fault;
    if (isCurrent()) views.problem(view, title, fault);
    if (fault.status === 401) failed(fault);
  }
  if (isCurrent() && matchMedia('(max-width: 60rem)').matches) {
    view.scrollIntoView({ block: 'start' });
  }
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// ------------------------------------------------------------------ what people do

byId('search').addEventListener('submit', (event) => {
  event.preventDefault();
  const id = byId('query').value.trim();
  if (id === '') return;
  if (location.hash === nodeLink(id)) follow();
  location.hash = nodeLink(id);
});

byId('pause').addEventListener('click', () => {
  paused = !paused;
  byId('pause').setAttribute('aria-pressed', paused);
  byId('pause').textContent = paused ? 'Go on' : 'Pause';
});

byId('token-form').addEventListener('submit', () => {
  api.setToken(byId('token').value.trim());
  byId('token').value = '';
  byId('token-fault').hidden = false; // stands there if it is asked for once more
  follow();
});

/** A link brings no token, so the document is fetched. */
byId('api').addEventListener('click', async (event) => {
  if (!api.hasToken()) return;
  event.preventDefault();
  const text = JSON.stringify(await api.get('/openapi.json'), null, 2);
  open(URL.createObjectURL(new Blob([text], { type: 'application/json' })));
});

let resized = 0;
addEventListener('resize', () => {
  clearTimeout(resized);
  resized = setTimeout(() => {
    if (figures !== null) charts.quality(byId('quality'), figures.windows);
    if (redraw) redraw();
  }, 150);
});

addEventListener('hashchange', follow);
follow();
every(1000, askLive);
every(3000, askQuality);
