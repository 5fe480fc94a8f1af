// One file: picture, number, role, facts, where it goes, and what is wrong with it.
import { ChevronDown, CircleAlert, HardDrive, Link, Paperclip, X, type LucideIcon } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DragEvent, KeyboardEvent } from 'react';
import type { DraftReference, Problem } from '@shared/domain/draft';
import type { Reference } from '@shared/domain/reference';
import { mediaUrl } from '../../client/mediaUrl';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuChoices } from '../../components/menu/Menu';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { problemText } from '../../i18n/problemText';
import { useFormat, type Format } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draftStore';
import { chooseRole, roleChoices, type RoleChoice } from './roleChoices';
import type { useDraftFacts } from './useDraftFacts';
import styles from './Tray.module.css';

interface ReferenceCardProps {
  readonly item: DraftReference;
  readonly facts: ReturnType<typeof useDraftFacts>;
  readonly dropMark: boolean;
  readonly onMove: (step: number) => void;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
  readonly onDragEnd: () => void;
}

export function ReferenceCard({ item, facts, dropMark, onMove, ...drag }: ReferenceCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reference } = item;
  const name = facts.names.get(item.key) ?? '';
  const problems = facts.ofReference.get(item.key) ?? [];
  const custody = custodyOf(reference, facts.connection?.canHostVideo ?? false, t);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const step = event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 1;
    if (event.altKey && event.key.startsWith('Arrow')) onMove(step);
    else if (event.key === 'Delete' || event.key === 'Backspace')
      useDraft.getState().removeReference(item.key);
    else return;
    event.preventDefault();
  };
  return (
    <li
      className={styles.card}
      data-bad={problems.length > 0 || undefined}
      data-drop={dropMark || undefined}
      aria-label={`${name}, ${reference.name}`}
      aria-description={t('composer.moveHint')}
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
            <span className={`num ${styles.length}`}>
              {t('units.seconds', { value: format.fixed(reference.seconds, 1) })}
            </span>
          )}
          <span className={styles.remove}>
            <IconButton
              icon={X}
              size="s"
              label={t('composer.removeFile', { name })}
              onClick={() => useDraft.getState().removeReference(item.key)}
            />
          </span>
        </div>
        <div className={styles.words}>
          <div className={styles.line}>
            <span className={`truncate ${styles.name}`}>{name}</span>
            <RoleMenu item={item} facts={facts} name={name} />
          </div>
          <div className={`truncate muted ${styles.file}`} title={reference.name}>
            {factsOf(reference, format, t)}
          </div>
          <div className={styles.custody} title={custody.full}>
            <Icon of={custody.icon} size="xs" />
            <span className="truncate">{custody.words}</span>
          </div>
        </div>
      </div>
      <Problems problems={problems} />
    </li>
  );
}

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems}>
      {problems.map((problem) => (
        <li key={problem.code}>
          <Icon of={CircleAlert} size="s" />
          <span>{problemText(problem, t, format)}</span>
        </li>
      ))}
    </ul>
  );
}

interface RoleMenuProps {
  readonly item: DraftReference;
  readonly facts: ReturnType<typeof useDraftFacts>;
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
  const size =
    reference.kind === 'audio' || reference.width === undefined
      ? format.bytes(reference.bytes)
      : `${reference.width}×${reference.height ?? 0}`;
  return `${reference.name === '' ? t('common.untitled') : reference.name} · ${size}`;
}

function hostOf(address: string): string {
  try {
    const { host, pathname } = new URL(address);
    return `${host}${pathname}`;
  } catch {
    return address;
  }
}

function custodyOf(
  { source, kind }: Reference,
  hosts: boolean,
  t: TFunction,
): { icon: LucideIcon; words: string; full: string } {
  const told = (icon: LucideIcon, words: string, full = words) => ({ icon, words, full });
  if (source === 'url') return told(Link, t('composer.fetched'));
  if (kind !== 'video') return told(Paperclip, t('composer.inside'));
  return hosts
    ? told(HardDrive, t('composer.herePracticeShort'), t('composer.herePractice'))
    : told(HardDrive, t('composer.here'));
}
