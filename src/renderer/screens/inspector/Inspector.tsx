// The right column: what is selected, how it was made, and what can be done with it.
import { Clapperboard } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/button/Icon';
import { useClips } from '../../stores/clipsStore';
import { useGenerations } from '../../stores/generationsStore';
import { useView } from '../../stores/viewStore';
import { nameOf } from '../library/nameOf';
import { ClipInspector } from './ClipInspector';
import { GenerationInspector } from './GenerationInspector';
import styles from './Inspector.module.css';

export function Inspector() {
  const { t } = useTranslation();
  const selection = useView((state) => state.selection);
  const clip = useClips((state) =>
    selection?.type === 'clip'
      ? // A clip beyond the loaded pages is known from its details alone.
        (state.records.get(selection.id) ?? state.details.get(selection.id))
      : undefined,
  );
  const generation = useGenerations((state) =>
    selection?.type === 'generation' ? state.records.get(selection.id) : undefined,
  );
  const title = clip?.title ?? (generation === undefined ? '' : nameOf(generation, t));
  const selected = clip !== undefined || generation !== undefined;
  return (
    <aside className={styles.inspector} aria-label={t('inspector.label')}>
      <header className={styles.head}>
        {selected ? (
          <h2 className="truncate" title={title}>
            {title === '' ? t('common.untitled') : title}
          </h2>
        ) : null}
      </header>
      {clip !== undefined ? (
        <ClipInspector key={clip.id} clip={clip} />
      ) : generation !== undefined ? (
        <GenerationInspector key={generation.id} generation={generation} />
      ) : (
        <div className={styles.empty}>
          <Icon of={Clapperboard} size="l" />
          <p>{t('inspector.empty')}</p>
        </div>
      )}
    </aside>
  );
}
