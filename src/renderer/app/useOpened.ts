// Files that were opened with Dailies: videos are offered to the library or as references, the rest becomes references.
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, listen } from '../client/client';
import { useIntake } from '../stores/intakeStore';
import { attempt, useNotices } from '../stores/noticesStore';
import { useSettings } from '../stores/settingsStore';

/** Once the window stands: takes what waits, and what comes later. */
export function useOpened(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const take = (): void => void attempt(() => takeOpened(t));
    const stop = listen('app.opened', take);
    take();
    return stop;
  }, [t]);
}

/** Says once where a broken settings file or database was put. */
export function useSetAside(): void {
  const { t } = useTranslation();
  useEffect(() => {
    void attempt(async () => {
      const { settings, database } = await ask('app.takeSetAside', {});
      const { tell } = useNotices.getState();
      if (settings !== null) tell(t('setAside.settings', { name: settings }), undefined, true);
      if (database !== null) tell(t('setAside.database', { name: database }), undefined, true);
    });
  }, [t]);
}

async function takeOpened(t: TFunction): Promise<void> {
  const { videos, others, missing } = await ask('app.takeOpened', {});
  const { tell } = useNotices.getState();
  if (missing.length > 0)
    tell(t('opened.missingOf', { names: missing.join(t('common.comma')) }), undefined, true);
  if (videos.length > 0) {
    const ways = [
      {
        label: t('opened.action'),
        run: () => void attempt(() => ask('library.import', { paths: videos, mode: 'inPlace' })),
      },
    ];
    // Without a connection there is no composer to take it.
    if (useSettings.getState().settings?.activeConnectionId != null)
      ways.push({
        label: t('actions.useAsReference'),
        run: () => void attempt(() => addAsReferences(videos)),
      });
    tell(t('opened.import', { count: videos.length }), ways, true);
  }
  if (others.length > 0) await addAsReferences(others);
}

async function addAsReferences(paths: readonly string[]): Promise<void> {
  const { settings, update } = useSettings.getState();
  if (settings?.composerOpen === false) await update({ composerOpen: true });
  await useIntake.getState().addPaths(paths);
}
