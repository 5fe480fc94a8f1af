// Input methods: while text is being put together, keys are theirs and none of ours fires.

interface KeyEvent {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** What a key is called that an input method takes before `isComposing` is set. */
const TAKEN_BY_INPUT_METHOD = 229;

export function isComposing({ isComposing: composing, keyCode }: KeyEvent): boolean {
  return composing || keyCode === TAKEN_BY_INPUT_METHOD;
}

/**
 * Keeps the keys of a composition from every listener below and behind this window, also those of dialogs.
 * Called before anything else listens. Answers with the function that stops.
 */
export function guardComposition(target: Window): () => void {
  const early = (event: KeyboardEvent): void => {
    // The prompt's editor follows its composition by these keys.
    if (isComposing(event) && !isEditor(event.target)) event.stopPropagation();
  };
  const late = (event: KeyboardEvent): void => {
    if (isComposing(event)) event.stopImmediatePropagation();
  };
  target.addEventListener('keydown', early, { capture: true });
  target.addEventListener('keydown', late);
  return () => {
    target.removeEventListener('keydown', early, { capture: true });
    target.removeEventListener('keydown', late);
  };
}

function isEditor(target: EventTarget | null): boolean {
  return (target as Partial<HTMLElement> | null)?.isContentEditable === true;
}
