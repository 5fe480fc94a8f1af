// What it costs, what holds it back, and the one amber button.
import { CircleAlert } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Popover } from '../../components/popover/Popover';
import { useFormat } from '../../i18n/useFormat';
import { useAppInfo } from '../../stores/appInfoStore';
import { draftInputOf, useDraft } from '../../stores/draftStore';
import { useGenerations } from '../../stores/generationsStore';
import { attempt } from '../../stores/noticesStore';
import { useView } from '../../stores/viewStore';
import { PriceFormula } from './PriceFormula';
import type { Facts } from './ParameterBar';
import { obstacleOf, type Obstacle } from './useDraftFacts';
import styles from './ParameterBar.module.css';

export function GenerateBlock({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const mac = useAppInfo((state) => state.info?.platform === 'darwin');
  const reasonId = useId();
  const [sending, setSending] = useState(false);
  const obstacle = obstacleOf(facts);
  const blocked = obstacle !== null || sending;
  const connectionId = facts.connection?.id ?? null;

  const generate = async (): Promise<void> => {
    if (blocked || connectionId === null) return;
    setSending(true);
    await attempt(async () => {
      const draft = draftInputOf(useDraft.getState().draft);
      const generation = await useGenerations.getState().create(draft, connectionId);
      useView.getState().select({ type: 'generation', id: generation.id });
    });
    setSending(false);
  };
  useSendKeys(() => void generate());

  return (
    <>
      <div className={styles.price}>
        <Price facts={facts} quiet={obstacle !== null} />
        {obstacle === null ? null : <Why id={reasonId} obstacle={obstacle} />}
      </div>
      <Button
        variant="primary"
        size="l"
        className={styles.generate}
        disabled={blocked}
        aria-describedby={obstacle === null ? undefined : reasonId}
        aria-keyshortcuts={mac ? 'Meta+Enter' : 'Control+Enter'}
        onClick={() => void generate()}
      >
        {t('composer.generate')}
        <span className={styles.shortcut} aria-hidden>
          {mac ? '⌘ ↵' : 'Ctrl ↵'}
        </span>
      </Button>
    </>
  );
}

function Price({ facts, quiet }: { readonly facts: Facts; readonly quiet: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { estimate, connection } = facts;
  const tokens = estimate === null ? null : t('units.tokens', { value: format.range(estimate.tokens) });
  const price = estimate?.price ?? null;
  const main =
    price !== null
      ? t('units.about', { value: format.moneyRange(price, price.currency) })
      : connection !== null && connection.currency === null
        ? t('common.free')
        : t('composer.priceUnknown');
  return (
    <Popover
      label={t('composer.priceHow')}
      align="end"
      trigger={
        <button type="button" className={styles.priceButton} title={t('composer.priceHow')}>
          <b className="num">{main}</b>
          {tokens === null ? null : (
            <span className={`num ${styles.tokens}`} data-inline={quiet || undefined}>
              {tokens}
            </span>
          )}
        </button>
      }
    >
      <PriceFormula facts={facts} />
    </Popover>
  );
}

function Why({ id, obstacle }: { readonly id: string; readonly obstacle: Obstacle }) {
  const { t } = useTranslation();
  const open = useView((state) => state.openSettings);
  switch (obstacle.type) {
    case 'noConnection':
      return (
        <button type="button" id={id} className={styles.why} data-link onClick={() => open('connections')}>
          {t('composer.noConnection')}
        </button>
      );
    case 'noKey':
      return (
        <button
          type="button"
          id={id}
          className={styles.why}
          data-link
          onClick={() => open('connections', obstacle.connectionId)}
        >
          {t('composer.noKey', { name: obstacle.name })}
        </button>
      );
    case 'write':
      return (
        <span id={id} className={styles.why} data-soft>
          {t('composer.write')}
        </span>
      );
    case 'references':
    case 'fixThis':
      return (
        <span id={id} className={styles.why}>
          <Icon of={CircleAlert} size="xs" className={styles.alert} />
          {obstacle.type === 'references'
            ? t('composer.fixReferences', { count: obstacle.count })
            : t('composer.fixThis')}
        </span>
      );
  }
}

/** Ctrl or Command with Enter, from anywhere but an open dialog. */
function useSendKeys(send: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat)
        return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      send();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
}
