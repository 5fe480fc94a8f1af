// Takes files dropped or pasted anywhere in the window, and shows where they will go.
import { ImagePlus } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/button/Icon';
import { useIntake } from '../../stores/intakeStore';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import styles from './DropLayer.module.css';

export function DropLayer({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const over = useFileDrops();
  return (
    <div className={styles.area} data-over={over || undefined}>
      {children}
      {over ? (
        <div className={styles.layer}>
          <Icon of={ImagePlus} size="l" />
          <p>
            {t('composer.dropHere')}
            <span className="meta">{t('composer.dropNote')}</span>
          </p>
        </div>
      ) : null}
    </div>
  );
}

function useFileDrops(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Every child fires its own enter and leave: only the balance tells whether the pointer is in the window.
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const allow = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      take(event.dataTransfer?.files);
    };
    const paste = (event: ClipboardEvent): void => {
      if ((event.clipboardData?.files.length ?? 0) === 0) return;
      event.preventDefault();
      take(event.clipboardData?.files);
    };
    const events = [
      ['dragenter', enter],
      ['dragleave', leave],
      ['dragover', allow],
      ['drop', drop],
    ] as const;
    for (const [name, listener] of events) window.addEventListener(name, listener);
    window.addEventListener('paste', paste);
    return () => {
      for (const [name, listener] of events) window.removeEventListener(name, listener);
      window.removeEventListener('paste', paste);
    };
  }, []);
  return over;
}

function take(list: FileList | undefined): void {
  const files = [...(list ?? [])];
  if (files.length === 0) return;
  const { settings, update } = useSettings.getState();
  if (settings?.composerOpen === false) void attempt(() => update({ composerOpen: true }));
  void useIntake.getState().addFiles(files);
}
