// The places of the person's own: collections, tags and connections.
import { useTranslation } from 'react-i18next';
import { useCollections } from '../../stores/collectionsStore';
import { useConnections } from '../../stores/connectionsStore';
import { attempt } from '../../stores/noticesStore';
import { useView } from '../../stores/viewStore';
import type { PaletteEntry } from './entries';

interface Place extends PaletteEntry {
  readonly go: () => void;
}

/** `reason`: why none can be gone to now. */
export function usePlaces(reason: string | null): Place[] {
  const { t } = useTranslation();
  const collections = useCollections((state) => state.collections);
  const tags = useCollections((state) => state.counts?.tags);
  const connections = useConnections((state) => state.connections);
  const place = (id: string, name: string, group: string, go: () => void): Place => {
    const label = t('palette.goTo', { name });
    return { id, label, group, texts: [name, label, `${group} ${name}`], keys: null, reason, go };
  };
  return [
    ...collections.map(({ id, name }) =>
      place(`collection:${id}`, name, t('collections.title'), () =>
        useView.getState().show(`collection:${id}`),
      ),
    ),
    ...(tags ?? []).map(({ tag }) =>
      place(`tag:${tag}`, tag, t('tags.title'), () => useView.getState().showTag(tag)),
    ),
    ...connections.map(({ id, preset, label: given }) => {
      const name = preset === 'practice' ? t('connect.presetPractice') : given;
      const use = (): void => void attempt(() => useConnections.getState().choose(id));
      const entry = place(`connection:${id}`, name, t('palette.connection'), use);
      return { ...entry, label: t('palette.use', { name }) };
    }),
  ];
}
