// Takes files dropped or pasted anywhere in the window and clips dragged here, and shows where they will go.
import { ImagePlus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/button/Icon';
import { CLIP_DRAG_TYPE, useIntake } from '../../stores/intakeStore';
import { attempt } from '../../stores/noticesStore';
import { CLIPS_DRAG_TYPE } from '../../stores/selectionStore';
import { useSettings } from '../../stores/settingsStore';
import { RecipeFound } from './RecipeFound';
import styles from './DropLayer.module.css';

export function DropLayer({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  const over = useDrops(area);
  return (
    <div ref={area} className={styles.area} data-over={over || undefined}>
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
      <RecipeFound />
    </div>
  );
}

function useDrops(area: RefObject<HTMLElement | null>): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Every child fires its own enter and leave: only the balance tells whether the pointer is in the window.
    let depth = 0;
    const carries = (event: DragEvent, type: string): boolean =>
      event.dataTransfer?.types.includes(type) === true;
    const isOurs = (event: DragEvent): boolean => carries(event, 'Files') || carries(event, CLIP_DRAG_TYPE);
    // A clip that is let go elsewhere in the window was put back.
    const mayDrop = (event: DragEvent): boolean =>
      carries(event, 'Files') || area.current?.contains(event.target as Node) === true;
    const stop = (): void => {
      depth = 0;
      setOver(false);
    };
    const enter = (event: DragEvent): void => {
      if (!isOurs(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!isOurs(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const allow = (event: DragEvent): void => {
      if (!isOurs(event) || !mayDrop(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      if (!isOurs(event)) return;
      event.preventDefault();
      stop();
      if (!mayDrop(event)) return;
      const clips = clipsIn(event.dataTransfer);
      if (clips.length > 0) takeClips(clips);
      else take(event.dataTransfer?.files);
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
      // A clip whose drag ends outside the window leaves without a last word.
      ['dragend', stop],
    ] as const;
    for (const [name, listener] of events) window.addEventListener(name, listener);
    window.addEventListener('paste', paste);
    return () => {
      for (const [name, listener] of events) window.removeEventListener(name, listener);
      window.removeEventListener('paste', paste);
    };
  }, [area]);
  return over;
}

function take(list: FileList | undefined): void {
  const files = [...(list ?? [])];
  if (files.length === 0) return;
  openComposer();
  void useIntake.getState().offer(files);
}

/** No request takes more files than this; a whole selection of hundreds was not meant. */
const MOST_CLIPS = 12;

function clipsIn(data: DataTransfer | null): readonly string[] {
  const many = data?.getData(CLIPS_DRAG_TYPE) ?? '';
  if (many !== '') return (JSON.parse(many) as string[]).slice(0, MOST_CLIPS);
  const one = data?.getData(CLIP_DRAG_TYPE) ?? '';
  return one === '' ? [] : [one];
}

function takeClips(ids: readonly string[]): void {
  openComposer();
  // One after the other: they stand in the order of the grid.
  void ids.reduce<Promise<void>>(
    (before, id) => before.then(() => useIntake.getState().addClip(id)),
    Promise.resolve(),
  );
}

function openComposer(): void {
  const { settings, update } = useSettings.getState();
  if (settings?.composerOpen === false) void attempt(() => update({ composerOpen: true }));
}
