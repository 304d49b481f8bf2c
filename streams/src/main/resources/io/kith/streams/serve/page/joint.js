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
  const frame = new Frame(Math.max(host.clientWidth, 280), pair.entries.length);
  const [source, target, ...others] = pair.entries;
  const shared = others.filter((e) => closeness(e) !== 'alone');
  const ofSource = others.filter((e) => closeness(e) === 'alone' && sourceHop(e) !== null);
  const ofTarget = others.filter((e) => closeness(e) === 'alone' && targetHop(e) !== null);
  const [a, b] = [frame.pole(0), frame.pole(1)];
  const edges = [];
  const nodes = [];

  const edge = (from, to, age, hops, title) => {
    if (age !== null) {
      edges.push(
        svg('line', { class: `edge age${shade(age)}${hops === 2 ? ' second' : ''}`, x1: from.x, y1: from.y, x2: to.x, y2: to.y }, svg('title', {}, title)),
      );
    }
  };
  const dot = (entry, point) => {
    const id = names.get(entry.key);
    const ages = [entry.sourceAge, entry.targetAge].filter((age) => age !== null);
    const age = ages.length === 0 ? null : Math.min(...ages);
    const kind = closeness(entry);
    const mark = svg(
      'g',
      { class: `dot ${kind}`, 'data-key': entry.key, 'data-code': entry.code, 'data-node': id },
      svg('title', {}, `${id ?? 'a node that is not known here'}${age === null ? '' : `, met ${span(age)} before`}`),
      svg('circle', { cx: point.x, cy: point.y, r: kind === 'alone' ? 6 : 8 }),
      svg('text', { x: point.x + point.dx, y: point.y + point.dy, 'text-anchor': point.anchor }, clip(id ?? '·', point.letters)),
    );
    nodes.push(id === undefined ? mark : svg('a', { href: nodeLink(id) }, mark));
  };

  const direct = source.code >> 3 !== 0 || (target.code & 7) !== 0;
  if (direct) {
    const ages = [source.targetAge, target.sourceAge].filter((each) => each !== null);
    const age = ages.length === 0 ? null : Math.min(...ages);
    const hops = source.code & 0b010000 || target.code & 0b010 ? 1 : 2;
    edge(a, b, age, hops, hops === 1 ? `They have met, ${span(age)} before` : 'Each a partner’s partner of the other');
  }
  frame.column(shared.length, direct).forEach((point, i) => {
    const entry = shared[i];
    edge(a, point, entry.sourceAge, sourceHop(entry), `${span(entry.sourceAge ?? 0)} before`);
    edge(point, b, entry.targetAge, targetHop(entry), `${span(entry.targetAge ?? 0)} before`);
    dot(entry, point);
  });
  frame.arc(ofSource.length, 0).forEach((point, i) => {
    edge(point, a, ofSource[i].sourceAge, 1, `${span(ofSource[i].sourceAge)} before`);
    dot(ofSource[i], point);
  });
  frame.arc(ofTarget.length, 1).forEach((point, i) => {
    edge(b, point, ofTarget[i].targetAge, 1, `${span(ofTarget[i].targetAge)} before`);
    dot(ofTarget[i], point);
  });
  const end = (id, point, entry, role) =>
    svg(
      'a',
      { href: nodeLink(id), class: 'pole' },
      svg('g', { 'data-key': entry.key, 'data-node': id, 'data-role': role },
        svg('title', {}, `${id}, the ${role}`),
        svg('circle', { cx: point.x, cy: point.y, r: 23 }),
        svg('text', { x: point.x, y: point.y + 5, 'text-anchor': 'middle' }, clip(id, 6))),
    );
  host.replaceChildren(
    svg(
      'svg',
      {
        class: 'joint', viewBox: `0 0 ${frame.width} ${frame.height}`, width: frame.width, height: frame.height, role: 'group',
        'aria-label': `${pair.source} and ${pair.target}: drawn are ${shared.length} shared neighbours, ${ofSource.length} of ${pair.source} alone, ${ofTarget.length} of ${pair.target} alone.`,
      },
      edges, nodes, end(pair.source, a, source, 'source'), end(pair.target, b, target, 'target'),
    ),
  );
}

/** Where things go: from left to right where there is room, else from top to bottom. */
class Frame {
  constructor(width, entries) {
    this.upright = width < 560;
    this.breadth = this.upright ? width : entries > 12 ? 440 : 330;
    this.length = this.upright ? 560 : width;
    this.width = this.upright ? this.breadth : this.length;
    this.height = this.upright ? this.length : this.breadth;
  }

  /** A point by its place along the axis from source to target and across it. */
  point(along, across) {
    return this.upright ? { x: across, y: along } : { x: along, y: across };
  }

  pole(side) {
    return this.point(this.length * (side === 0 ? 0.335 : 0.665), this.breadth / 2);
  }

  /** Between the two; the middle is left free for an edge between them. */
  column(count, leaveMiddle) {
    const slots = leaveMiddle && count % 2 === 1 ? count + 1 : count;
    const reach = Math.min(this.breadth / 2 - 24, (this.upright ? 24 : 30) * Math.max(slots - 1, 2));
    return Array.from({ length: count }, (_, i) => {
      const f = slots === 1 ? (leaveMiddle ? -0.6 : 0) : (2 * i) / (slots - 1) - 1;
      const at = this.point(this.length / 2, this.breadth / 2 + f * reach);
      return this.upright
        ? { ...at, dx: 0, dy: i % 2 === 0 ? -13 : 23, anchor: 'middle', letters: 6 }
        : { ...at, dx: 0, dy: -11, anchor: 'middle', letters: 12 };
    });
  }

  /** Around the outer side of a pole. */
  arc(count, side) {
    const center = this.pole(side);
    const out = this.upright ? this.length * 0.26 : Math.min(this.length * 0.235, 190);
    const across = this.breadth / 2 - 18;
    return Array.from({ length: count }, (_, i) => {
      const angle = count === 1 ? 0 : ((2 * i) / (count - 1) - 1) * Math.min(1.35, 0.22 * count);
      const sign = side === 0 ? -1 : 1;
      const away = sign * out * Math.cos(angle);
      const beside = across * Math.sin(angle);
      const at = this.upright ? { x: center.x + beside, y: center.y + away } : { x: center.x + away, y: center.y + beside };
      return this.upright
        ? { ...at, dx: 0, dy: side === 0 ? -12 : 21, anchor: 'middle', letters: 5 }
        : { ...at, dx: 12 * sign, dy: 4, anchor: side === 0 ? 'end' : 'start', letters: 9 };
    });
  }
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
