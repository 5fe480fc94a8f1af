// What can be made of a clip: the next shot, a variation, or a reference for the draft in the composer.
import { useTranslation } from 'react-i18next';
import type { Clip, ClipDetail } from '@shared/domain/clip';
import type { Span } from '@shared/domain/repair';
import { useFormat } from '../../i18n/useFormat';
import { useClips } from '../../stores/clipsStore';
import { EMPTY_DRAFT, useDraft } from '../../stores/draftStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { openComposer } from '../library/useReuse';
import { continuationOf } from './continuation';
import { useVary } from './useVary';

export interface ClipActions {
  continueLast(): void;
  /** Null: it is not known how the clip was made. */
  readonly vary: (() => void) | null;
  /** @param moment seconds from the start. */
  takeFrame(moment: number): void;
  takeRange(span: Span): Promise<boolean>;
  takeWhole(): void;
}

export function useClipActions(
  clip: Pick<Clip, 'id' | 'title'>,
  detail: ClipDetail | undefined,
): ClipActions {
  const { t } = useTranslation();
  const format = useFormat();
  const vary = useVary();
  const recipe = detail?.recipe ?? null;
  const { id: clipId, title } = clip;
  const at = (seconds: number): string => t('units.seconds', { value: format.fixed(seconds, 2) });
  const said = (words: string): void => {
    openComposer();
    useNotices.getState().tell(words);
  };
  const take = (input: { moment?: number; span?: Span }, words: string): Promise<boolean> =>
    attempt(async () => {
      const reference = await useClips.getState().asReference({ clipId, ...input });
      useDraft.getState().addReferences([reference]);
      said(words);
    }, title);
  return {
    continueLast: () =>
      void attempt(async () => {
        const frame = await useClips.getState().asReference({ clipId, moment: 'last' });
        const { replace, dropDanglingChips, draft } = useDraft.getState();
        // A clip of unknown making continues with what the composer is set to.
        replace(continuationOf(recipe ?? { ...draft, prompt: EMPTY_DRAFT.prompt }, frame));
        dropDanglingChips();
        said(t('actions.continued'));
      }, title),
    vary: recipe === null ? null : () => vary(recipe),
    takeFrame: (moment) => void take({ moment }, t('actions.frameUsed', { time: at(moment) })),
    takeRange: (span) => take({ span }, t('actions.rangeUsed', { from: at(span.from), to: at(span.to) })),
    takeWhole: () => void take({}, t('actions.usedAsReference')),
  };
}
