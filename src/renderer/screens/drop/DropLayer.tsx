// Shows over a part of the window what will become of the files that are dragged there.
import { ImagePlus, Import } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/button/Icon';
import { useDrops } from '../../stores/dropsStore';
import type { DropZone } from './dropZone';
import styles from './DropLayer.module.css';

/** Fills the element that it stands in, which says `data-drop-zone` with the same name. */
export function DropLayer({ zone }: { readonly zone: DropZone }) {
  const { t } = useTranslation();
  const dragged = useDrops((state) => state.dragged);
  // The grid stays in sight until the pointer is over it.
  if (dragged === null || (zone === 'library' && dragged.zone !== zone)) return null;
  const [icon, words, note] =
    zone === 'library'
      ? [Import, t('drop.import'), t('drop.importNote')]
      : [ImagePlus, t('drop.reference'), t('drop.referenceNote')];
  return (
    <div className={styles.layer} data-over={dragged.zone === zone || undefined}>
      <Icon of={icon} size="l" />
      <p>
        {words}
        <span className="meta">{note}</span>
      </p>
    </div>
  );
}
