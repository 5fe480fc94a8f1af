// Puts a recipe into the composer and opens it.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recipe } from '@shared/domain/draft';
import { useClips } from '../../stores/clipsStore';
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

/** Does something with a clip's recipe; says so where it is not known how the clip was made. */
export function useWithRecipe(): (id: string, act: (recipe: Recipe) => void) => Promise<void> {
  const { t } = useTranslation();
  return useCallback(
    async (id, act) => {
      if (!useClips.getState().details.has(id)) await useClips.getState().loadDetail(id);
      const recipe = useClips.getState().details.get(id)?.recipe ?? null;
      if (recipe === null) useNotices.getState().tell(t('inspector.noRecipe'));
      else act(recipe);
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
