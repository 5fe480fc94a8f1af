// The search box: finished terms as chips, words, and a list of what could be typed next.
import { FolderPlus, Search, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ChangeEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchCompletion } from '@shared/contract/requests';
import { SEARCH_KEYS, type SearchKey } from '@shared/domain/search';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { useFormat } from '../../i18n/useFormat';
import { useLibrary } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';
import { useKeys } from '../../stores/useKeys';
import { useView } from '../../stores/viewStore';
import { editChip, partsOf, takeChips, textOfParts, type SearchParts } from './searchChips';
import styles from './SearchBox.module.css';

const KEY_WORDS = {
  ref: 'search.keys.ref',
  model: 'search.keys.model',
  ratio: 'search.keys.ratio',
  rating: 'search.keys.rating',
  cost: 'search.keys.cost',
  length: 'search.keys.length',
  seed: 'search.keys.seed',
  tag: 'search.keys.tag',
  is: 'search.keys.is',
  before: 'search.keys.before',
  after: 'search.keys.after',
  on: 'search.keys.on',
  in: 'search.keys.in',
} as const satisfies Record<SearchKey, string>;

interface SearchBoxProps {
  /** Null where this list cannot be kept as a search. */
  readonly onSave: (() => void) | null;
}

export function SearchBox({ onSave }: SearchBoxProps) {
  const { t } = useTranslation();
  const words = useView((state) => state.words);
  const requests = useView((state) => state.searchRequests);
  const keys = useKeys();
  const [parts, setParts] = useState<SearchParts>(() => partsOf(words));
  const [focused, setFocused] = useState(false);
  const [closed, setClosed] = useState(false);
  /** -1: none, so that Enter in the empty box takes nothing. */
  const [picked, setPicked] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const [composing, setComposing] = useState(false);
  const listId = useId();
  const { offers, look } = useOffers(parts.typing, focused && !closed);

  // The words of another list, or none: the box follows.
  if (words !== textOfParts(parts) && !composing) setParts(partsOf(words));

  useEffect(() => {
    if (requests === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [requests]);

  const put = (next: SearchParts): void => {
    setParts(next);
    setClosed(false);
    setPicked(next.typing.trim() === '' ? -1 : 0);
    useView.getState().search(textOfParts(next));
  };
  const clear = (): void => {
    put({ chips: [], typing: '' });
    // The grid is what is wanted now, not a list over it.
    setClosed(true);
  };
  const onChange = (event: ChangeEvent<HTMLInputElement>): void => {
    const typing = event.target.value;
    // What an input method is still putting together is not looked for.
    if (composing) return setParts({ ...parts, typing });
    look(typing, event.target.selectionStart ?? typing.length);
    put(takeChips({ ...parts, typing }));
  };
  const accept = (offer: Offer): void => {
    const typing = parts.typing.slice(0, offer.from) + offer.text + parts.typing.slice(offer.to);
    const next = takeChips({ ...parts, typing }, !offer.text.endsWith(':'));
    put(next);
    look(next.typing, next.typing.length);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const offer = offers[picked];
    const [up, down] = [event.key === 'ArrowUp', event.key === 'ArrowDown'];
    if ((up || down) && offers.length > 0)
      setPicked(down ? (picked + 1) % offers.length : (picked <= 0 ? offers.length : picked) - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && offer !== undefined) accept(offer);
    else if (event.key === 'Enter') put(takeChips(parts, true));
    else if (event.key === 'Escape') {
      if (offers.length > 0 && parts.typing !== '') setClosed(true);
      else if (textOfParts(parts) !== '') clear();
      else input.current?.blur();
    } else if (event.key === 'Backspace' && parts.typing === '' && parts.chips.length > 0)
      put(editChip(parts, parts.chips.length - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const open = offers.length > 0;
  const filled = textOfParts(parts) !== '';
  return (
    <div
      role="search"
      className={styles.box}
      data-filled={filled || undefined}
      onPointerDown={(event) => {
        if ((event.target as HTMLElement).closest('button, input') !== null) return;
        event.preventDefault();
        input.current?.focus();
      }}
    >
      <Icon of={Search} size="s" className={styles.glass} />
      <div className={styles.terms}>
        {parts.chips.map((chip, at) => (
          <span key={`${at} ${chip}`} className={styles.chip}>
            <button
              type="button"
              className={styles.chipText}
              title={t('search.edit')}
              onClick={() => {
                put(editChip(parts, at));
                input.current?.focus();
              }}
            >
              {chip}
            </button>
            <button
              type="button"
              className={styles.chipRemove}
              aria-label={t('search.remove', { term: chip })}
              onClick={() => {
                put({ ...parts, chips: parts.chips.toSpliced(at, 1) });
                input.current?.focus();
              }}
            >
              <Icon of={X} size="xs" />
            </button>
          </span>
        ))}
        <input
          ref={input}
          className={styles.input}
          role="combobox"
          aria-label={t('search.label')}
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={open && picked >= 0 ? `${listId}-${picked}` : undefined}
          placeholder={parts.chips.length === 0 ? t('search.placeholder') : undefined}
          title={filled ? undefined : t('search.hint', { keys: keys.of('edit.find') })}
          spellCheck={false}
          autoComplete="off"
          value={parts.typing}
          onChange={onChange}
          onKeyDown={onKeyDown}
          onSelect={({ currentTarget: { value, selectionStart } }) => {
            if (!composing) look(value, selectionStart ?? 0);
          }}
          onFocus={() => {
            setFocused(true);
            setClosed(false);
          }}
          onBlur={() => setFocused(false)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={(event) => {
            const { value, selectionStart } = event.currentTarget;
            setComposing(false);
            look(value, selectionStart ?? value.length);
            put(takeChips({ ...parts, typing: value }));
          }}
        />
      </div>
      {filled ? (
        <>
          {onSave === null ? null : (
            <IconButton icon={FolderPlus} size="s" label={t('collections.save')} onClick={onSave} />
          )}
          <IconButton icon={X} size="s" label={t('search.clear')} onClick={clear} />
        </>
      ) : null}
      <Offers id={listId} offers={offers} picked={picked} onPick={accept} />
    </div>
  );
}

interface Offer {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly label: string;
  readonly clips: number | null;
}

/** What could be typed next. In the empty box: everything that can be asked. */
function useOffers(typing: string, active: boolean) {
  const [completion, setCompletion] = useState<SearchCompletion | null>(null);
  const asked = useRef('');
  const look = (text: string, caret: number): void => {
    const question = `${caret} ${text}`;
    if (asked.current === question) return;
    asked.current = question;
    if (text.trim() === '') return setCompletion(null);
    void attempt(async () => {
      const answer = await useLibrary.getState().complete(text, caret);
      if (asked.current === question) setCompletion(answer);
    });
  };
  const all: Offer[] = SEARCH_KEYS.map((key) => ({
    from: 0,
    to: 0,
    text: `${key}:`,
    label: `${key}:`,
    clips: null,
  }));
  const offers: readonly Offer[] = !active
    ? []
    : typing.trim() === ''
      ? all
      : (completion?.values ?? []).map((value) => ({
          ...value,
          from: completion?.from ?? 0,
          to: completion?.to ?? 0,
        }));
  return { offers, look };
}

interface OffersProps {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly picked: number;
  readonly onPick: (offer: Offer) => void;
}

function Offers({ id, offers, picked, onPick }: OffersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[picked]?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  if (offers.length === 0) return null;
  return (
    <ul id={id} ref={list} role="listbox" aria-label={t('search.offers')} className={styles.offers}>
      {offers.map((offer, at) => {
        const key = SEARCH_KEYS.find((known) => offer.text === `${known}:`);
        return (
          <li
            key={offer.text}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === picked}
            className={styles.offer}
            // The box keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(offer)}
          >
            <span className={key === undefined ? 'truncate' : styles.offerKey}>{offer.label}</span>
            <span className={`num truncate ${styles.offerNote}`}>
              {key !== undefined
                ? t(KEY_WORDS[key])
                : offer.clips === null
                  ? null
                  : format.number(offer.clips)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
