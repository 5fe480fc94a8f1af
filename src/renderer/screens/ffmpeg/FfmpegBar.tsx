// No ffmpeg on this computer: one quiet line that says what waits for it, and how to come by one.
import { Wrench } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { QuietLine } from '../../components/line/QuietLine';
import { Popover } from '../../components/popover/Popover';
import { useAppInfo } from '../../stores/appInfoStore';
import { attempt } from '../../stores/noticesStore';
import { InstallCommands } from './InstallCommands';
import styles from './FfmpegBar.module.css';

export function FfmpegBar() {
  const { t } = useTranslation();
  const missing = useAppInfo((state) => state.tools !== null && state.tools.ffmpegVersion === null);
  const [looked, setLooked] = useState(false);
  if (!missing) return null;
  const lookAgain = (): void =>
    void attempt(() => useAppInfo.getState().findFfmpeg()).then((done) => setLooked(done));
  return (
    <QuietLine
      icon={Wrench}
      label={t('ffmpeg.title')}
      words={looked ? t('ffmpeg.stillMissing') : t('ffmpeg.missing')}
      warning
    >
      <Popover
        reading
        label={t('ffmpeg.how')}
        side="bottom"
        align="end"
        width={400}
        trigger={
          <Button size="s" variant="ghost">
            {t('ffmpeg.how')}
          </Button>
        }
      >
        <InstallCommands what="ffmpeg" />
        <p className={styles.note}>{t('ffmpeg.howNote')}</p>
      </Popover>
      <Button size="s" onClick={() => void attempt(() => useAppInfo.getState().chooseFfmpeg())}>
        {t('ffmpeg.choose')}
      </Button>
      <Button size="s" onClick={lookAgain}>
        {t('ffmpeg.again')}
      </Button>
    </QuietLine>
  );
}
