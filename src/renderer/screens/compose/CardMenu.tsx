// What can be done with a file of the draft; for a repaired one also what was done to it.
import { Crop, Ellipsis, FolderOpen, Trash2, Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftReference } from '@shared/domain/draft';
import type { Derivation, Reference } from '@shared/domain/reference';
import { IconButton } from '../../components/button/Button';
import { Menu, MenuHead, MenuItem, MenuSeparator } from '../../components/menu/Menu';
import { repairSteps } from '../../i18n/repairText';
import { useFormat } from '../../i18n/useFormat';
import { useIntake } from '../../stores/intakeStore';
import { attempt } from '../../stores/noticesStore';
import { useRepairs } from '../../stores/repairsStore';
import { FactsTable } from '../repair/FactsTable';
import styles from './Tray.module.css';

interface CardMenuProps {
  readonly item: DraftReference;
  readonly name: string;
  readonly onAdjust: () => void;
  readonly onRemove: () => void;
}

export function CardMenu({ item, name, onAdjust, onRemove }: CardMenuProps) {
  const { t } = useTranslation();
  const { key, reference } = item;
  const { derived } = reference;
  // A file behind an address is not here to be changed.
  const local = reference.source !== 'url';
  return (
    <Menu
      align="end"
      side="top"
      label={t('composer.fileMenu', { name })}
      trigger={
        derived === undefined ? (
          <IconButton
            icon={Ellipsis}
            size="s"
            className={styles.more}
            label={t('composer.fileMenu', { name })}
          />
        ) : (
          <button type="button" className={styles.repaired} aria-label={t('repair.markOf', { name })}>
            {t('repair.mark')}
          </button>
        )
      }
    >
      {derived === undefined ? null : <WhatWasDone reference={reference} derived={derived} />}
      {local ? <MenuItem icon={Crop} label={t('repair.adjust')} onSelect={onAdjust} /> : null}
      {derived === undefined ? null : (
        <MenuItem
          icon={Undo2}
          label={t('repair.useOriginal')}
          onSelect={() =>
            void attempt(() => useRepairs.getState().useOriginal(key, reference), reference.name)
          }
        />
      )}
      {local ? <MenuSeparator /> : null}
      <MenuItem
        icon={FolderOpen}
        label={t('composer.replaceFile')}
        note={t('composer.replaceNote')}
        onSelect={() => void useIntake.getState().pickFor(key)}
      />
      <MenuItem icon={Trash2} label={t('common.remove')} onSelect={onRemove} />
    </Menu>
  );
}

function WhatWasDone({
  reference,
  derived,
}: {
  readonly reference: Reference;
  readonly derived: Derivation;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const original = useRepairs((state) => state.originals.get(derived.parentId) ?? null);
  useEffect(() => {
    // Without it the menu still says what was done.
    useRepairs
      .getState()
      .loadOriginal(derived.parentId)
      .catch(() => undefined);
  }, [derived.parentId]);
  const steps = repairSteps(derived.repair, original, t, format);
  return (
    <MenuHead>
      <ul className={styles.done}>
        {steps.map((step) => (
          <li key={step.name}>{step.was}</li>
        ))}
      </ul>
      <FactsTable before={original} after={reference} bytesAfter={reference.bytes} kind={reference.kind} />
    </MenuHead>
  );
}
