// Under the takes, what differs between them; what is the same on request.
import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipDetail } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Button } from '../../components/button/Button';
import { PromptText } from '../../components/prompt/PromptText';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { useFormat } from '../../i18n/useFormat';
import { chipFacts } from '../../i18n/words';
import { rowsOf, type Row } from './differences';
import { factText, fileText, rowName } from './factWords';
import { promptRuns } from './promptDifference';
import styles from './Compare.module.css';

const NO_RECIPE = { prompt: '', references: [] };

export const Differences = memo(function Differences({ takes }: { readonly takes: readonly ClipDetail[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const rows = useMemo(() => rowsOf(takes), [takes]);
  const runs = useMemo(() => promptRuns(takes.map(({ recipe }) => recipe ?? NO_RECIPE)), [takes]);
  const hasPrompt = takes.some(({ recipe }) => recipe !== null && recipe.prompt !== '');
  const promptDiffers = runs.some((list) => list.some(({ differs }) => differs));
  const count = rows.filter(({ differs }) => differs).length + (promptDiffers ? 1 : 0);
  const shown = all ? rows : rows.filter(({ differs }) => differs);
  const columns = { gridTemplateColumns: `112px repeat(${takes.length}, minmax(0, 1fr))` };
  return (
    <section className={styles.differences} aria-label={t('compare.differences')}>
      <div className={styles.differencesHead}>
        <h2>{t('compare.differences')}</h2>
        <span className="meta">{count === 0 ? t('compare.nothing') : t('compare.count', { count })}</span>
        <span className={styles.gap} />
        <Button variant="ghost" size="s" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? t('compare.showDifferences')
            : t('compare.showAll', { count: rows.length + (hasPrompt ? 1 : 0) })}
        </Button>
      </div>
      <div className={styles.table} role="table" aria-label={t('compare.differences')}>
        {hasPrompt && (all || promptDiffers) ? (
          <div className={styles.row} role="row" style={columns}>
            <span role="rowheader">{t('inspector.prompt')}</span>
            {takes.map(({ id, recipe }, place) => (
              <p key={id} role="cell" className={`selectable ${styles.prompt}`}>
                {recipe === null || recipe.prompt === '' ? <span className="muted">–</span> : null}
                {runs[place]?.map((run, index) => (
                  <span key={index} data-differs={run.differs || undefined}>
                    <PromptText
                      prompt={run.prompt}
                      chips={chipFacts(recipe?.references ?? [], t, (reference) =>
                        mediaUrl('thumb', reference),
                      )}
                    />
                  </span>
                ))}
              </p>
            ))}
          </div>
        ) : null}
        {shown.map((row) => (
          <Line
            key={row.type === 'fact' ? row.name : `${row.kind} ${row.number}`}
            row={row}
            takes={takes}
            columns={columns}
          />
        ))}
      </div>
    </section>
  );
});

interface LineProps {
  readonly row: Row;
  readonly takes: readonly ClipDetail[];
  readonly columns: { readonly gridTemplateColumns: string };
}

function Line({ row, takes, columns }: LineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.row} role="row" style={columns} data-differs={row.differs || undefined}>
      <span role="rowheader">{rowName(row, t)}</span>
      {takes.map((clip, place) => {
        if (row.type === 'fact')
          return (
            <span key={clip.id} role="cell" className="num selectable truncate">
              {factText(clip, row.name, t, format) ?? <span className="muted">–</span>}
            </span>
          );
        const file = row.files[place] ?? null;
        return (
          <span key={clip.id} role="cell" className={`num ${styles.file}`}>
            {file === null ? (
              <span className="muted">–</span>
            ) : (
              <>
                <ReferenceThumb
                  kind={file.kind}
                  src={file.hasThumb ? mediaUrl('thumb', file.id) : null}
                  size="chip"
                />
                <span className="truncate">{fileText(file, t, format)}</span>
              </>
            )}
          </span>
        );
      })}
    </div>
  );
}
