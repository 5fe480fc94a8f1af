// Completes `@` to one of the draft's files.
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import {
  $createTextNode,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_CRITICAL,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_UP_COMMAND,
  KEY_ENTER_COMMAND,
  KEY_ESCAPE_COMMAND,
  KEY_TAB_COMMAND,
  BLUR_COMMAND,
} from 'lexical';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { DraftReference } from '@shared/domain/draft';
import { mediaUrl } from '../../client/mediaUrl';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { referenceNames } from '../../i18n/words';
import { useDraft } from '../../stores/draftStore';
import { $createMentionNode } from './MentionNode';
import styles from './PromptEditor.module.css';

interface Query {
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

/** The `@word` or `@Image 2` right before the caret. Full-width ＠ too: Chinese input methods write it. */
const TRIGGER = /[@＠]([^\s@＠]{1,24} \d{0,2}|[^\s@＠]{0,24})$/;

export function MentionMenu() {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation();
  const id = useId();
  const references = useDraft((state) => state.draft.references);
  const [query, setQuery] = useState<Query | null>(null);
  const [marked, setMarked] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const names = useMemo(() => referenceNames(references, t), [references, t]);
  const options = useMemo(
    () =>
      query === null ? [] : references.filter((item) => matches(item, names.get(item.key) ?? '', query.text)),
    [query, references, names],
  );
  const open = query !== null && (options.length > 0 || (references.length === 0 && query.text === ''));
  const at = Math.min(marked, Math.max(0, options.length - 1));

  useEffect(
    () =>
      editor.registerUpdateListener(({ editorState, tags }) => {
        if (tags.has('historic') || editor.isComposing()) return;
        const text = editorState.read($textBeforeCaret);
        const match = text === null ? null : TRIGGER.exec(text);
        const place = match === null ? null : caretPlace();
        setQuery(match === null || place === null ? null : { text: match[1] ?? '', ...place });
        if (match === null) setMarked(0);
      }),
    [editor],
  );

  const choose = useCallback(
    (item: DraftReference) => {
      editor.update(() => $replaceQuery(item.key));
      setQuery(null);
      setMarked(0);
    },
    [editor],
  );

  useEffect(() => {
    if (!open) return undefined;
    const step = (by: number) => (event: KeyboardEvent) => {
      if (options.length === 0) return false;
      event.preventDefault();
      setMarked((at + by + options.length) % options.length);
      return true;
    };
    const take = (event: KeyboardEvent | null) => {
      const item = options[at];
      if (item === undefined || event?.ctrlKey === true || event?.metaKey === true) return false;
      event?.preventDefault();
      choose(item);
      return true;
    };
    const close = () => {
      setQuery(null);
      return false;
    };
    const stops = [
      editor.registerCommand(KEY_ARROW_DOWN_COMMAND, step(1), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_ARROW_UP_COMMAND, step(-1), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_ENTER_COMMAND, take, COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_TAB_COMMAND, take, COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_ESCAPE_COMMAND, () => !close(), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(BLUR_COMMAND, close, COMMAND_PRIORITY_CRITICAL),
    ];
    return () => stops.forEach((stop) => stop());
  }, [editor, open, options, at, choose]);

  useEffect(() => {
    const root = editor.getRootElement();
    if (root === null || !open) return undefined;
    root.setAttribute('aria-controls', id);
    root.setAttribute('aria-activedescendant', `${id}-${at}`);
    return () => {
      root.removeAttribute('aria-controls');
      root.removeAttribute('aria-activedescendant');
    };
  }, [editor, open, id, at]);

  useEffect(() => {
    if (open) list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [open, at]);

  if (!open || query === null) return null;
  return createPortal(
    <div
      className={styles.menu}
      // The editor keeps the focus; the list can only be scrolled.
      tabIndex={0}
      style={{
        left: Math.max(8, Math.min(query.left, window.innerWidth - 288)),
        bottom: window.innerHeight - query.top + 6,
      }}
    >
      {options.length === 0 ? (
        <p className={styles.none}>{t('composer.noMentions')}</p>
      ) : (
        <ul id={id} ref={list} role="listbox" aria-label={t('composer.mentions')}>
          {options.map((item, index) => (
            <li
              key={item.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              className={styles.option}
              onPointerMove={() => setMarked(index)}
              // Before the editor loses its focus to the click.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(item);
              }}
            >
              <ReferenceThumb
                kind={item.reference.kind}
                src={item.reference.hasThumb ? mediaUrl('thumb', item.reference.id) : null}
              />
              <b>{names.get(item.key)}</b>
              <span className="muted truncate">{item.reference.name}</span>
              {index === at ? (
                <span className={styles.key} aria-hidden>
                  ↵
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </div>,
    document.body,
  );
}

function matches(item: DraftReference, name: string, text: string): boolean {
  const wanted = text.toLowerCase();
  return [name, name.replace(/\s/g, ''), item.reference.name].some((word) =>
    word.toLowerCase().includes(wanted),
  );
}

function $textBeforeCaret(): string | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null;
  const node = selection.anchor.getNode();
  return $isTextNode(node) ? node.getTextContent().slice(0, selection.anchor.offset) : null;
}

function $replaceQuery(key: string): void {
  const selection = $getSelection();
  const text = $textBeforeCaret();
  const match = text === null ? null : TRIGGER.exec(text);
  if (!$isRangeSelection(selection) || text === null || match === null) return;
  const { anchor } = selection;
  selection.setTextNodeRange(
    anchor.getNode() as Parameters<typeof selection.setTextNodeRange>[0],
    match.index,
    anchor.getNode() as Parameters<typeof selection.setTextNodeRange>[0],
    anchor.offset,
  );
  // Han text takes no space after a name.
  const space = /\p{Script=Han}\s*$/u.test(text.slice(0, match.index)) ? '' : ' ';
  selection.insertNodes([$createMentionNode(key), $createTextNode(space)]);
}

function caretPlace(): { left: number; top: number } | null {
  const selection = window.getSelection();
  if (selection === null || selection.rangeCount === 0) return null;
  const box = selection.getRangeAt(0).getBoundingClientRect();
  return box.height === 0 ? null : { left: box.left - 8, top: box.top };
}
