// What it costs, what holds it back, and the one amber button.
import { ChevronUp, CircleAlert, Inbox, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSheetOpen } from '../../components/windowKeys';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuItem } from '../../components/menu/Menu';
import { Popover } from '../../components/popover/Popover';
import { budgetUse, committed, passesBudget } from '../../i18n/budgetText';
import { useFormat } from '../../i18n/useFormat';
import { totalOf } from '../../stores/costTotal';
import { useCommands } from '../../stores/commandsStore';
import { draftInputOf, useDraft } from '../../stores/draftStore';
import { useGenerations } from '../../stores/generationsStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { sendWithQuestions } from '../../stores/questionsStore';
import { monthOf, useSpend } from '../../stores/spendStore';
import { useKeys } from '../../stores/useKeys';
import { useView } from '../../stores/viewStore';
import { PriceFormula } from './PriceFormula';
import type { Facts } from './ParameterBar';
import { obstacleOf, type Obstacle } from './useDraftFacts';
import styles from './ParameterBar.module.css';

export function GenerateBlock({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const keys = useKeys();
  const reasonId = useId();
  const obstacle = obstacleOf(facts);
  const overBudget = useOverBudget(facts);
  const { sending, send } = useSend(facts);
  const blocked = obstacle !== null || sending;
  // What cannot be sent for want of a key can still wait for it.
  const unholdable = sending || (obstacle !== null && obstacle.type !== 'noKey');
  const generate = (): void => void (blocked || send(false));
  const hold = (): void => void (unholdable || send(true));
  useSendKeys(generate, hold);

  return (
    <>
      <div className={styles.price}>
        <Price facts={facts} quiet={obstacle !== null || overBudget !== null} />
        {obstacle !== null ? (
          <Why id={reasonId} obstacle={obstacle} />
        ) : overBudget === null ? null : (
          <span className={styles.why} role="status" title={overBudget}>
            <Icon of={TriangleAlert} size="xs" className={styles.warning} />
            {t('budget.over')}
          </span>
        )}
      </div>
      <div className={styles.generateGroup}>
        <Button
          variant="primary"
          size="l"
          className={styles.generate}
          disabled={blocked}
          aria-describedby={obstacle === null ? undefined : reasonId}
          aria-keyshortcuts={keys.ariaOf('compose.generate')}
          onClick={generate}
        >
          {t('composer.generate')}
          <span className={styles.shortcut} aria-hidden>
            {keys.of('compose.generate')}
          </span>
        </Button>
        <Menu
          align="end"
          side="top"
          label={t('composer.otherWays')}
          trigger={
            <Button
              variant="primary"
              size="l"
              className={styles.otherWays}
              disabled={unholdable}
              aria-label={t('composer.otherWays')}
            >
              <Icon of={ChevronUp} size="s" />
            </Button>
          }
        >
          <MenuItem
            icon={Inbox}
            label={t('composer.intoOutbox')}
            note={t('composer.intoOutboxNote', { keys: keys.of('compose.hold') })}
            onSelect={hold}
          />
        </Menu>
      </div>
    </>
  );
}

/** Sends the draft, or puts it into the outbox; asks where main wants a yes. */
function useSend(facts: Facts): { readonly sending: boolean; readonly send: (hold: boolean) => void } {
  const { t } = useTranslation();
  const [sending, setSending] = useState(false);
  const connectionId = facts.connection?.id ?? null;
  const cost = totalOf([{ estimate: facts.estimate, free: facts.connection?.currency === null }]);
  const send = async (hold: boolean): Promise<void> => {
    if (connectionId === null) return;
    setSending(true);
    const draft = draftInputOf(useDraft.getState().draft);
    const meant = useDraft.getState().takeVariation();
    const { create } = useGenerations.getState();
    await attempt(async () => {
      const made = await sendWithQuestions({
        send: (confirmed) => create(draft, connectionId, { hold, confirmed }),
        hold: hold ? null : () => create(draft, connectionId, { hold: true }),
        cost,
        confirmed: meant ? ['duplicate'] : [],
      });
      if (made === null) return;
      useView.getState().select({ type: 'generation', id: made.id });
      if (made.state === 'held')
        useNotices
          .getState()
          .tell(t(made.heldReason === 'offline' ? 'outbox.addedOffline' : 'outbox.added'), {
            label: t('outbox.show'),
            run: () => useView.getState().show('outbox'),
          });
    });
    setSending(false);
  };
  return { sending, send: (hold) => void send(hold) };
}

/** In full words, where this take would pass the month's budget. */
function useOverBudget(facts: Facts): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  const spend = useSpend((state) => state.spend);
  const currency = facts.connection?.currency ?? null;
  const month = monthOf(spend, currency);
  if (spend === null || month === null || currency === null) return null;
  if (!passesBudget(month, facts.estimate?.price?.max ?? null)) return null;
  const passes = t('questions.budget', { month: format.month(spend.month) });
  const values = { spent: committed(month), budget: month.budget ?? 0, currency };
  const use = budgetUse(values, t, format);
  return use === null ? passes : t('questions.budgetUse', { passes, use });
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

/** Ctrl or Command with Enter, from anywhere but an open dialog; with Alt or Shift it only holds. */
function useSendKeys(send: () => void, hold: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = event.ctrlKey || event.metaKey;
      if (event.key !== 'Enter' || !(command || event.altKey) || event.repeat) return;
      if (isSheetOpen()) return;
      event.preventDefault();
      if (event.altKey || event.shiftKey) hold();
      else send();
    };
    window.addEventListener('keydown', onKeyDown);
    const stop = useCommands.subscribe(({ sends, holds }, before) => {
      if (sends !== before.sends) send();
      if (holds !== before.holds) hold();
    });
    return () => {
      stop();
      window.removeEventListener('keydown', onKeyDown);
    };
  });
}
