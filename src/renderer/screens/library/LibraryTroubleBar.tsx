// The library's folder cannot be used just now: why, in one line, and two ways on.
import { FolderX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { QuietLine } from '../../components/line/QuietLine';
import { useLibrary } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';

export function LibraryTroubleBar() {
  const { t } = useTranslation();
  const location = useLibrary((state) => state.location);
  const { choose, lookAgain } = useLibrary.getState();
  if (location === null || location.trouble === null) return null;
  const { trouble, path } = location;
  return (
    <QuietLine
      icon={FolderX}
      label={t('libraryTrouble.title')}
      words={t(`libraryTrouble.reasons.${trouble}`, { path })}
    >
      <Button size="s" onClick={() => void attempt(choose)}>
        {t('libraryTrouble.choose')}
      </Button>
      <Button size="s" onClick={() => void attempt(lookAgain)}>
        {t('libraryTrouble.lookAgain')}
      </Button>
    </QuietLine>
  );
}
