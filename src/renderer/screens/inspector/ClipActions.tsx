// The buttons of a clip: the most used in sight, the rest in a menu.
import {
  Camera,
  Copy,
  Ellipsis,
  FilePlay,
  FolderOpen,
  GitBranch,
  Scissors,
  ScrollText,
  SkipForward,
  SquarePen,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip, ClipDetail } from '@shared/domain/clip';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu/Menu';
import { useFormat } from '../../i18n/useFormat';
import { useClips } from '../../stores/clipsStore';
import { attempt } from '../../stores/noticesStore';
import { useView } from '../../stores/viewStore';
import { useReuse } from '../library/useReuse';
import { CopyRequestItems } from './CopyRequestItems';
import { RangeDialog } from './RangeDialog';
import { useClipActions } from './useClipActions';
import styles from './Inspector.module.css';

interface ClipActionsProps {
  readonly clip: Clip;
  readonly detail: ClipDetail | undefined;
  /** Where the player stands, in seconds. */
  readonly timeOf: () => number;
}

export function ClipActions({ clip, detail, timeOf }: ClipActionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const reuse = useReuse();
  const recipe = detail?.recipe ?? null;
  const { continueLast, vary, takeFrame, takeRange, takeWhole } = useClipActions(clip, detail);
  const [ranging, setRanging] = useState(false);
  const [moment, setMoment] = useState(0);
  return (
    <div className={styles.actions}>
      <div className={styles.actionRow}>
        <Button disabled={recipe === null} onClick={() => recipe !== null && reuse(recipe)}>
          <Icon of={SquarePen} size="s" />
          {t('actions.reuse')}
        </Button>
        <Button disabled={vary === null} onClick={() => vary?.()}>
          <Icon of={GitBranch} size="s" />
          {t('actions.variation')}
        </Button>
        <Menu
          align="end"
          trigger={
            <IconButton
              icon={Ellipsis}
              label={t('actions.more')}
              onPointerDown={() => setMoment(timeOf())}
              onKeyDown={() => setMoment(timeOf())}
            />
          }
        >
          {clip.missing ? null : (
            <>
              <MenuItem
                icon={Camera}
                label={t('actions.useFrame')}
                note={t('actions.frameAt', { time: t('units.seconds', { value: format.fixed(moment, 2) }) })}
                onSelect={() => takeFrame(moment)}
              />
              <MenuItem icon={Scissors} label={t('actions.useRange')} onSelect={() => setRanging(true)} />
              <MenuItem icon={FilePlay} label={t('actions.useAsReference')} onSelect={takeWhole} />
              <MenuSeparator />
              <MenuItem
                icon={FolderOpen}
                label={t('actions.showInFolder')}
                onSelect={() => void attempt(() => useClips.getState().showInFolder(clip.id), clip.title)}
              />
            </>
          )}
          {clip.generationId === null ? null : (
            <MenuItem
              icon={ScrollText}
              label={t('journal.title')}
              onSelect={() => useView.getState().openJournal(clip.generationId)}
            />
          )}
          {detail === undefined || recipe === null ? null : (
            <CopyRequestItems icon={Copy} recipe={recipe} task={detail.task} />
          )}
        </Menu>
      </div>
      <Button disabled={clip.missing} onClick={continueLast}>
        <Icon of={SkipForward} size="s" />
        {t('actions.continueLast')}
      </Button>
      {ranging ? <RangeDialog clip={clip} onUse={takeRange} onClose={() => setRanging(false)} /> : null}
    </div>
  );
}
