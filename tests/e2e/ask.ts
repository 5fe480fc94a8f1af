// Asks main as the page does, through its bridge.
import type { Page } from 'playwright-core';
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract/requests';

/** The answer's value; a refusal is thrown with its code. */
export async function ask<N extends RequestName>(
  page: Page,
  name: N,
  input: RequestInput<N>,
): Promise<RequestOutput<N>> {
  const answer = await page.evaluate(([asked, given]) => window.dailies.request(asked, given as never), [
    name,
    input,
  ] as const);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer.value as RequestOutput<N>;
}
