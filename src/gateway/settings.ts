// What can be tuned while the gateway runs: speed, key, link lifetime and request limits.
import { z } from 'zod';

const limits = z.strictObject({
  /** Creates per minute. 180 is the vendor's figure for a personal account. */
  createPerMinute: z.number().int().min(1).max(1_000_000),
  getPerSecond: z.number().int().min(1).max(1_000_000),
  listPerSecond: z.number().int().min(1).max(1_000_000),
  deletePerSecond: z.number().int().min(1).max(1_000_000),
});

const settings = z.strictObject({
  /** How long a task stays `queued` at least, milliseconds. */
  queuedMs: z.number().int().min(0).max(3_600_000),
  /** How long a task stays `running` at least, milliseconds. */
  runningMs: z.number().int().min(0).max(3_600_000),
  /** How long a result link works, seconds. The vendor's links live 24 h. */
  urlLifetimeSeconds: z.number().int().min(0).max(604_800),
  /** The one accepted key, or null: any key and no key at all. */
  requireKey: z.string().min(1).max(512).nullable(),
  /** Tasks that may be `running` at once; the rest queue. */
  maxRunning: z.number().int().min(1).max(100),
  /** For tests: results of the same size and length are copied instead of rendered, see `renderReuse.ts`. */
  renderReuse: z.boolean(),
  limits,
});

export type GatewaySettings = z.infer<typeof settings>;
export type GatewayLimits = z.infer<typeof limits>;
export type SettingsPatch = Partial<Omit<GatewaySettings, 'limits'>> & { limits?: Partial<GatewayLimits> };

/** Parses a change of settings from an untrusted body. Throws a ZodError. */
export const settingsPatch = settings.partial().extend({ limits: limits.partial().optional() });

/** The vendor's limits (create 180/min, query 20/s, list 1/s, delete 20/s) and a practice pace. */
export const DEFAULT_SETTINGS: GatewaySettings = {
  queuedMs: 1000,
  runningMs: 1500,
  urlLifetimeSeconds: 86_400,
  requireKey: null,
  maxRunning: 10,
  renderReuse: false,
  limits: { createPerMinute: 180, getPerSecond: 20, listPerSecond: 1, deletePerSecond: 20 },
};

/** Settings with a change applied; nested limits are merged too. */
export function withPatch(current: GatewaySettings, patch: SettingsPatch): GatewaySettings {
  const { limits: limitsPatch, ...rest } = patch;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...current, ...given, limits: { ...current.limits, ...limitsPatch } };
}
