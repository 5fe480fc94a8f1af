// The packages of one publisher stand together: dozens of small ones would hide the others. Pure.
import type { AboutFacts } from '@shared/contract/requests';

export type Licence = AboutFacts['licences'][number];

export interface LicenceGroup {
  /** A package's name, or the scope that several share, as `@radix-ui`. */
  readonly name: string;
  readonly packages: readonly Licence[];
  /** Each once. */
  readonly kinds: readonly string[];
}

/** In the order of the list. A scope with one package stands under the package's name. */
export function licenceGroups(licences: readonly Licence[]): LicenceGroup[] {
  const scopes = new Map<string, Licence[]>();
  for (const licence of licences) {
    const scope = scopeOf(licence);
    scopes.set(scope, [...(scopes.get(scope) ?? []), licence]);
  }
  return [...scopes].map(([scope, packages]) => ({
    name: packages.length === 1 ? (packages[0]?.name ?? scope) : scope,
    packages,
    kinds: [...new Set(packages.map(({ licence }) => licence))],
  }));
}

/** Without a scope each version stands alone. */
function scopeOf({ name, version }: Licence): string {
  return /^(@[^/]+)\//.exec(name)?.[1] ?? `${name} ${version}`;
}
