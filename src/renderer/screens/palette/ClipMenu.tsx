// What can be done with the chosen clips, where the second mouse button was pressed on one of them.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COMMANDS, whyNot, type Command, type CommandFacts, type CommandId } from '@shared/domain/commands';
import { commandWords } from '@shared/words/commandWords';
import { MenuItem, MenuSeparator } from '../../components/menu/Menu';
import { PointerMenu } from '../../components/menu/PointerMenu';
import { chosenIds } from '../../stores/selectionStore';
import { useKeys } from '../../stores/useKeys';
import { useView } from '../../stores/viewStore';
import { useCull } from '../library/useCull';
import { useRunCommand } from './useRunCommand';

/** Commands that do not apply are left out: the menu stays short. */
const IN_LIBRARY: readonly (readonly CommandId[])[] = [
  ['clip.view', 'clip.compare'],
  ['clip.reuse', 'clip.vary', 'clip.reference'],
  ['clip.keep', 'clip.reject', 'clip.tags'],
  ['clip.film', 'clip.export', 'clip.showInFolder'],
  ['clip.trash'],
];
const IN_TRASH: readonly (readonly CommandId[])[] = [['clip.view', 'clip.showInFolder']];

export function ClipMenu({ facts }: { readonly facts: CommandFacts }) {
  const { t, i18n } = useTranslation();
  const keys = useKeys();
  const run = useRunCommand();
  const cull = useCull();
  const trash = useView((state) => state.list === 'trash');
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  useEffect(() => {
    const onContextMenu = (event: MouseEvent): void => {
      const tile = (event.target as Element).closest('[role="gridcell"][data-kind="clip"]');
      if (tile === null) return;
      event.preventDefault();
      // The menu key tells no place: the middle of the tile is near enough.
      const { left, top, width, height } = tile.getBoundingClientRect();
      const byKey = event.button !== 2;
      setAt(byKey ? { x: left + width / 2, y: top + height / 2 } : { x: event.clientX, y: event.clientY });
    };
    window.addEventListener('contextmenu', onContextMenu);
    return () => window.removeEventListener('contextmenu', onContextMenu);
  }, []);
  if (at === null) return null;
  const groups = (trash ? IN_TRASH : IN_LIBRARY)
    .map((ids) => ids.filter((id) => whyNot(commandOf(id), facts) === null))
    .filter((ids) => ids.length > 0);
  const words = commandWords(i18n.language === 'zh-CN' ? 'zh-CN' : 'en').commands;
  return (
    <PointerMenu {...at} label={t('cull.menu')} onClose={() => setAt(null)}>
      {groups.map((ids, place) => (
        <div key={ids[0]} role="group">
          {place === 0 ? null : <MenuSeparator />}
          {ids.map((id) => (
            <MenuItem
              key={id}
              label={words[id]}
              keys={keys.of(id)}
              danger={id === 'clip.trash'}
              onSelect={() => run(id)}
            />
          ))}
        </div>
      ))}
      {trash ? (
        <>
          <MenuSeparator />
          <MenuItem label={t('trash.restore')} onSelect={() => void cull.restore(chosenIds())} />
          <MenuItem label={t('trash.delete')} danger onSelect={() => run('clip.trash')} />
        </>
      ) : null}
    </PointerMenu>
  );
}

function commandOf(id: CommandId): Command {
  const command = COMMANDS.find((known) => known.id === id);
  if (command === undefined) throw new Error(`no such command: ${id}`);
  return command;
}
