// One file: picture, number, role, facts, where it goes, and what is wrong with it or being done to it.
import { ChevronDown, X } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useRef, type DragEvent, type KeyboardEvent } from 'react';
import type { DraftReference } from '@shared/domain/draft';
import type { Generation } from '@shared/domain/generation';
import type { Reference } from '@shared/domain/reference';
import { mediaUrl } from '../../client/mediaUrl';
import { CornerBadge } from '../../components/badge/CornerBadge';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuChoices } from '../../components/menu/Menu';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { isolated } from '../../i18n/isolated';
import { useFormat, type Format } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draftStore';
import { useRepairs } from '../../stores/repairsStore';
import { useKeys } from '../../stores/useKeys';
import { CardMenu } from './CardMenu';
import { CardTrouble } from './CardTrouble';
import { custodyWords } from './custodyWords';
import { chooseRole, roleChoices, type RoleChoice } from './roleChoices';
import type { DraftFacts } from './useDraftFacts';
import styles from './Tray.module.css';

interface ReferenceCardProps {
  readonly item: DraftReference;
  readonly facts: DraftFacts;
  /** A generation that ended over this very file, and was not dismissed. */
  readonly refusal: Generation | null;
  readonly dropMark: boolean;
  readonly onMove: (step: number) => void;
  readonly onAdjust: () => void;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
  readonly onDragEnd: () => void;
}

export function ReferenceCard(props: ReferenceCardProps) {
  const { item, facts, refusal, dropMark, onMove, onAdjust, ...drag } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const keys = useKeys();
  const { reference } = item;
  const card = useRef<HTMLLIElement>(null);
  const name = facts.names.get(item.key) ?? '';
  const working = useRepairs((state) => state.works.has(reference.id));
  const bad = !working && (facts.errorsOf.has(item.key) || refusal !== null);
  const remove = (): void => {
    focusBeside(card.current);
    removeReference(item);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const step = event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 1;
    if (event.altKey && event.key.startsWith('Arrow')) onMove(step);
    else if (event.key === 'Delete' || event.key === 'Backspace') remove();
    else return;
    event.preventDefault();
  };
  return (
    <li
      ref={card}
      className={styles.card}
      data-bad={bad || undefined}
      data-drop={dropMark || undefined}
      aria-label={`${name}, ${reference.name}`}
      aria-description={t('composer.moveHint', { keys: keys.text('Alt') })}
      tabIndex={0}
      draggable
      onKeyDown={onKeyDown}
      {...drag}
    >
      <div className={styles.inside}>
        <div className={styles.thumb}>
          <ReferenceThumb
            kind={reference.kind}
            src={reference.hasThumb ? mediaUrl('thumb', reference.id) : null}
            size="card"
          />
          {reference.seconds === undefined ? null : (
            <CornerBadge>{t('units.seconds', { value: format.fixed(reference.seconds, 1) })}</CornerBadge>
          )}
          <span className={styles.remove}>
            <IconButton icon={X} size="s" label={t('composer.removeFile', { name })} onClick={remove} />
          </span>
        </div>
        <div className={styles.words}>
          <div className={styles.line}>
            <span className={`truncate ${styles.name}`}>{name}</span>
            <RoleMenu item={item} facts={facts} name={name} />
          </div>
          <div className={styles.line}>
            <span className={`truncate muted ${styles.file}`} title={reference.name}>
              {factsOf(reference, format, t)}
            </span>
            <CardMenu item={item} name={name} onAdjust={onAdjust} onRemove={remove} />
          </div>
          <CustodyLine item={item} facts={facts} />
        </div>
      </div>
      <CardTrouble item={item} facts={facts} refusal={refusal} onRemove={remove} />
    </li>
  );
}

/** The next card has the focus when this one goes, or the place to add one. */
function focusBeside(card: HTMLLIElement | null): void {
  const list = card?.parentElement;
  const beside =
    card?.nextElementSibling ??
    card?.previousElementSibling ??
    list?.parentElement?.querySelector(':scope > [aria-haspopup="menu"]');
  if (beside instanceof HTMLElement) beside.focus();
}

/** What is being made from it is of no use any more. */
function removeReference({ key, reference }: DraftReference): void {
  useRepairs.getState().cancel(reference.id);
  useDraft.getState().removeReference(key);
}

function CustodyLine({ item, facts }: { readonly item: DraftReference; readonly facts: DraftFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const custody = facts.custody.get(item.key) ?? 'nowhere';
  const words = custodyWords(custody, item.reference, facts.custodySetting, t, format);
  return (
    <div className={styles.custody} title={words.full}>
      <Icon of={words.icon} size="xs" />
      <span className="truncate">{words.short}</span>
      {words.tail === null ? null : <span className={styles.tail}>{words.tail}</span>}
    </div>
  );
}

interface RoleMenuProps {
  readonly item: DraftReference;
  readonly facts: DraftFacts;
  readonly name: string;
}

function RoleMenu({ item, facts, name }: RoleMenuProps) {
  const { t } = useTranslation();
  const { draft, model, names } = facts;
  const choices = roleChoices(item, draft.references, model);
  const choose = (choice: RoleChoice | undefined): void => {
    if (choice !== undefined) useDraft.getState().setRoles(chooseRole(item, choice));
  };
  return (
    <Menu
      align="end"
      side="top"
      trigger={
        <button
          type="button"
          className={styles.role}
          aria-label={`${t('composer.role', { name })}: ${t(`roles.${item.role}`)}`}
        >
          {t(`roles.${item.role}`)}
          <Icon of={ChevronDown} size="xs" />
        </button>
      }
    >
      <MenuChoices
        value={item.role}
        choices={choices.map((choice) => ({
          value: choice.role,
          label: t(`roles.${choice.role}`),
          reason: choice.reason === null ? null : t(`roles.${choice.reason}`, { model: model?.label ?? '' }),
          note:
            choice.swapsWith !== null
              ? t('roles.swap', { other: names.get(choice.swapsWith) })
              : choices.length === 1
                ? t('roles.onlyRole')
                : undefined,
        }))}
        onChoose={(role) => choose(choices.find((choice) => choice.role === role))}
      />
    </Menu>
  );
}

function factsOf(reference: Reference, format: Format, t: TFunction): string {
  if (reference.source === 'url') return hostOf(reference.name);
  const name = reference.name === '' ? t('common.untitled') : reference.name;
  // What came out of a repair stands in its menu; its name would not fit beside the mark and the size.
  if (reference.derived !== undefined) return name;
  const size =
    reference.kind === 'audio' || reference.width === undefined
      ? format.bytes(reference.bytes)
      : `${reference.width}×${reference.height ?? 0}`;
  return `${isolated(name)} · ${size}`;
}

function hostOf(address: string): string {
  try {
    const { host, pathname } = new URL(address);
    return `${host}${pathname}`;
  } catch {
    return address;
  }
}
