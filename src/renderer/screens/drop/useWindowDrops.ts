// Takes files dropped or pasted anywhere in the window, and clips dragged to the composer.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { useDrops } from '../../stores/dropsStore';
import { useFolders } from '../../stores/foldersStore';
import { CLIP_DRAG_TYPE, useIntake } from '../../stores/intakeStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { CLIPS_DRAG_TYPE } from '../../stores/selectionStore';
import { useSettings } from '../../stores/settingsStore';
import { isForLibrary, mayBeVideo, type DropZone } from './dropZone';

/** For the whole window; the zones are the elements that `data-drop-zone` names. */
export function useWindowDrops(): void {
  const { t } = useTranslation();
  useEffect(() => {
    // Every child fires its own enter and leave: only the balance tells whether the pointer is in the window.
    let depth = 0;
    const { show, hide } = useDrops.getState();
    const enter = (event: DragEvent): void => {
      if (!isOurs(event)) return;
      depth += 1;
      show({ zone: zoneOf(event) });
    };
    const stop = (): void => {
      depth = 0;
      hide();
    };
    const leave = (event: DragEvent): void => {
      if (!isOurs(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) hide();
    };
    const allow = (event: DragEvent): void => {
      if (!isOurs(event) || event.dataTransfer === null) return;
      const zone = zoneOf(event);
      show({ zone });
      if (zone === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      if (!isOurs(event)) return;
      event.preventDefault();
      stop();
      const zone = zoneOf(event);
      const clips = clipsIn(event.dataTransfer);
      if (zone === null) return;
      if (clips.length > 0) takeClips(clips);
      else take([...(event.dataTransfer?.files ?? [])], zone, t);
    };
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take(files, 'composer', t);
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
  }, [t]);
}

function carries(event: DragEvent, type: string): boolean {
  return event.dataTransfer?.types.includes(type) === true;
}

function isOurs(event: DragEvent): boolean {
  return carries(event, 'Files') || carries(event, CLIP_DRAG_TYPE);
}

function mayImport(event: DragEvent): boolean {
  return (
    carries(event, 'Files') &&
    !carries(event, CLIP_DRAG_TYPE) &&
    mayBeVideo([...(event.dataTransfer?.items ?? [])])
  );
}

/** Null: a clip that is let go here was put back. Files go to the composer wherever nothing else wants them. */
function zoneOf(event: DragEvent): DropZone | null {
  const named = (event.target as Element).closest<HTMLElement>('[data-drop-zone]')?.dataset['dropZone'];
  if (named === 'library' && mayImport(event)) return 'library';
  return named === 'composer' || !carries(event, CLIP_DRAG_TYPE) ? 'composer' : null;
}

function take(files: readonly File[], zone: DropZone, t: TFunction): void {
  const clips = zone === 'library' ? files.filter(isForLibrary) : [];
  const references = files.filter((file) => !clips.includes(file));
  if (clips.length > 0) void attempt(() => useFolders.getState().importFiles(clips));
  if (references.length === 0) return;
  openComposer(t);
  void useIntake.getState().offer(references);
}

function clipsIn(data: DataTransfer | null): readonly string[] {
  const many = data?.getData(CLIPS_DRAG_TYPE) ?? '';
  if (many !== '') return JSON.parse(many) as string[];
  const one = data?.getData(CLIP_DRAG_TYPE) ?? '';
  return one === '' ? [] : [one];
}

function takeClips(ids: readonly string[]): void {
  const { settings, update } = useSettings.getState();
  if (settings?.composerOpen === false) void attempt(() => update({ composerOpen: true }));
  useIntake.getState().addClips(ids);
}

/** Without a connection there is none to open yet: what was dropped waits in it. */
function openComposer(t: TFunction): void {
  const { settings, update } = useSettings.getState();
  if (settings?.activeConnectionId == null) useNotices.getState().tell(t('drop.waits'));
  else if (!settings.composerOpen) void attempt(() => update({ composerOpen: true }));
}
