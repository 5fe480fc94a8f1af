// The prompt: plain text with chips. Input methods, undo and paste are the editor's.
import { LexicalComposer, type InitialConfigType } from '@lexical/react/LexicalComposer';
import { ContentEditable } from '@lexical/react/LexicalContentEditable';
import { LexicalErrorBoundary } from '@lexical/react/LexicalErrorBoundary';
import { HistoryPlugin } from '@lexical/react/LexicalHistoryPlugin';
import { PlainTextPlugin } from '@lexical/react/LexicalPlainTextPlugin';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../stores/draftStore';
import { ClipboardPlugin } from './ClipboardPlugin';
import { MentionMenu } from './MentionMenu';
import { MentionNode } from './MentionNode';
import { PunctuationPlugin } from './PunctuationPlugin';
import { PromptSync } from './PromptSync';
import { $setPrompt } from './promptState';
import { SubmitPlugin } from './SubmitPlugin';
import styles from './PromptEditor.module.css';

function firstConfig(): InitialConfigType {
  const { prompt } = useDraft.getState().draft;
  return {
    namespace: 'prompt',
    nodes: [MentionNode],
    editorState: () => $setPrompt(prompt),
    onError: (error) => {
      throw error;
    },
  };
}

export default function PromptEditor() {
  const { t } = useTranslation();
  const [config] = useState(firstConfig);
  return (
    <LexicalComposer initialConfig={config}>
      <div className={styles.editor}>
        <PlainTextPlugin
          contentEditable={
            <ContentEditable
              className={styles.text}
              aria-label={t('composer.prompt')}
              aria-multiline
              aria-autocomplete="list"
              aria-haspopup="listbox"
              spellCheck={false}
              aria-placeholder={t('composer.placeholder')}
              placeholder={<p className={styles.placeholder}>{t('composer.placeholder')}</p>}
            />
          }
          ErrorBoundary={LexicalErrorBoundary}
        />
        <HistoryPlugin />
        <PromptSync />
        <ClipboardPlugin />
        <SubmitPlugin />
        <PunctuationPlugin />
        <MentionMenu />
      </div>
    </LexicalComposer>
  );
}
