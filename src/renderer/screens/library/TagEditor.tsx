// Tags as chips that can be taken off, and a field for more.
import { X } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/button/Icon';
import { useLibrary } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';
import styles from './TagEditor.module.css';

interface TagEditorProps {
  readonly tags: readonly string[];
  readonly autoFocus?: boolean;
  readonly onAdd: (tag: string) => void;
  readonly onRemove: (tag: string) => void;
}

export function TagEditor({ tags, autoFocus = false, onAdd, onRemove }: TagEditorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [known, setKnown] = useState<readonly string[]>([]);
  const asked = useRef('');
  const listId = useId();
  const add = (): void => {
    const tag = text.trim();
    setText('');
    if (tag !== '' && !tags.some((own) => own.toLowerCase() === tag.toLowerCase())) onAdd(tag);
  };
  const onChange = (next: string): void => {
    setText(next);
    const words = `tag:${next.replaceAll('"', '')}`;
    asked.current = words;
    void attempt(async () => {
      const completion = await useLibrary.getState().complete(words, words.length);
      if (asked.current !== words) return;
      setKnown((completion?.values ?? []).map(({ label }) => label));
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' || event.key === ',' || event.key === '，') {
      if (text.trim() === '') return;
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && text === '' && tags.length > 0) onRemove(tags.at(-1) ?? '');
  };
  return (
    <div className={styles.tags}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          <span className="truncate">{tag}</span>
          <button type="button" aria-label={t('cull.removeTag', { tag })} onClick={() => onRemove(tag)}>
            <Icon of={X} size="xs" />
          </button>
        </span>
      ))}
      <input
        aria-label={t('cull.addTag')}
        placeholder={t('cull.addTag')}
        list={listId}
        maxLength={100}
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
      />
      <datalist id={listId}>
        {known
          .filter((tag) => !tags.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </div>
  );
}
