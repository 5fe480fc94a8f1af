// The draft in the composer: the window's own, kept across restarts.
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { DraftInput } from '@shared/contract/requests';
import {
  adaptParameters,
  defaultParameters,
  defaultRole,
  type Draft,
  type DraftReference,
  type Parameters,
} from '@shared/domain/draft';
import { DEFAULT_MODEL_ID, findModel, MODELS, ROLES_OF_KIND, type Role } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';

interface DraftState {
  readonly draft: Draft;
  setPrompt(prompt: string): void;
  addReferences(references: readonly Reference[]): void;
  removeReference(key: string): void;
  /** Takes the chips that point nowhere out of the prompt. */
  dropDanglingChips(): void;
  move(key: string, to: number): void;
  /** Another file in the same slot: its chips and, where the kind allows it, its role stay. */
  replaceReference(key: string, reference: Reference): void;
  /** The first frame becomes the last one, and takes its place in the order too. */
  swapFrames(): void;
  setRoles(roles: ReadonlyMap<string, Role>): void;
  setModel(model: string): void;
  setParameters(change: Partial<Parameters>): void;
  replace(draft: Draft): void;
  /** As `replace`; sending the same request once more is what is meant by it. */
  vary(draft: Draft): void;
  /** Whether the draft is still what `vary` made of it; true only once. */
  takeVariation(): boolean;
}

const FIRST_MODEL = findModel(DEFAULT_MODEL_ID) ?? MODELS[0];

export const EMPTY_DRAFT: Draft = {
  prompt: '',
  references: [],
  model: DEFAULT_MODEL_ID,
  parameters: FIRST_MODEL === undefined ? ({} as Parameters) : defaultParameters(FIRST_MODEL),
};

export const useDraft = create<DraftState>()(
  persist(
    (set, get) => {
      let variation: string | null = null;
      const change = (edit: (draft: Draft) => Draft): void => {
        set(({ draft }) => ({ draft: edit(draft) }));
      };
      return {
        draft: EMPTY_DRAFT,
        setPrompt: (prompt) => change((draft) => ({ ...draft, prompt })),
        addReferences: (references) =>
          change((draft) => ({ ...draft, references: withAdded(draft, references) })),
        removeReference: (key) =>
          change((draft) => ({
            ...draft,
            prompt: withoutChips(draft.prompt, (candidate) => candidate === key),
            references: draft.references.filter((item) => item.key !== key),
          })),
        dropDanglingChips: () =>
          change((draft) => {
            const keys = new Set(draft.references.map((item) => item.key));
            return { ...draft, prompt: withoutChips(draft.prompt, (key) => !keys.has(key)) };
          }),
        move: (key, to) => change((draft) => ({ ...draft, references: moved(draft.references, key, to) })),
        replaceReference: (key, reference) =>
          change((draft) => ({ ...draft, references: replaced(draft.references, key, reference) })),
        swapFrames: () => change((draft) => ({ ...draft, references: swapped(draft.references) })),
        setRoles: (roles) =>
          change((draft) => ({
            ...draft,
            references: draft.references.map((item) => ({ ...item, role: roles.get(item.key) ?? item.role })),
          })),
        setModel: (model) =>
          change((draft) => {
            const spec = findModel(model);
            const parameters =
              spec === undefined ? draft.parameters : adaptParameters(draft.parameters, spec);
            return { ...draft, model, parameters };
          }),
        setParameters: (parameters) =>
          change((draft) => ({ ...draft, parameters: { ...draft.parameters, ...parameters } })),
        replace: ({ prompt, references, model, parameters }) =>
          change(() => ({ prompt, references, model, parameters })),
        vary: (draft) => {
          get().replace(draft);
          variation = JSON.stringify(draftInputOf(draft));
        },
        takeVariation: () => {
          const same = variation === JSON.stringify(draftInputOf(get().draft));
          variation = null;
          return same;
        },
      };
    },
    { name: 'dailies.draft', version: 1, partialize: ({ draft }) => ({ draft }) },
  ),
);

/** The draft as main takes it: references by id. */
export function draftInputOf({ prompt, references, model, parameters }: Draft): DraftInput {
  return {
    prompt,
    references: references.map(({ key, reference, role }) => ({ key, referenceId: reference.id, role })),
    model,
    parameters: { ...parameters },
  };
}

function withAdded(draft: Draft, references: readonly Reference[]): DraftReference[] {
  const present = [...draft.references];
  const model = findModel(draft.model);
  for (const reference of references) {
    // The same file twice would be sent and paid for twice.
    if (present.some((item) => item.reference.id === reference.id)) continue;
    present.push({ key: newKey(present), reference, role: defaultRole(reference.kind, present, model) });
  }
  return present;
}

function newKey(present: readonly DraftReference[]): string {
  let number = present.length + 1;
  while (present.some((item) => item.key === `r${number}`)) number += 1;
  return `r${number}`;
}

function withoutChips(prompt: string, drop: (key: string) => boolean): string {
  return prompt
    .replace(/ ?@\{([^{}]+)\}/g, (whole, key: string) => (drop(key) ? '' : whole))
    .replace(/^ +/, '');
}

export function replaced(
  references: readonly DraftReference[],
  key: string,
  reference: Reference,
): readonly DraftReference[] {
  // The same file twice would be sent and paid for twice.
  if (references.some((item) => item.key !== key && item.reference.id === reference.id)) return references;
  return references.map((item) => {
    if (item.key !== key) return item;
    const fits = ROLES_OF_KIND[reference.kind].includes(item.role);
    return { key, reference, role: fits ? item.role : `reference_${reference.kind}` };
  });
}

export function swapped(references: readonly DraftReference[]): readonly DraftReference[] {
  const first = references.find(({ role }) => role === 'first_frame');
  const last = references.find(({ role }) => role === 'last_frame');
  if (first === undefined || last === undefined) return references;
  return references.map((item) => {
    if (item === first) return { ...last, role: first.role };
    return item === last ? { ...first, role: last.role } : item;
  });
}

export function moved(references: readonly DraftReference[], key: string, to: number): DraftReference[] {
  const from = references.findIndex((item) => item.key === key);
  const next = [...references];
  const [item] = from < 0 ? [] : next.splice(from, 1);
  if (item === undefined) return next;
  next.splice(Math.max(0, Math.min(to, next.length)), 0, item);
  return next;
}
