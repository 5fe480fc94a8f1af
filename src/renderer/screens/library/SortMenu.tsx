// The order of the grid: by what, and which end first.
import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NEWEST_FIRST, SORT_KEYS, type Sort, type SortKey } from '@shared/domain/search';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuChoices, MenuSeparator } from '../../components/menu/Menu';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import styles from './LibraryScreen.module.css';

/** Name of the key, and of its order downwards and upwards. */
const WORDS = {
  created: ['search.sort.created', 'search.sort.newest', 'search.sort.oldest'],
  rating: ['search.sort.rating', 'search.sort.highest', 'search.sort.lowest'],
  cost: ['search.sort.cost', 'search.sort.highest', 'search.sort.lowest'],
  length: ['search.sort.length', 'search.sort.longest', 'search.sort.shortest'],
  title: ['search.sort.title', 'search.sort.zToA', 'search.sort.aToZ'],
  model: ['search.sort.model', 'search.sort.zToA', 'search.sort.aToZ'],
  size: ['search.sort.size', 'search.sort.largest', 'search.sort.smallest'],
  ratio: ['search.sort.ratio', 'search.sort.widest', 'search.sort.tallest'],
} as const satisfies Record<SortKey, readonly [string, string, string]>;

export function useSort(): Sort {
  return useSettings((state) => state.settings?.sort ?? NEWEST_FIRST);
}

export function SortMenu() {
  const { t } = useTranslation();
  const sort = useSort();
  const [name, downwards, upwards] = WORDS[sort.key];
  const way = sort.descending ? downwards : upwards;
  const order = (next: Sort): void =>
    void attempt(() => useSettings.getState().update({ sort: { ...next } }));
  return (
    <Menu
      align="end"
      label={t('search.sort.label')}
      trigger={
        <Button
          variant="ghost"
          className={styles.sort}
          title={t('search.sort.label')}
          aria-label={`${t('search.sort.label')}: ${t(sort.key === 'created' ? way : name)}`}
        >
          {sort.key === 'created' ? (
            t(way)
          ) : (
            <>
              {t(name)}
              <Icon of={sort.descending ? ArrowDown : ArrowUp} size="xs" />
            </>
          )}
          <Icon of={ChevronDown} size="s" />
        </Button>
      }
    >
      <MenuChoices
        value={sort.key}
        choices={SORT_KEYS.map((key) => ({ value: key, label: t(WORDS[key][0]) }))}
        // Names begin with A, everything else with the most.
        onChoose={(key) => order({ key, descending: key !== 'title' && key !== 'model' })}
      />
      <MenuSeparator />
      <MenuChoices
        value={sort.descending ? 'down' : 'up'}
        choices={[
          { value: 'down', label: t(downwards) },
          { value: 'up', label: t(upwards) },
        ]}
        onChoose={(way) => order({ key: sort.key, descending: way === 'down' })}
      />
    </Menu>
  );
}
