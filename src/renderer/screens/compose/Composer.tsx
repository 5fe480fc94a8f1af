// The composer: a bar when collapsed, a form when open. It grows upward.
import { ChevronsDown, ChevronsUp, CodeXml, SquarePen } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';
import { DraftProblems } from './DraftProblems';
import { ParameterBar } from './ParameterBar';
import { ReferenceTray } from './ReferenceTray';
import { useDraftFacts } from './useDraftFacts';
import styles from './Composer.module.css';
import editor from './PromptEditor.module.css';

// The editor is the largest part of the window: the grid does not wait for it.
const PromptEditor = lazy(() => import('./PromptEditor'));
const SentDialog = lazy(() => import('./SentDialog'));

interface ComposerProps {
  /** A window too low for the form starts with the bar. */
  readonly low: boolean;
}

export function Composer({ low }: ComposerProps) {
  const open = useSettings((state) => state.settings?.composerOpen ?? true);
  const lowOpen = useView((state) => state.lowComposerOpen);
  const sentOpen = useView((state) => state.sentOpen);
  const set = (next: boolean): void => {
    if (low) useView.getState().setLowComposerOpen(next);
    if (!low || next) void attempt(() => useSettings.getState().update({ composerOpen: next }));
    if (next) useView.getState().focusPrompt();
  };
  return (
    <>
      {open && (!low || lowOpen) ? (
        <Open onCollapse={() => set(false)} />
      ) : (
        <CollapsedBar onOpen={() => set(true)} />
      )}
      {sentOpen ? (
        <Suspense fallback={null}>
          <SentDialog onClose={() => useView.getState().setSentOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

export function CollapsedBar({ onOpen, disabled = false }: { onOpen: () => void; disabled?: boolean }) {
  const { t } = useTranslation();
  const prompt = useCollapsedText();
  return (
    <section className={styles.bar} aria-label={t('composer.label')} data-testid="composer-drop">
      <button
        type="button"
        className={styles.barButton}
        aria-label={t('composer.open')}
        disabled={disabled}
        onClick={onOpen}
      >
        <Icon of={SquarePen} />
        <span className={`truncate ${styles.barText}`} data-written={prompt !== '' || undefined}>
          {disabled ? t('composer.notYet') : prompt === '' ? t('composer.collapsed') : prompt}
        </span>
        <Icon of={ChevronsUp} />
      </button>
    </section>
  );
}

/** What the editor will show, while it is loaded. */
function PromptStill() {
  const { t } = useTranslation();
  const prompt = useCollapsedText();
  return (
    <div className={editor.editor} aria-hidden>
      <div className={editor.text}>{prompt}</div>
      {prompt === '' ? <p className={editor.placeholder}>{t('composer.placeholder')}</p> : null}
    </div>
  );
}

function useCollapsedText(): string {
  const { draft, names } = useDraftFacts();
  return draft.prompt.replace(/@\{([^{}]+)\}/g, (_, key: string) => names.get(key) ?? '').trim();
}

function Open({ onCollapse }: { readonly onCollapse: () => void }) {
  const { t } = useTranslation();
  const facts = useDraftFacts();
  return (
    <section className={styles.composer} aria-label={t('composer.label')} data-testid="composer-drop">
      <ReferenceTray facts={facts} />
      <div className={styles.prompt}>
        <Suspense fallback={<PromptStill />}>
          <PromptEditor />
        </Suspense>
        <div className={styles.tools}>
          <IconButton icon={ChevronsDown} label={t('composer.collapse')} onClick={onCollapse} />
          <IconButton
            icon={CodeXml}
            label={t('composer.whatIsSent')}
            onClick={() => useView.getState().setSentOpen(true)}
          />
        </div>
      </div>
      <DraftProblems facts={facts} />
      <ParameterBar facts={facts} />
    </section>
  );
}
