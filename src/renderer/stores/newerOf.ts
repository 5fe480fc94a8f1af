// The rule of every mirrored record: an older revision never replaces a newer one.
interface Versioned {
  readonly id: string;
  readonly revision: number;
}

/** `known` with `incoming` put in, or `known` itself where it already holds this revision or a later one. */
export function withNewer<T extends Versioned>(
  known: ReadonlyMap<string, T>,
  incoming: T,
): ReadonlyMap<string, T> {
  const present = known.get(incoming.id);
  if (present !== undefined && present.revision >= incoming.revision) return known;
  return new Map(known).set(incoming.id, incoming);
}

/** The same for a whole snapshot. Ids in `gone` were removed meanwhile and stay so. */
export function withSnapshot<T extends Versioned>(
  known: ReadonlyMap<string, T>,
  snapshot: readonly T[],
  gone: ReadonlySet<string>,
): ReadonlyMap<string, T> {
  const next = new Map(known);
  for (const record of snapshot) {
    const present = next.get(record.id);
    if (gone.has(record.id) || (present !== undefined && present.revision >= record.revision)) continue;
    next.set(record.id, record);
  }
  return next;
}
