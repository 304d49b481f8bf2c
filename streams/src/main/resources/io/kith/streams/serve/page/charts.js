/** The line chart of quality and the small one of the rate. */
import { count, day, moment, percent, svg } from './format.js';

const RULES = [
  ['edgebank', 'EdgeBank', (q) => q.edgeBank],
  ['recency', 'Recency', (q) => q.recency],
  ['model', 'Kith', (q) => q.model],
];

/** Means over fewer than these jump about. */
const LEAST_RANKED = 32;

/** Counts a second, the oldest first. */
export function spark(host, counts) {
  const width = Math.max(host.clientWidth, 120);
  const height = 44;
  const most = Math.max(1, ...counts);
  const x = (i) => (i / (counts.length - 1)) * width;
  const y = (n) => height - 2 - (n / most) * (height - 6);
  const line = counts.map((n, i) => `${x(i).toFixed(1)},${y(n).toFixed(1)}`).join(' ');
  host.replaceChildren(
    svg(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `Predictions a second over two minutes, at most ${most}` },
      svg('polygon', { class: 'area', points: `0,${height} ${line} ${width},${height}` }),
      svg('polyline', { class: 'line', points: line }),
    ),
  );
}

/** MRR of the three rules by window; windows are the newest first. */
export function quality(host, windows) {
  const shown = windows.filter((q) => q.ranked >= LEAST_RANKED).reverse();
  if (shown.length < 2) {
    const note = document.createElement('p');
    note.className = 'empty';
    note.textContent = 'The first windows of event time are still filling. The lines begin when two are there.';
    host.replaceChildren(note);
    return;
  }
  const width = Math.max(host.clientWidth, 280);
  const narrow = width < 560;
  const height = narrow ? 220 : 260;
  const box = { left: 40, right: narrow ? 14 : 116, top: 12, bottom: 28 };
  const from = shown[0].windowStart;
  const to = shown[shown.length - 1].windowEnd;
  const values = shown.flatMap((q) => RULES.map(([, , of]) => of(q).mrr));
  const low = Math.max(0, Math.floor((Math.min(...values) - 0.02) * 10) / 10);
  const high = Math.min(1, Math.ceil((Math.max(...values) + 0.02) * 10) / 10);
  const x = (t) => box.left + ((t - from) / (to - from)) * (width - box.left - box.right);
  const y = (v) => box.top + ((high - v) / (high - low)) * (height - box.top - box.bottom);
  const middle = (q) => x((q.windowStart + q.windowEnd) / 2);
  const parts = [];
  for (let v = low; v <= high + 1e-9; v += high - low > 0.5 ? 0.2 : 0.1) {
    parts.push(
      svg('line', { class: 'grid', x1: box.left, x2: width - box.right, y1: y(v), y2: y(v) }),
      svg('text', { class: 'tick', x: box.left - 8, y: y(v) + 4, 'text-anchor': 'end' }, (100 * v).toFixed(0)),
    );
  }
  const ticks = narrow ? 2 : 4;
  for (let i = 0; i <= ticks; i++) {
    const t = from + ((to - from) * i) / ticks;
    const anchor = i === 0 ? 'start' : i === ticks ? 'end' : 'middle';
    const text = to - from < 2 * 86400e3 ? moment(t).split(', ')[1] : day(t);
    parts.push(svg('text', { class: 'tick', x: x(t), y: height - 8, 'text-anchor': anchor }, text));
  }
  const ends = [];
  for (const [name, title, of] of RULES) {
    const points = shown.map((q) => [middle(q), y(of(q).mrr)]);
    parts.push(svg('polyline', { class: `line ${name}`, points: points.map((p) => p.map((n) => n.toFixed(1)).join(',')).join(' ') }));
    const last = points[points.length - 1];
    parts.push(svg('circle', { class: `end ${name}`, cx: last[0], cy: last[1], r: 4 }));
    ends.push({ name, title, at: last[1], value: of(shown[shown.length - 1]).mrr });
  }
  if (!narrow) {
    ends.sort((a, b) => a.at - b.at);
    ends.forEach((end, i) => {
      end.at = Math.max(end.at, i === 0 ? box.top + 4 : ends[i - 1].at + 15);
    });
    for (const end of ends) {
      parts.push(svg('text', { class: `name ${end.name}`, x: width - box.right + 12, y: end.at + 4 }, `${end.title} ${percent(end.value)}`));
    }
  }
  const bar = (width - box.left - box.right) / shown.length;
  for (const q of shown) {
    const text = `${day(q.windowStart)}: Kith ${percent(q.model.mrr)}, recency ${percent(q.recency.mrr)}, EdgeBank ${percent(q.edgeBank.mrr)}; ${count(q.ranked)} ranked`;
    parts.push(
      svg('rect', { class: 'hover', x: middle(q) - bar / 2, y: box.top, width: bar, height: height - box.top - box.bottom }, svg('title', {}, text)),
    );
  }
  const last = shown[shown.length - 1];
  host.replaceChildren(
    svg(
      'svg',
      {
        viewBox: `0 0 ${width} ${height}`, width, height, role: 'img',
        'aria-label': `Mean reciprocal rank in percent over ${shown.length} windows. In the newest: Kith ${percent(last.model.mrr)}, recency ${percent(last.recency.mrr)}, EdgeBank ${percent(last.edgeBank.mrr)}.`,
      },
      parts,
    ),
  );
}
