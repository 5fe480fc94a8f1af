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
      openComposer();
      useNotices.getState().tell(t('actions.reused'));
    },
    [t],
  );
}

/** Opens the composer where it is collapsed, and puts the caret into the prompt. */
export function openComposer(): void {
  const { settings, update } = useSettings.getState();
  if (settings?.composerOpen === false) void attempt(() => update({ composerOpen: true }));
  const view = useView.getState();
  view.setLowComposerOpen(true);
  view.focusPrompt();
}
