// Finished videos that were paid for and are not here: one quiet line above the grid.
import { CloudDownload, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../components/button/Button';
import { QuietLine } from '../../components/line/QuietLine';
import { useStrangers } from '../../stores/strangersStore';
import { useView } from '../../stores/viewStore';

export function StrangersBar() {
  const { t } = useTranslation();
  const strangers = useStrangers((state) => state.strangers);
  const hidden = useStrangers((state) => state.hidden);
  const [first] = strangers;
  if (first === undefined || hidden) return null;
  const count = strangers.length;
  const one = strangers.every(({ connectionId }) => connectionId === first.connectionId);
  return (
    <QuietLine
      icon={CloudDownload}
      label={t('strangers.title')}
      words={
        one ? t('strangers.barAt', { count, name: first.connectionLabel }) : t('strangers.bar', { count })
      }
    >
      <Button size="s" onClick={() => useView.getState().setStrangersOpen(true)}>
        {t('strangers.show')}
      </Button>
      <IconButton
        icon={X}
        size="s"
        label={t('strangers.hide')}
        onClick={() => useStrangers.getState().hide()}
      />
    </QuietLine>
  );
}
