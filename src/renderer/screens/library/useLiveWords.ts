// The words of one generation, as its progress and the clock go on.
import { useTranslation } from 'react-i18next';
import type { Generation } from '@shared/domain/generation';
import { useMinute } from '../../components/time/useNow';
import { useFormat } from '../../i18n/useFormat';
import { useConnections } from '../../stores/connectionsStore';
import { useGenerations } from '../../stores/generationsStore';
import { liveWords } from './liveWords';
import type { LiveWords } from './wordsShape';

export function useLiveWords(generation: Generation): LiveWords {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const progress = useGenerations((state) => state.progress.get(generation.id));
  const practice = useIsPractice(generation.connection.id);
  return liveWords(generation, { progress, practice, now }, t, format);
}

/** Whether the connection charges nothing. */
export function useIsPractice(connectionId: string): boolean {
  return useConnections((state) =>
    state.connections.some(({ id, currency }) => id === connectionId && currency === null),
  );
}
