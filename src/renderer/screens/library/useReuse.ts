// Puts a recipe into the composer and opens it.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recipe } from '@shared/domain/draft';
import { useDraft } from '../../stores/draftStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';

export function useReuse(): (recipe: Recipe) => void {
  const { t } = useTranslation();
  return useCallback(
    (recipe) => {
      useDraft.getState().replace(recipe);
      const { settings, update } = useSettings.getState();
      if (settings?.composerOpen === false) void attempt(() => update({ composerOpen: true }));
      useView.getState().focusPrompt();
      useNotices.getState().tell(t('actions.reused'));
    },
    [t],
  );
}
