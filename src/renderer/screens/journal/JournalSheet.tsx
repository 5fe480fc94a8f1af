// Everything that happened to one generation, step by step, to read and to copy for support.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '@shared/domain/generation';
import { copyText } from '../../client/clipboard';
import { CopyButton } from '../../components/button/CopyButton';
import { Dialog } from '../../components/dialog/Dialog';
import { Table } from '../../components/table/Table';
import { dayKey } from '../../i18n/format';
import { useFormat } from '../../i18n/useFormat';
import { useAppInfo } from '../../stores/appInfoStore';
import { useClips } from '../../stores/clipsStore';
import { useGenerations } from '../../stores/generationsStore';
import { attempt } from '../../stores/noticesStore';
import { useView } from '../../stores/viewStore';
import { nameOf } from '../library/nameOf';
import { gapOf, gapText, journalText, type JournalSubject } from './journalText';
import styles from './Journal.module.css';

export default function JournalSheet() {
  const id = useView((state) => state.journal);
  return id === null ? null : <Journal key={id} id={id} />;
}

function Journal({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const entries = useEntries(id);
  const subject = useSubject(id);
  const info = useAppInfo((state) => state.info);
  return (
    <Dialog title={t('journal.title')} onClose={() => useView.getState().openJournal(null)} size="medium">
      <div className={styles.head}>
        <p className="truncate muted" title={subject.title}>
          {subject.title}
        </p>
        <CopyButton
          words
          size="m"
          label={t('journal.copy')}
          onCopy={() => copyText(journalText(subject, entries ?? [], info))}
        />
      </div>
      {entries === null ? null : entries.length === 0 ? (
        <p className="muted">{t('journal.empty')}</p>
      ) : (
        <Steps entries={entries} />
      )}
    </Dialog>
  );
}

function Steps({ entries }: { readonly entries: readonly JournalEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table>
      <thead>
        <tr>
          <th scope="col" data-number>
            {t('journal.time')}
          </th>
          <th scope="col" data-number>
            {t('journal.gap')}
          </th>
          <th scope="col">{t('journal.step')}</th>
          <th scope="col">{t('journal.detail')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, index) => {
          const day = dayKey(entry.at);
          const sameDay = index > 0 && dayKey(entries[index - 1]?.at ?? '') === day;
          return (
            <tr key={`${entry.at}-${index}`}>
              <td className="num" data-number title={format.exact(entry.at)}>
                {sameDay ? null : <span className="muted">{format.shortDay(day)} </span>}
                <time dateTime={entry.at}>{format.moment(entry.at)}</time>
              </td>
              <td className="num muted" data-number>
                {gapText(gapOf(entries, index))}
              </td>
              <td>{t(`journal.steps.${entry.step}`)}</td>
              <td className="mono selectable muted" data-rest>
                {entry.detail}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Null until they are there. Asked for again with every change of the generation. */
function useEntries(id: string): readonly JournalEntry[] | null {
  const revision = useGenerations((state) => state.records.get(id)?.revision ?? 0);
  const [entries, setEntries] = useState<readonly JournalEntry[] | null>(null);
  useEffect(() => {
    let over = false;
    void attempt(async () => {
      const next = await useGenerations.getState().journal(id);
      if (!over) setEntries(next);
    });
    return () => {
      over = true;
    };
  }, [id, revision]);
  return entries;
}

/** Who the journal is about: a generation that goes on, or the one that made a clip. */
function useSubject(id: string): JournalSubject {
  const { t } = useTranslation();
  const generation = useGenerations((state) => state.records.get(id));
  const clip = useClips((state) => [...state.details.values()].find((item) => item.generationId === id));
  if (generation === undefined || generation.state === 'done') {
    const task = clip?.task ?? null;
    return {
      generationId: id,
      title: clip?.title ?? '',
      model: clip?.recipe?.model ?? null,
      connection: task === null ? null : `${task.connectionLabel}, ${task.baseUrl}`,
      taskId: task?.id ?? null,
      requestId: task?.requestId ?? null,
      state: 'done',
    };
  }
  const { recipe, connection, taskId, error, state } = generation;
  return {
    generationId: id,
    title: nameOf(generation, t),
    model: recipe.model,
    connection: `${connection.label}, ${connection.baseUrl}`,
    taskId,
    requestId: error?.detail.requestId ?? null,
    state,
  };
}
