// Every command and place by typing a part of its name. The box keeps the focus, the arrows choose.
import { Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isCommandId, type CommandFacts } from '@shared/domain/commands';
import type { Language } from '@shared/domain/settings';
import { commandWords } from '@shared/words/commandWords';
import { Icon } from '../../components/button/Icon';
import { useAppInfo } from '../../stores/appInfoStore';
import { useCommands } from '../../stores/commandsStore';
import { useKeys } from '../../stores/useKeys';
import { commandEntries, foundEntries, type PaletteEntry } from './entries';
import { usePlaces } from './usePlaces';
import { useRunCommand } from './useRunCommand';
import styles from './Palette.module.css';

export function Palette({ facts }: { readonly facts: CommandFacts }) {
  const { t } = useTranslation();
  const [opener] = useState(() => document.activeElement);
  /** Runs once the palette has gone and the focus is back: what it opens keeps the focus. */
  const chosen = useRef<(() => void) | null>(null);
  const close = (): void => useCommands.getState().open(null);
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.veil} />
        <Radix.Content
          className={styles.palette}
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
            chosen.current?.();
          }}
        >
          <Radix.Title className="hidden">{t('palette.title')}</Radix.Title>
          <Finder
            facts={facts}
            onChoose={(run) => {
              chosen.current = run;
              close();
            }}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface FinderProps {
  readonly facts: CommandFacts;
  readonly onChoose: (run: () => void) => void;
}

function Finder({ facts, onChoose }: FinderProps) {
  const { t } = useTranslation();
  const entries = useEntries(facts);
  const run = useRunCommand();
  const recent = useCommands((state) => state.recent);
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState(0);
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const found = foundEntries(entries.all, typed, recent);
  const at = Math.min(picked, found.length - 1);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined || entry.reason !== null) return;
    useCommands.getState().remember(entry.id);
    const { id } = entry;
    onChoose(isCommandId(id) ? () => run(id) : (entries.places.find((place) => place.id === id)?.go ?? noop));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { length } = found;
    if (event.key === 'Enter') choose(found[at]);
    else if (length === 0) return;
    else if (event.key === 'ArrowDown') setPicked((at + 1) % length);
    else if (event.key === 'ArrowUp') setPicked((at + length - 1) % length);
    else if (event.key === 'PageDown') setPicked(Math.min(length - 1, at + PAGE));
    else if (event.key === 'PageUp') setPicked(Math.max(0, at - PAGE));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={styles.box}>
        <Icon of={Search} className={styles.glass} />
        <input
          autoFocus
          className={styles.input}
          role="combobox"
          aria-label={t('palette.label')}
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
          placeholder={t('palette.placeholder')}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setPicked(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={listId} ref={list} role="listbox" aria-label={t('palette.title')} className={styles.list}>
        {found.map((entry, place) => (
          <Entry
            key={entry.id}
            id={`${listId}-${place}`}
            entry={entry}
            picked={place === at}
            onChoose={() => choose(entry)}
          />
        ))}
      </ul>
      <p role="status" className={found.length === 0 ? styles.none : 'hidden'}>
        {found.length === 0 ? t('palette.none') : ''}
      </p>
    </>
  );
}

/** As far as a page key goes. */
const PAGE = 8;

function noop(): void {
  return undefined;
}

function useEntries(facts: CommandFacts) {
  const { i18n } = useTranslation();
  const mac = useAppInfo((state) => state.info?.platform === 'darwin');
  const language = i18n.language as Language;
  const { reasons } = commandWords(language);
  const places = usePlaces(facts.covered ? reasons.covered : null);
  return { places, all: [...commandEntries(facts, language, mac), ...places] };
}

interface EntryProps {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly picked: boolean;
  readonly onChoose: () => void;
}

function Entry({ id, entry, picked, onChoose }: EntryProps) {
  const keys = useKeys();
  const { label, group, reason } = entry;
  return (
    <li
      id={id}
      role="option"
      aria-selected={picked}
      aria-disabled={reason !== null || undefined}
      className={styles.entry}
      // The box keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={`truncate ${styles.label}`}>{label}</span>
      <span className={`truncate ${styles.note}`}>{reason ?? group}</span>
      {entry.keys === null ? null : <kbd className={styles.keys}>{keys.text(entry.keys)}</kbd>}
    </li>
  );
}
