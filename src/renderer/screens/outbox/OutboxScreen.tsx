// What waits: every held take, what they cost together, and one yes.
import { Send } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { useFormat } from '../../i18n/useFormat';
import { useConnections } from '../../stores/connectionsStore';
import { heldGenerations, useGenerations } from '../../stores/generationsStore';
import { useKeys } from '../../stores/useKeys';
import { useView } from '../../stores/viewStore';
import { openComposer } from '../library/useReuse';
import library from '../library/LibraryScreen.module.css';
import { OutboxBar } from './OutboxBar';
import { OutboxRow } from './OutboxRow';
import styles from './Outbox.module.css';

export default function OutboxScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const records = useGenerations((state) => state.records);
  const held = useMemo(() => heldGenerations(records), [records]);
  // What was not chosen is remembered, so that a new one is chosen.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = held.filter(({ id }) => !left.has(id));
  const composing = useView((state) => state.lowComposerOpen);
  const free = useFreeConnections();
  const several = new Set(held.map(({ connection }) => connection.id)).size > 1;
  return (
    <>
      <header className={library.bar}>
        <h1 className={library.title}>{t('sidebar.outbox')}</h1>
        <span className="num muted">{format.number(held.length)}</span>
        <span className={library.gap} />
        {held.length === 0 ? null : (
          <Button
            variant="ghost"
            onClick={() => setLeft(chosen.length === 0 ? new Set() : new Set(held.map(({ id }) => id)))}
          >
            {chosen.length === 0 ? t('outbox.selectAll') : t('outbox.selectNone')}
          </Button>
        )}
      </header>
      {held.length === 0 ? (
        <EmptyOutbox />
      ) : (
        <>
          <div className={styles.scroll}>
            <p className={`muted ${styles.note}`}>{t('outbox.note')}</p>
            <ul aria-label={t('sidebar.outbox')}>
              {held.map((generation) => (
                <OutboxRow
                  key={generation.id}
                  generation={generation}
                  free={free.has(generation.connection.id)}
                  naming={several}
                  chosen={!left.has(generation.id)}
                  onChoose={(yes) => setLeft((known) => withOr(known, generation.id, !yes))}
                />
              ))}
            </ul>
          </div>
          <OutboxBar chosen={chosen} free={free} quiet={composing} />
        </>
      )}
    </>
  );
}

/** Connections that charge nothing. */
function useFreeConnections(): ReadonlySet<string> {
  const connections = useConnections((state) => state.connections);
  return useMemo(
    () => new Set(connections.filter(({ currency }) => currency === null).map(({ id }) => id)),
    [connections],
  );
}

function withOr(known: ReadonlySet<string>, id: string, has: boolean): ReadonlySet<string> {
  const next = new Set(known);
  if (has) next.add(id);
  else next.delete(id);
  return next;
}

function EmptyOutbox() {
  const { t } = useTranslation();
  const keys = useKeys();
  return (
    <div className={library.empty}>
      <Icon of={Send} size="l" />
      <p>{t('outbox.empty', { keys: keys.of('compose.hold') })}</p>
      <Button onClick={openComposer}>{t('grid.emptyAction')}</Button>
    </div>
  );
}
