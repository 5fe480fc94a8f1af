// A recipe to read: the prompt with its chips, and the files that guided it.
import { useTranslation } from 'react-i18next';
import { compilePrompt } from '@shared/domain/compile';
import type { Recipe } from '@shared/domain/draft';
import { copyText } from '../../client/clipboard';
import { mediaUrl } from '../../client/mediaUrl';
import { CopyButton } from '../../components/button/CopyButton';
import { PromptText } from '../../components/prompt/PromptText';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { useFormat } from '../../i18n/useFormat';
import { chipFacts, referenceNames } from '../../i18n/words';
import styles from './Inspector.module.css';

export function RecipeSections({ recipe }: { readonly recipe: Recipe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = referenceNames(recipe.references, t);
  const chips = chipFacts(recipe.references, t, (id) => mediaUrl('thumb', id));
  return (
    <>
      <section className={styles.section}>
        <div className={styles.sectionHead}>
          <h3>{t('inspector.prompt')}</h3>
          {recipe.prompt === '' ? null : (
            <CopyButton label={t('actions.copyPrompt')} onCopy={() => copyText(compilePrompt(recipe))} />
          )}
        </div>
        <p className={`selectable ${styles.prompt}`}>
          {recipe.prompt === '' ? (
            <span className="muted">{t('inspector.noPrompt')}</span>
          ) : (
            <PromptText prompt={recipe.prompt} chips={chips} />
          )}
        </p>
      </section>
      {recipe.references.length === 0 ? null : (
        <section className={styles.section}>
          <h3>{t('inspector.references')}</h3>
          <ul>
            {recipe.references.map(({ key, role, reference }) => (
              <li key={key} className={styles.reference}>
                <ReferenceThumb
                  kind={reference.kind}
                  src={reference.hasThumb ? mediaUrl('thumb', reference.id) : null}
                />
                <span className="truncate">
                  {names.get(key)} <span className="muted">{reference.name}</span>
                </span>
                <span className={`num muted ${styles.end}`}>
                  {role === 'first_frame' || role === 'last_frame'
                    ? t(`roles.${role}`)
                    : reference.seconds === undefined
                      ? null
                      : t('units.seconds', { value: format.fixed(reference.seconds, 1) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
