// What the tests found, which one runs, and the support bundle that is being looked at.
import { create } from 'zustand';
import { CHECKS, type Bundle, type CheckName, type CheckResult } from '@shared/domain/diagnostics';
import { ask } from '../client/client';
import { useAppInfo } from './appInfoStore';
import { recordOf } from './noticesStore';

interface DiagnosticsState {
  readonly results: Partial<Readonly<Record<CheckName, CheckResult>>>;
  readonly running: CheckName | null;
  readonly bundle: Bundle | null;
  run(check: CheckName): Promise<void>;
  /** One after the other, until `stop`. */
  runAll(): Promise<void>;
  stop(): Promise<void>;
  prepare(withPrompts: boolean): Promise<void>;
  forgetBundle(): void;
  read(name: string): Promise<string>;
  /** False: the person closed the dialog. */
  save(): Promise<boolean>;
}

/** What the window shows elsewhere changes with these. */
const TOOLS: readonly CheckName[] = ['keychain', 'ffmpeg'];

export const useDiagnostics = create<DiagnosticsState>()((set, get) => {
  let turn = 0;
  const test = async (check: CheckName): Promise<void> => {
    set({ running: check });
    try {
      const result = await ask('diagnostics.run', { check });
      set(({ results }) => ({ results: { ...results, [check]: result } }));
      if (TOOLS.includes(check)) void useAppInfo.getState().loadTools();
    } catch (error) {
      // Stopped by the person: nothing was found out.
      if (recordOf(error).code !== 'cancelled') throw error;
    } finally {
      set({ running: null });
    }
  };
  const bundleId = (): string => get().bundle?.id ?? '';
  return {
    results: {},
    running: null,
    bundle: null,
    run: test,
    runAll: async () => {
      const mine = ++turn;
      for (const check of CHECKS) if (mine === turn) await test(check);
    },
    stop: async () => {
      turn += 1;
      await ask('diagnostics.stop', {});
    },
    prepare: async (withPrompts) => set({ bundle: await ask('diagnostics.prepareBundle', { withPrompts }) }),
    forgetBundle: () => set({ bundle: null }),
    read: async (name) => (await ask('diagnostics.readBundle', { id: bundleId(), name })).text,
    save: () => ask('diagnostics.saveBundle', { id: bundleId() }),
  };
});
