// What can be done about a generation, with the questions that stand before it.
import { useTranslation } from 'react-i18next';
import type { Generation } from '@shared/domain/generation';
import { useConnections } from '../../stores/connectionsStore';
import { totalOf } from '../../stores/costTotal';
import { useGenerations } from '../../stores/generationsStore';
import { attempt } from '../../stores/noticesStore';
import { sendWithQuestions, useQuestions } from '../../stores/questionsStore';
import { useView } from '../../stores/viewStore';
import { useIsPractice } from './useLiveWords';
import { useReuse } from './useReuse';
import type { LiveActionName } from './wordsShape';

export interface LiveAct {
  readonly label: string;
  readonly run: () => void;
}

export function useLiveActions(generation: Generation): Record<LiveActionName, LiveAct> {
  const { t } = useTranslation();
  const reuse = useReuse();
  const free = useIsPractice(generation.connection.id);
  const { id, title, recipe, connection } = generation;
  const looked = generation.state === 'lost' || generation.error?.detail.values !== undefined;
  const trying = (action: () => Promise<unknown>) => (): void => void attempt(action, title);
  return {
    enterKey: {
      label: t('actions.enterKey'),
      run: () => useView.getState().openSettings('connections', connection.id),
    },
    lookFor: {
      label: looked ? t('actions.lookAgain') : t('actions.lookFor'),
      run: trying(() => useGenerations.getState().lookFor(id)),
    },
    sendAgain: { label: t('actions.sendAgain'), run: trying(() => sendAgain(generation, free)) },
    forget: { label: t('actions.forget'), run: trying(() => forget(id)) },
    reuse: { label: t('actions.reuse'), run: () => reuse(recipe) },
    library: { label: t('actions.openLibrary'), run: () => useView.getState().openSettings('library') },
    connections: {
      label: t('actions.openConnections'),
      run: () => useView.getState().openSettings('connections'),
    },
    hosting: { label: t('actions.openHosting'), run: () => useView.getState().openSettings('hosting') },
    diagnostics: {
      label: t('actions.openDiagnostics'),
      run: () => useView.getState().openSettings('diagnostics'),
    },
    journal: {
      label: generation.state === 'lost' ? t('actions.whatIsKnown') : t('journal.title'),
      run: () => useView.getState().openJournal(id),
    },
    outbox: { label: t('outbox.show'), run: () => useView.getState().show('outbox') },
    startPractice: {
      label: t('actions.startPractice'),
      // The free test starts it.
      run: trying(() => useConnections.getState().test(connection.id)),
    },
  };
}

async function sendAgain({ id, state, estimate }: Generation, free: boolean): Promise<void> {
  const cost = totalOf([{ estimate, free }]);
  const paidTwice = state === 'unconfirmed' || state === 'lost';
  if (paidTwice) {
    const question = {
      type: 'sendAgain',
      cost: free ? null : cost,
      values: { state },
      canHold: false,
    } as const;
    if ((await useQuestions.getState().ask(question)) !== 'yes') return;
  }
  const made = await sendWithQuestions({
    send: (confirmed) => useGenerations.getState().sendAgain(id, confirmed),
    hold: null,
    cost,
    // Sending the same again is what was asked for.
    confirmed: ['duplicate'],
  });
  if (made !== null) useView.getState().select({ type: 'generation', id: made.id });
}

export async function forget(id: string): Promise<void> {
  const question = { type: 'forget', cost: null, values: {}, canHold: false } as const;
  if ((await useQuestions.getState().ask(question)) === 'yes') await useGenerations.getState().dismiss(id);
}
