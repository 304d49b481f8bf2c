/** Numbers, times and elements as the page shows them. */

const MINUTE = 60e3;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const date = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });

export const count = (value) => whole.format(value);
export const decimal = (value) => short.format(value);
export const percent = (value) => (value === null || value === undefined ? '–' : (100 * value).toFixed(1));
export const day = (ms) => date.format(ms);
export const moment = (ms) => `${date.format(ms)}, ${clock.format(ms)}`;

/** A length of time in one unit. */
export function span(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 2 * MINUTE) return `${short.format(ms / 1000)} s`;
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${short.format(ms / HOUR)} h`;
  if (ms < 730 * DAY) return `${Math.round(ms / DAY)} d`;
  return `${short.format(ms / (365.25 * DAY))} y`;
}

/** A rank among its others. */
export function place(rank, negatives) {
  return negatives === 0 ? 'not ranked' : `${short.format(rank)} of ${negatives + 1}`;
}

/** An HTML element. Text is set as text, never as markup. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A score in [0, 1], as a bar and a number. */
export function meter(score) {
  const bar = el('span', { class: 'meter', title: `Score ${score.toFixed(3)}` }, el('i'));
  bar.firstChild.style.width = `${Math.max(2, 100 * score)}%`;
  return el('span', { class: 'score' }, bar, score.toFixed(2));
}

export const nodeLink = (id) => `#/node/${encodeURIComponent(id)}`;
export const pairLink = (source, target, timestamp) =>
  `#/pair/${encodeURIComponent(source)}/${encodeURIComponent(target)}${timestamp === undefined ? '' : `/${timestamp}`}`;

export const anchor = (href, text, attributes = {}) => el('a', { href, ...attributes }, text);
