// Says to who listens that a take is being made, and how it ended. Not every step: those stand in its tile.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEnded, type Generation } from '@shared/domain/generation';
import { useGenerations } from '../../stores/generationsStore';
import { nameOf } from '../library/nameOf';

const WORDS = {
  running: 'announce.running',
  done: 'announce.done',
  ended: 'announce.ended',
  unconfirmed: 'announce.unconfirmed',
} as const;
type Told = keyof typeof WORDS;

export function Announcer() {
  const { t } = useTranslation();
  const [told, setTold] = useState<{ readonly of: Generation; readonly what: Told } | null>(null);
  useEffect(
    () =>
      useGenerations.subscribe(({ records }, before) => {
        if (records === before.records) return;
        for (const generation of records.values()) {
          const earlier = before.records.get(generation.id);
          const what = toldOf(generation);
          // What was there at the start is no news.
          if (earlier === undefined || what === null || what === toldOf(earlier)) continue;
          setTold({ of: generation, what });
        }
      }),
    [],
  );
  return (
    <p role="status" className="hidden">
      {told === null ? '' : t(WORDS[told.what], { name: nameOf(told.of, t) })}
    </p>
  );
}

function toldOf({ state }: Generation): Told | null {
  if (state === 'running' || state === 'done' || state === 'unconfirmed') return state;
  return isEnded(state) ? 'ended' : null;
}
