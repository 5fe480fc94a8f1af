// A free test in flight, its answer, or what went wrong.
import { useState } from 'react';
import type { ErrorRecord } from '@shared/contract/errors';
import { recordOf } from '../../stores/noticesStore';

export type TestState<R> =
  | { readonly type: 'testing' }
  | { readonly type: 'answered'; readonly result: R }
  | { readonly type: 'failed'; readonly error: ErrorRecord };

export function useTest<R>(ask: () => Promise<R>): readonly [TestState<R> | null, () => void] {
  const [state, setState] = useState<TestState<R> | null>(null);
  const test = async (): Promise<void> => {
    setState({ type: 'testing' });
    try {
      setState({ type: 'answered', result: await ask() });
    } catch (error) {
      setState({ type: 'failed', error: recordOf(error) });
    }
  };
  return [state, () => void test()];
}
