// The files that guide the shot, in the order they are sent, and the place to add more.
import { ArrowLeftRight, Link, Plus, Upload } from 'lucide-react';
import { lazy, Suspense, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftReference } from '@shared/domain/draft';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuItem } from '../../components/menu/Menu';
import { useDraft } from '../../stores/draftStore';
import { useIntake } from '../../stores/intakeStore';
import { AddressDialog } from './AddressDialog';
import { ReferenceCard } from './ReferenceCard';
import type { DraftFacts } from './useDraftFacts';
import { useRefusals } from './useRefusals';
import styles from './Tray.module.css';

const AdjustDialog = lazy(() => import('../repair/AdjustDialog'));

const DRAG_TYPE = 'application/x-dailies-reference';
const CARD_WITH_GAP = 308;

export function ReferenceTray({ facts }: { readonly facts: DraftFacts }) {
  const { t } = useTranslation();
  const { draft, names } = facts;
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [told, setTold] = useState('');
  const [adjusted, setAdjusted] = useState<string | null>(null);
  const refusals = useRefusals(draft);
  const inDialog = draft.references.find(({ key }) => key === adjusted);
  const reading = useIntake((state) => state.reading);

  const move = (key: string, to: number): void => {
    const place = Math.max(0, Math.min(to, draft.references.length - 1));
    useDraft.getState().move(key, place);
    setTold(t('composer.moved', { name: names.get(key), place: place + 1 }));
  };
  const drop = (event: DragEvent, index: number): void => {
    if (dragged === null) return;
    event.preventDefault();
    move(dragged, index);
    setDragged(null);
    setOver(null);
  };
  return (
    <div className={styles.tray}>
      {draft.references.length === 0 ? null : (
        <ul
          className={styles.cards}
          aria-label={t('composer.tray')}
          // So that the place to add stands right behind the last card.
          style={{ maxWidth: draft.references.length * CARD_WITH_GAP }}
        >
          {draft.references.map((item, index) => (
            <ReferenceCard
              key={item.key}
              item={item}
              facts={facts}
              refusal={refusals.get(item.reference.id) ?? null}
              onAdjust={() => setAdjusted(item.key)}
              dropMark={over === index && dragged !== item.key}
              onMove={(step) => move(item.key, index + step)}
              onDragStart={(event) => {
                event.dataTransfer.setData(DRAG_TYPE, item.key);
                event.dataTransfer.effectAllowed = 'move';
                setDragged(item.key);
              }}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                setOver(index);
              }}
              onDrop={(event) => drop(event, index)}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
            />
          ))}
        </ul>
      )}
      {hasBothFrames(draft.references) ? (
        <IconButton
          icon={ArrowLeftRight}
          className={styles.swap}
          label={t('composer.swapFrames')}
          onClick={() => useDraft.getState().swapFrames()}
        />
      ) : null}
      <AddButton wide={draft.references.length === 0} />
      <span role="status" className={reading > 0 ? `meta ${styles.reading}` : 'hidden'}>
        {reading > 0 ? t('composer.reading', { count: reading }) : told}
      </span>
      {inDialog === undefined ? null : (
        <Suspense fallback={null}>
          <AdjustDialog item={inDialog} draft={draft} onClose={() => setAdjusted(null)} />
        </Suspense>
      )}
    </div>
  );
}

function hasBothFrames(references: readonly DraftReference[]): boolean {
  const roles = references.map(({ role }) => role);
  return roles.includes('first_frame') && roles.includes('last_frame');
}

function AddButton({ wide }: { readonly wide: boolean }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(false);
  return (
    <>
      <Menu
        side="top"
        trigger={
          <button
            type="button"
            className={styles.add}
            data-wide={wide || undefined}
            aria-label={t('composer.add')}
          >
            <Icon of={Plus} />
            {wide ? <span>{t('composer.add')}</span> : null}
          </button>
        }
      >
        <MenuItem
          icon={Upload}
          label={t('composer.choose')}
          note={t('drop.referenceNote')}
          onSelect={() => void useIntake.getState().pick()}
        />
        <MenuItem icon={Link} label={t('composer.addAddress')} onSelect={() => setAddress(true)} />
      </Menu>
      {address ? <AddressDialog onClose={() => setAddress(false)} /> : null}
    </>
  );
}
