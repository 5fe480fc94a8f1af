// Which requests go wrong in one run of the app: drawn at random, so that states last long enough to be hit.

/** @typedef {import('./gatewayProgram.mjs').Fault} Fault */

/** @param {import('./random.mjs').Random} random @param {string} target @returns {Fault[]} */
export function drawFaults(random, target) {
  return [...creating(random, target), ...asking(random), ...listing(random), ...fetching(random, target)];
}

/** @param {import('./random.mjs').Random} random @param {string} target @returns {Fault[]} */
function creating(random, target) {
  // Put off by the API, a generation stays in `preparing` for seconds.
  if (target === 'preparing' && random.chance(0.5))
    return [{ kind: 'server_error', on: 'create', times: random.between(1, 3) }];
  /** @type {Fault} */
  const slow = { kind: 'delay', on: 'create', ms: random.between(80, 500), times: random.between(1, 4) };
  if (target === 'submitting') return [slow];
  const kind = random.pick([
    'none',
    'none',
    'answer_lost',
    'reset_before',
    'bad_gateway',
    'server_error',
    'rate_limited',
    'slow',
  ]);
  if (kind === 'none') return [];
  if (kind === 'slow') return [slow];
  const after = random.between(0, 1);
  return kind === 'rate_limited'
    ? [{ kind, on: 'create', after, retryAfterSeconds: 0 }]
    : [{ kind, on: 'create', after }];
}

/** @param {import('./random.mjs').Random} random @returns {Fault[]} */
function asking(random) {
  const kind = random.pick(['none', 'none', 'delay', 'answer_lost', 'bad_gateway', 'not_found', 'html_page']);
  if (kind === 'none') return [];
  const after = random.between(0, 3);
  return [{ kind, on: 'get', after, ...(kind === 'delay' ? { ms: random.between(20, 300) } : {}) }];
}

/** @param {import('./random.mjs').Random} random @returns {Fault[]} */
function listing(random) {
  const kind = random.pick(['none', 'none', 'none', 'delay', 'answer_lost', 'server_error']);
  if (kind === 'none') return [];
  return [{ kind, on: 'list', ...(kind === 'delay' ? { ms: random.between(50, 400) } : {}) }];
}

/** @param {import('./random.mjs').Random} random @param {string} target @returns {Fault[]} */
function fetching(random, target) {
  const kinds = ['none', 'slow', 'reset_at', 'truncated', 'expired_url', 'mislabelled', 'new_etag'];
  const kind = target === 'downloading' && random.chance(0.7) ? 'slow' : random.pick(kinds);
  switch (kind) {
    case 'none':
      return [];
    case 'slow':
      return [{ kind, bytesPerSecond: random.between(150_000, 900_000), times: random.between(1, 3) }];
    case 'reset_at':
    case 'truncated':
      return [{ kind, bytes: random.between(0, 200_000) }];
    default:
      return [{ kind, on: 'download' }];
  }
}
