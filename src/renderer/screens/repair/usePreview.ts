// Where the window can play or show a file, once main has made sure that it can.
import { useEffect, useState } from 'react';
import type { ErrorRecord } from '@shared/contract/errors';
import { recordOf } from '../../stores/noticesStore';
import { useRepairs } from '../../stores/repairsStore';

export interface Preview {
  readonly address: string | null;
  readonly error: ErrorRecord | null;
  /** How far a copy is that has to be made first, 0 to 1; null while that is not known. */
  readonly done: number | null;
}

export function usePreview(id: string): Preview {
  const [state, setState] = useState<Omit<Preview, 'done'>>({ address: null, error: null });
  const done = useRepairs((repairs) => repairs.previews.get(id) ?? null);
  useEffect(() => {
    let over = false;
    const put = (next: Omit<Preview, 'done'>): void => {
      if (!over) setState(next);
    };
    useRepairs
      .getState()
      .preview(id)
      .then(
        (address) => put({ address, error: null }),
        (failure: unknown) => put({ address: null, error: recordOf(failure) }),
      );
    return () => {
      over = true;
    };
  }, [id]);
  return { ...state, done };
}
