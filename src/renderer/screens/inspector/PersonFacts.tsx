// What the person thinks of a clip: its name, stars, keep or reject, tags, note.
import { CircleCheck, CircleX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip, ClipEdit } from '@shared/domain/clip';
import { IconButton } from '../../components/button/Button';
import { StarRating } from '../../components/rating/StarRating';
import { useKeys } from '../../stores/useKeys';
import { CollectionMenu } from '../library/SelectionBar';
import { TagEditor } from '../library/TagEditor';
import { useCull } from '../library/useCull';
import styles from './PersonFacts.module.css';

/** Stars and marks, right under the player. */
export function Marks({ clip }: { readonly clip: Clip }) {
  const { t } = useTranslation();
  const { edit } = useCull();
  const keys = useKeys();
  const set = (change: ClipEdit): void => void edit([clip.id], change);
  const toggle = (flag: 'kept' | 'rejected'): void => set({ flag: clip.flag === flag ? null : flag });
  return (
    <div className={styles.marks}>
      <StarRating value={clip.rating} onChange={(rating) => set({ rating })} />
      <span className={styles.flags}>
        <CollectionMenu ids={[clip.id]} />
        <IconButton
          icon={CircleX}
          label={t('cull.reject')}
          {...keys.hint('clip.reject')}
          pressed={clip.flag === 'rejected'}
          onClick={() => toggle('rejected')}
        />
        <IconButton
          icon={CircleCheck}
          label={t('cull.keep')}
          {...keys.hint('clip.keep')}
          pressed={clip.flag === 'kept'}
          onClick={() => toggle('kept')}
        />
      </span>
    </div>
  );
}

interface PersonFactsProps {
  readonly clip: Clip;
  /** Null: not read yet. */
  readonly note: string | null;
}

/** What the person wrote about it. */
export function PersonFacts({ clip, note }: PersonFactsProps) {
  const { t } = useTranslation();
  const { edit } = useCull();
  const set = (change: ClipEdit): void => void edit([clip.id], change);
  return (
    <section className={styles.section} aria-label={t('cull.yours')}>
      <SavedText
        label={t('cull.title')}
        value={clip.title}
        rows={1}
        required
        onSave={(title) => set({ title })}
      />
      <div>
        <h3>{t('cull.tagsTitle')}</h3>
        <TagEditor
          tags={clip.tags}
          onAdd={(tag) => set({ addTags: [tag] })}
          onRemove={(tag) => set({ removeTags: [tag] })}
        />
      </div>
      {note === null ? null : (
        <SavedText
          label={t('cull.note')}
          value={note}
          rows={2}
          placeholder={t('cull.notePlaceholder')}
          onSave={(next) => set({ note: next })}
        />
      )}
    </section>
  );
}

interface SavedTextProps {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly onSave: (text: string) => void;
}

/** Saves when it is left, or with Enter in one line; Escape goes back. */
function SavedText({ label, value, rows, required = false, placeholder, onSave }: SavedTextProps) {
  const [text, setText] = useState(value);
  const [before, setBefore] = useState(value);
  const field = useRef<HTMLTextAreaElement>(null);
  // Undo, or the same clip edited elsewhere.
  if (before !== value) {
    setBefore(value);
    setText(value);
  }
  useEffect(() => {
    const { current } = field;
    if (current === null) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
  }, [text]);
  const save = (): void => {
    const next = required ? text.trim() : text;
    if (required && next === '') setText(value);
    else if (next !== value) onSave(next);
  };
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <textarea
        ref={field}
        rows={rows}
        value={text}
        placeholder={placeholder}
        maxLength={rows === 1 ? 300 : 20_000}
        spellCheck={false}
        onChange={(event) =>
          setText(rows === 1 ? event.target.value.replaceAll('\n', ' ') : event.target.value)
        }
        onBlur={save}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') setText(value);
          else if (event.key !== 'Enter' || (rows > 1 && !(event.ctrlKey || event.metaKey))) return;
          event.preventDefault();
          // The next moment, so that what Escape took back is not saved.
          const { currentTarget } = event;
          setTimeout(() => currentTarget.blur());
        }}
      />
    </label>
  );
}
