// The facts of a connection being entered: preset, name, address, consent. The key is not among them.
import { useState } from 'react';
import {
  PRESETS,
  readBaseUrl,
  type BaseUrlVerdict,
  type Connection,
  type PresetName,
} from '@shared/domain/connection';

export interface ConnectionFields {
  readonly preset: PresetName;
  readonly label: string;
  readonly baseUrl: string;
  readonly plainHttpAccepted: boolean;
}

export interface ConnectionForm {
  readonly fields: ConnectionFields;
  readonly verdict: BaseUrlVerdict;
  readonly needsConsent: boolean;
  /** As given; without one, the host of the address. */
  readonly name: string;
  readonly complete: boolean;
  change(change: Partial<ConnectionFields>): void;
  choosePreset(preset: PresetName, label: string): void;
  tryHttps(): void;
}

export function useConnectionForm(start: ConnectionFields): ConnectionForm {
  const [fields, setFields] = useState(start);
  const verdict = readBaseUrl(fields.baseUrl);
  const needsConsent = verdict.ok && verdict.plainHttp;
  const change = (next: Partial<ConnectionFields>): void =>
    setFields((now) => ({
      ...now,
      ...next,
      // Consent was given to one address.
      plainHttpAccepted: next.plainHttpAccepted ?? (next.baseUrl === undefined && now.plainHttpAccepted),
    }));
  return {
    fields,
    verdict,
    needsConsent,
    name: fields.label.trim() === '' ? hostOf(verdict) : fields.label.trim(),
    complete: verdict.ok && (!needsConsent || fields.plainHttpAccepted),
    change,
    choosePreset: (preset, label) =>
      change({ preset, label: preset === 'custom' ? '' : label, baseUrl: PRESETS[preset].baseUrl }),
    tryHttps: () => change({ baseUrl: fields.baseUrl.trim().replace(/^http:/i, 'https:') }),
  };
}

export function startFields(preset: PresetName, label: string): ConnectionFields {
  return { preset, label, baseUrl: PRESETS[preset].baseUrl, plainHttpAccepted: false };
}

export function fieldsOf({ preset, label, baseUrl, plainHttpAccepted }: Connection): ConnectionFields {
  return { preset, label, baseUrl, plainHttpAccepted };
}

function hostOf(verdict: BaseUrlVerdict): string {
  return verdict.ok ? new URL(verdict.url).host : '';
}
