// diagnostics.*: tests of what the app relies on, and the support bundle.
import type { Bundle, CheckName, CheckResult } from '@shared/domain/diagnostics';
import { localDay } from '@shared/domain/localDay';
import type { Caller, HandlersOf } from '../handler';

export interface DiagnosticsAccess {
  run(check: CheckName): Promise<CheckResult>;
  stop(): void;
  prepareBundle(withPrompts: boolean): Promise<Bundle>;
  /** This and the next throw `not_found` for a bundle that is not the last one. */
  readBundle(id: string, name: string): string;
  saveBundle(id: string, path: string): Promise<void>;
}

export interface SaveDialog {
  /** Null when the person closed the dialog. */
  saveAs(caller: Caller, name: string): Promise<string | null>;
}

export function diagnosticsHandlers(
  diagnostics: DiagnosticsAccess,
  dialogs: SaveDialog,
): HandlersOf<'diagnostics'> {
  return {
    'diagnostics.run': ({ check }) => diagnostics.run(check),
    'diagnostics.stop': () => {
      diagnostics.stop();
      return null;
    },
    'diagnostics.prepareBundle': ({ withPrompts }) => diagnostics.prepareBundle(withPrompts),
    'diagnostics.readBundle': ({ id, name }) => ({ text: diagnostics.readBundle(id, name) }),
    'diagnostics.saveBundle': async ({ id }, caller) => {
      const path = await dialogs.saveAs(caller, `Dailies support ${localDay(Date.now())}.zip`);
      if (path === null) return false;
      await diagnostics.saveBundle(id, path);
      return true;
    },
  };
}
