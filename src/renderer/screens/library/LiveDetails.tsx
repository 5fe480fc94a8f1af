// What is known of a generation: the server's words, its ids, and the way to its journal.
import { useTranslation } from 'react-i18next';
import type { Generation } from '@shared/domain/generation';
import { copyText } from '../../client/clipboard';
import { ErrorDetails } from '../../components/details/ErrorDetails';
import { LiveAction } from './LiveAction';
import type { LiveActionName } from './wordsShape';

interface LiveDetailsProps {
  readonly generation: Generation;
  /** What else can be done, beside the journal. */
  readonly actions?: readonly LiveActionName[];
}

export function LiveDetails({ generation, actions = [] }: LiveDetailsProps) {
  const { t } = useTranslation();
  const { error, taskId, connection } = generation;
  const shown: readonly LiveActionName[] = ['journal', ...actions.filter((action) => action !== 'journal')];
  return (
    <ErrorDetails
      error={error}
      more={[
        ...(taskId === null ? [] : [[t('details.taskId'), taskId] as const]),
        [t('details.endpoint'), connection.baseUrl],
      ]}
      onCopy={copyText}
    >
      {shown.map((action) => (
        <LiveAction key={action} generation={generation} action={action} />
      ))}
    </ErrorDetails>
  );
}
