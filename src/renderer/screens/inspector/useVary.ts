// Puts a variation of a recipe into the composer and says so.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recipe } from '@shared/domain/draft';
import { useDraft } from '../../stores/draftStore';
import { useNotices } from '../../stores/noticesStore';
import { openComposer } from '../library/useReuse';
import { variationOf } from './continuation';

export function useVary(): (recipe: Recipe) => void {
  const { t } = useTranslation();
  return useCallback(
    (recipe) => {
      const variation = variationOf(recipe);
      useDraft.getState().vary(variation);
      openComposer();
      const free = variation.parameters.seed === null;
      useNotices.getState().tell(free ? t('actions.variationMadeFree') : t('actions.variationMade'));
    },
    [t],
  );
}
