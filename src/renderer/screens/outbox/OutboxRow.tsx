// One take that waits: its files, its words, why it waits, and what it would cost.
import {
  Ellipsis,
  Hourglass,
  SquarePen,
  TextQuote,
  Trash2,
  Wallet,
  WifiOff,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DraftReference } from '@shared/domain/draft';
import type { Generation, HeldReason } from '@shared/domain/generation';
import { findModel } from '@shared/domain/models';
import { mediaUrl } from '../../client/mediaUrl';
import { CornerBadge } from '../../components/badge/CornerBadge';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Checkbox } from '../../components/field/Field';
import { Menu, MenuItem } from '../../components/menu/Menu';
import { PromptText } from '../../components/prompt/PromptText';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { useFormat } from '../../i18n/useFormat';
import { chipFacts } from '../../i18n/words';
import { useGenerations } from '../../stores/generationsStore';
import { attempt } from '../../stores/noticesStore';
import { nameOf } from '../library/nameOf';
import { useReuse } from '../library/useReuse';
import styles from './Outbox.module.css';

interface OutboxRowProps {
  readonly generation: Generation;
  readonly free: boolean;
  /** Takes for several connections wait: each says for which. */
  readonly naming: boolean;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

const THUMBS = 2;
const REASON_ICONS: Record<HeldReason, LucideIcon> = {
  by_hand: Hourglass,
  offline: WifiOff,
  budget: Wallet,
};

export function OutboxRow({ generation, free, naming, chosen, onChoose }: OutboxRowProps) {
  const { t } = useTranslation();
  const { recipe } = generation;
  const name = nameOf(generation, t);
  return (
    <li className={styles.row} aria-label={name}>
      <Checkbox quiet label={t('outbox.choose', { name })} checked={chosen} onChange={onChoose} />
      <Thumbs references={recipe.references} />
      <p className={styles.prompt}>
        {recipe.prompt === '' ? (
          <span className="muted">{t('inspector.noPrompt')}</span>
        ) : (
          <PromptText
            prompt={recipe.prompt}
            chips={chipFacts(recipe.references, t, (id) => mediaUrl('thumb', id))}
          />
        )}
      </p>
      <Facts generation={generation} naming={naming} />
      <Cost generation={generation} free={free} />
      <RowMenu generation={generation} name={name} />
    </li>
  );
}

function Thumbs({ references }: { readonly references: readonly DraftReference[] }) {
  const more = references.length - THUMBS;
  if (references.length === 0)
    return (
      <span className={styles.thumbs} aria-hidden>
        <span className={styles.words}>
          <Icon of={TextQuote} />
        </span>
      </span>
    );
  return (
    <span className={styles.thumbs} aria-hidden>
      {references.slice(0, THUMBS).map(({ key, reference }) => (
        <ReferenceThumb
          key={key}
          kind={reference.kind}
          src={reference.hasThumb ? mediaUrl('thumb', reference.id) : null}
          size="fill"
        />
      ))}
      {more > 0 ? <CornerBadge>+{more}</CornerBadge> : null}
    </span>
  );
}

function Facts({ generation, naming }: Pick<OutboxRowProps, 'generation' | 'naming'>) {
  const { t } = useTranslation();
  const { recipe, connection } = generation;
  const { ratio, resolution, duration } = recipe.parameters;
  const model = findModel(recipe.model)?.label.replace(/^Seedance /, '') ?? recipe.model;
  const rest = [
    ratio === 'adaptive' ? t('composer.adaptive') : ratio,
    resolution,
    duration === -1 ? t('composer.auto') : t('units.seconds', { value: duration }),
  ].join(' · ');
  return (
    <div className={styles.facts}>
      <p className={`num ${styles.spec}`} title={`${model} · ${rest}`}>
        <span className="truncate">{model}</span>
        <span>&nbsp;· {rest}</span>
      </p>
      <Reason generation={generation} />
      {naming ? <p className="muted truncate">{connection.label}</p> : null}
    </div>
  );
}

function Reason({ generation }: { readonly generation: Generation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { heldSince, createdAt } = generation;
  const reason = generation.heldReason ?? 'by_hand';
  const words = t(`heldReasons.${reason}`, { time: format.time(heldSince ?? createdAt) });
  return (
    <p className={styles.reason} title={words}>
      <Icon of={REASON_ICONS[reason]} size="xs" />
      <span className="truncate">{words}</span>
    </p>
  );
}

function Cost({ generation, free }: Pick<OutboxRowProps, 'generation' | 'free'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { estimate } = generation;
  const price = estimate?.price ?? null;
  return (
    <div className={`num ${styles.cost}`}>
      {free ? (
        <b>{t('common.free')}</b>
      ) : price === null ? (
        <span className={styles.unknown}>{t('composer.priceUnknown')}</span>
      ) : (
        <b>{t('units.about', { value: format.moneyRange(price, price.currency) })}</b>
      )}
      {estimate === null ? null : (
        <span className="meta">{t('units.tokens', { value: format.range(estimate.tokens) })}</span>
      )}
    </div>
  );
}

function RowMenu({ generation, name }: { readonly generation: Generation; readonly name: string }) {
  const { t } = useTranslation();
  const reuse = useReuse();
  const { id, recipe } = generation;
  const discard = (): Promise<boolean> => attempt(() => useGenerations.getState().discard(id), name);
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('outbox.moreOf', { name })} />}>
      <MenuItem
        icon={SquarePen}
        label={t('outbox.edit')}
        note={t('outbox.editNote')}
        onSelect={() => void discard().then((gone) => gone && reuse(recipe))}
      />
      <MenuItem icon={Trash2} label={t('common.remove')} danger onSelect={() => void discard()} />
    </Menu>
  );
}
