import { describe, expect, it } from 'vitest';
import { promptParts, serialiseParts } from './promptParts';

describe('promptParts', () => {
  // Bug: text after the last chip, or between two adjoining chips, is lost on restart.
  it.each([
    '',
    'plain',
    '@{r1}',
    'a @{r1}@{r2} b',
    '@{r1} then\n@{r1}.',
    '邮箱 a@b.cn，@{r1}的船',
    '@{}',
    '{@{r1}}',
  ])('gives %j back unchanged', (prompt) => expect(serialiseParts(promptParts(prompt))).toBe(prompt));

  // Bug: an e-mail address or a lone @ becomes a chip.
  it('takes only whole marks for chips', () => {
    const mentions = promptParts('a@b.cn @{r1} @ {r2}').filter((part) => part.type === 'mention');
    expect(mentions).toEqual([{ type: 'mention', key: 'r1' }]);
  });
});
