/** Asks this service. What goes wrong is thrown as a Problem, as the service's problem document has it. */

const TOKEN = 'kith-token';
let listed = true;

export class Problem extends Error {
  constructor(document) {
    super(document.detail || document.title);
    this.status = document.status;
    this.title = document.title;
    this.document = document;
  }
}

export function setToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

export const hasToken = () => sessionStorage.getItem(TOKEN) !== null;

/** The answer's JSON. */
export async function get(path) {
  const token = sessionStorage.getItem(TOKEN);
  let response;
  try {
    response = await fetch(path, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
  } catch {
    throw new Problem({ status: 0, title: 'The service does not answer', detail: 'Trying again.' });
  }
  if (response.ok) {
    return response.json();
  }
  let document;
  try {
    document = await response.json();
  } catch {
    document = { title: 'The service failed', detail: `It answered with status ${response.status}.` };
  }
  throw new Problem({ ...document, status: response.status });
}

export const node = (id) => get(`/v1/nodes/${encodeURIComponent(id)}`);
export const similar = (id, k) => get(`/v1/nodes/${encodeURIComponent(id)}/similar?k=${k}`);
export const predictions = (id) => get(`/v1/nodes/${encodeURIComponent(id)}/predictions`);
/** The list of a node's next partners; null where there is none. */
export async function nextPartners(id) {
  if (!listed) return null;
  try {
    return (await get(`/v1/nodes/${encodeURIComponent(id)}/recommendations`)).list;
  } catch (fault) {
    if (fault.document?.type !== 'urn:kith:problem:no-lists') throw fault;
    listed = false; // this service has none of any node
    return null;
  }
}

export const live = (limit) => get(`/v1/live?limit=${limit}`);
export const quality = () => get('/v1/quality?limit=400');
export const alerts = () => get('/v1/alerts?limit=1');

const MOST_KEYS = 300;
const MOST_KNOWN = 20000;
const known = new Map();

/** Ids by key; a key whose node is not known is missing. */
export async function names(keys) {
  const wanted = [...new Set(keys)].filter((key) => !known.has(key));
  for (let i = 0; i < wanted.length; i += MOST_KEYS) {
    const answer = await get(`/v1/names?keys=${wanted.slice(i, i + MOST_KEYS).join(',')}`);
    if (known.size > MOST_KNOWN) {
      known.clear();
    }
    for (const [key, id] of Object.entries(answer.names)) {
      known.set(key, id);
    }
  }
  return known;
}
