// A dropped video that Dailies made: is it meant as a reference, or for what made it?
import { FilePlay, SquarePen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { mediaUrl } from '../../client/mediaUrl';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Dialog } from '../../components/dialog/Dialog';
import { PromptText } from '../../components/prompt/PromptText';
import { chipFacts } from '../../i18n/words';
import { useIntake } from '../../stores/intakeStore';
import { useReuse } from '../library/useReuse';
import styles from './RecipeFound.module.css';

export function RecipeFound() {
  const { t } = useTranslation();
  const reuse = useReuse();
  const found = useIntake((state) => state.found);
  const { closeFound, addFiles } = useIntake.getState();
  if (found === null) return null;
  const { recipe, missingReferences, file } = found;
  return (
    <Dialog title={t('composer.foundTitle')} onClose={closeFound}>
      <p className={`truncate muted ${styles.file}`}>{file.name}</p>
      <p className={styles.prompt}>
        <PromptText
          prompt={recipe.prompt}
          chips={chipFacts(recipe.references, t, (id) => mediaUrl('thumb', id))}
        />
      </p>
      {missingReferences === 0 ? null : (
        <p className={`meta ${styles.note}`}>{t('composer.foundMissing', { count: missingReferences })}</p>
      )}
      <div className={styles.buttons}>
        <Button
          onClick={() => {
            closeFound();
            void addFiles([file]);
          }}
        >
          <Icon of={FilePlay} size="s" />
          {t('actions.useAsReference')}
        </Button>
        <Button
          variant="primary"
          onClick={() => {
            closeFound();
            reuse(recipe);
          }}
        >
          <Icon of={SquarePen} size="s" />
          {t('composer.foundRestore')}
        </Button>
      </div>
    </Dialog>
  );
}
