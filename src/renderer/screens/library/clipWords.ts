// What the tiles of clips say in the language that is shown: asked for once, not again by each of thousands.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '@shared/domain/clip';
import { useFormat } from '../../i18n/useFormat';

export interface ClipWords {
  readonly missing: string;
  readonly proxy: string;
  readonly imported: string;
  readonly notYet: string;
  nameOf(clip: Clip): string;
  /** The name, the length, and what the marks on the picture say to the eye. */
  spokenName(clip: Clip): string;
  lengthOf(clip: Clip): string;
  /** Null: unknown. */
  costOf(clip: Clip): string | null;
}

/** The same object until the language changes: tiles that get it are not drawn again. */
export function useClipWords(): ClipWords {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const [untitled, comma, free] = [t('common.untitled'), t('common.comma'), t('common.free')];
    const flags = { kept: t('grid.kept'), rejected: t('grid.rejected') };
    const missing = t('grid.missing');
    const lengths = new Map<number, string>();
    const lengthOf = ({ seconds }: Clip): string => {
      const whole = Math.round(seconds);
      const known = lengths.get(whole) ?? t('grid.seconds', { value: format.number(whole) });
      lengths.set(whole, known);
      return known;
    };
    const nameOf = ({ title }: Clip): string => (title === '' ? untitled : title);
    return {
      missing,
      proxy: t('grid.proxy'),
      imported: t('grid.imported'),
      notYet: t('grid.notYet'),
      nameOf,
      spokenName: (clip) => {
        const parts = [nameOf(clip), lengthOf(clip)];
        if (clip.rating > 0) parts.push(t('grid.stars', { count: clip.rating }));
        if (clip.flag !== null) parts.push(flags[clip.flag]);
        if (clip.missing) parts.push(missing);
        return parts.join(comma);
      },
      lengthOf,
      costOf: ({ price, practice }) =>
        price !== null ? format.money(price.amount, price.currency) : practice ? free : null,
    };
  }, [t, format]);
}
