// The tags there are, most used first: a click finds their clips, clips dropped on one get it.
import { Tag } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { useFormat } from '../../i18n/useFormat';
import { useCollections } from '../../stores/collectionsStore';
import { searchOfTag, useView } from '../../stores/viewStore';
import { DropTarget } from './DropTarget';
import { Item } from './Item';
import { Section } from './Section';
import { useFiling } from './useFiling';
import styles from './Sidebar.module.css';

/** More than these are counted until they are asked for. */
const MOST_SHOWN = 12;

export function Tags() {
  const { t } = useTranslation();
  const format = useFormat();
  const tags = useCollections((state) => state.counts?.tags);
  const current = useShownTag();
  const { file } = useFiling();
  const [all, setAll] = useState(false);
  if (tags === undefined || tags.length === 0) return null;
  const shown = all ? tags : tags.filter(({ tag }, place) => place < MOST_SHOWN || tag === current);
  const more = tags.length - shown.length;
  return (
    <Section title={t('tags.title')} setting="tagsOpen" className={styles.tags}>
      {shown.map(({ tag, clips }) => (
        <DropTarget
          key={tag}
          onClips={(ids) => file(ids, { addTags: [tag] }, t('tags.added', { count: ids.length, name: tag }))}
        >
          <Item
            icon={Tag}
            label={tag}
            count={clips}
            current={tag === current}
            onClick={() => useView.getState().showTag(tag)}
          />
        </DropTarget>
      ))}
      {tags.length <= MOST_SHOWN ? null : (
        <Button
          size="s"
          variant="ghost"
          className={styles.moreTags}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? t('tags.fewer') : t('tags.more', { count: more, value: format.number(more) })}
        </Button>
      )}
    </Section>
  );
}

/** The tag that alone is searched for among all clips. */
export function useShownTag(): string | null {
  const words = useView((state) => (state.list === 'all' ? state.words.trim() : ''));
  return useCollections(({ counts }) =>
    words.includes('tag:') ? (counts?.tags.find(({ tag }) => searchOfTag(tag) === words)?.tag ?? null) : null,
  );
}
