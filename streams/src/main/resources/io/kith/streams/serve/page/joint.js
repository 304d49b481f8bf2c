/**
 * Draws a joint neighbourhood: both nodes, what each holds alone, and between them what both hold.
 *
 * An entry is {key, code, sourceAge, targetAge} as in the API's Explanation: bit h of the code where the key is in
 * hop h of the source, bit 3 + h where it is in hop h of the target.
 */
import { nodeLink, span, svg } from './format.js';

const HOUR = 3600e3;
const DAY = 24 * HOUR;

/** Ages are told in five shades. */
export const SHADES = [
  [HOUR, 'under an hour'],
  [DAY, 'under a day'],
  [7 * DAY, 'under a week'],
  [30 * DAY, 'under 30 days'],
  [Infinity, 'older'],
];

/** How closely both sides hold a key. */
export const CLOSENESS = [
  ['direct', 'partner of both (1+1)'],
  ['near', 'partner of one, partner’s partner of the other (1+2)'],
  ['far', 'partner’s partner of both (2+2)'],
  ['alone', 'partner of one alone'],
];

const shade = (age) => SHADES.findIndex(([most]) => age < most);
const hop = (bits) => (bits & 1 ? 0 : bits & 2 ? 1 : bits & 4 ? 2 : null);
export const sourceHop = (entry) => hop(entry.code & 7);
export const targetHop = (entry) => hop(entry.code >> 3);

export function closeness(entry) {
  const steps = [sourceHop(entry), targetHop(entry)];
  if (steps.includes(null)) return 'alone';
  const sum = steps[0] + steps[1];
  return sum <= 2 ? 'direct' : sum === 3 ? 'near' : 'far';
}

/**
 * @param host is given the drawing, in its width
 * @param pair {source, target, entries}: the two ids; the source's entry, the target's, then the others
 * @param names ids by key
 */
export function draw(host, pair, names) {
  const width = Math.max(host.clientWidth, 280);
  const upright = width < 560;
  const [source, target, ...others] = pair.entries;
  const shared = others.filter((e) => closeness(e) !== 'alone');
  const ofSource = others.filter((e) => closeness(e) === 'alone' && sourceHop(e) !== null);
  const ofTarget = others.filter((e) => closeness(e) === 'alone' && targetHop(e) !== null);
  const most = Math.max(shared.length, ofSource.length, ofTarget.length, 3);
  const length = upright ? 560 : width;
  const breadth = upright ? width : Math.min(520, Math.max(280, 40 + 30 * most));
  const at = place(length, breadth, upright);
  const [a, b] = [at(0.31, 0.5), at(0.69, 0.5)];
  const edges = [];
  const nodes = [];

  const edge = (from, to, age, hops, title) => {
    if (age !== null) {
      edges.push(
        svg('line', { class: `edge age${shade(age)}${hops === 2 ? ' second' : ''}`, x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, svg('title', {}, title)),
      );
    }
  };
  const dot = (entry, point, kind, side) => {
    const id = names.get(entry.key);
    const ages = [entry.sourceAge, entry.targetAge].filter((age) => age !== null);
    const age = ages.length === 0 ? null : Math.min(...ages);
    const title = `${id ?? 'a node that is not known here'}${age === null ? '' : `, met ${span(age)} before`}`;
    const mark = svg(
      'g',
      { class: `dot ${kind} age${age === null ? 4 : shade(age)}`, 'data-key': entry.key, 'data-code': entry.code, 'data-node': id },
      svg('title', {}, title),
      svg('circle', { cx: point[0], cy: point[1], r: kind === 'alone' ? 6 : 8 }),
      label(id ?? '·', point, side, upright),
    );
    nodes.push(id === undefined ? mark : svg('a', { href: nodeLink(id) }, mark));
  };

  const direct = source.code >> 3 || target.code & 7;
  if (direct) {
    const age = [source.targetAge, target.sourceAge].filter((each) => each !== null);
    const hops = source.code & 0b010000 || target.code & 0b010 ? 1 : 2;
    edge(a, b, age.length ? Math.min(...age) : null, hops, hops === 1 ? `They have met, ${span(Math.min(...age))} before` : 'Each a partner’s partner of the other');
  }
  spread(shared, !!direct).forEach(([entry, f]) => {
    const point = at(0.5, f);
    edge(a, point, entry.sourceAge, sourceHop(entry), entry.sourceAge === null ? '' : span(entry.sourceAge));
    edge(point, b, entry.targetAge, targetHop(entry), entry.targetAge === null ? '' : span(entry.targetAge));
    dot(entry, point, closeness(entry), 'middle');
  });
  spread(ofSource, false).forEach(([entry, f]) => {
    const point = at(0.13, f);
    edge(point, a, entry.sourceAge, 1, span(entry.sourceAge));
    dot(entry, point, 'alone', 'start');
  });
  spread(ofTarget, false).forEach(([entry, f]) => {
    const point = at(0.87, f);
    edge(b, point, entry.targetAge, 1, span(entry.targetAge));
    dot(entry, point, 'alone', 'end');
  });
  const end = (id, point, entry, name) =>
    svg(
      'a',
      { href: nodeLink(id), class: 'pole' },
      svg('g', { 'data-key': entry.key, 'data-node': id, 'data-role': name },
        svg('title', {}, `${id}, the ${name}`),
        svg('circle', { cx: point[0], cy: point[1], r: 22 }),
        svg('text', { x: point[0], y: point[1] + 5, 'text-anchor': 'middle' }, clip(id, 6))),
    );
  const [w, h] = upright ? [breadth, length] : [length, breadth];
  host.replaceChildren(
    svg(
      'svg',
      {
        class: 'joint', viewBox: `0 0 ${w} ${h}`, width: w, height: h, role: 'group',
        'aria-label': `${pair.source} and ${pair.target}: ${shared.length} shared neighbours, ${ofSource.length} of ${pair.source} alone, ${ofTarget.length} of ${pair.target} alone are drawn.`,
      },
      edges, nodes, end(pair.source, a, source, 'source'), end(pair.target, b, target, 'target'),
    ),
  );
}

/** Along the axis from source to target, and across it; both 0 to 1. */
function place(length, breadth, upright) {
  return (along, across) => {
    const point = [along * length, 20 + across * (breadth - 40)];
    return upright ? [point[1], point[0]] : point;
  };
}

/** Places across the axis; the middle is left free for an edge between the two. */
function spread(entries, leaveMiddle) {
  const slots = leaveMiddle && entries.length % 2 === 1 ? entries.length + 1 : entries.length;
  return entries.map((entry, i) => [entry, slots === 1 ? (leaveMiddle ? 0.2 : 0.5) : i / (slots - 1)]);
}

function label(text, [x, y], side, upright) {
  if (upright) {
    const below = side !== 'start';
    return svg('text', { x, y: below ? y + 21 : y - 12, 'text-anchor': 'middle' }, clip(text, 5));
  }
  if (side === 'middle') {
    return svg('text', { x, y: y - 11, 'text-anchor': 'middle' }, clip(text, 12));
  }
  return side === 'start'
    ? svg('text', { x: x - 12, y: y + 4, 'text-anchor': 'end' }, clip(text, 10))
    : svg('text', { x: x + 12, y: y + 4, 'text-anchor': 'start' }, clip(text, 10));
}

const clip = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** The joint neighbourhood that two nodes' newest cached partners make, as an explanation has it. */
export function ofNodes(source, target, now) {
  const found = new Map();
  const hold = (key, bit, side, age) => {
    const entry = found.get(key) ?? { key, code: 0, sourceAge: null, targetAge: null };
    entry.code |= bit;
    entry[side] = entry[side] === null ? age : Math.min(entry[side], age);
    found.set(key, entry);
  };
  hold(source.key, 0b000001, 'sourceAge', Math.max(0, now - source.timestamp));
  hold(target.key, 0b001000, 'targetAge', Math.max(0, now - target.timestamp));
  for (const each of source.neighbours) hold(each.key, 0b000010, 'sourceAge', Math.max(0, now - each.timestamp));
  for (const each of target.neighbours) hold(each.key, 0b010000, 'targetAge', Math.max(0, now - each.timestamp));
  const others = [...found.values()].filter((e) => e.key !== source.key && e.key !== target.key);
  return { entries: [found.get(source.key), found.get(target.key), ...others] };
}
