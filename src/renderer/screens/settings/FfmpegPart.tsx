// Which ffmpeg program is used: the one that came with Dailies or the system's, unless the person chose another.
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { useAppInfo } from '../../stores/appInfoStore';
import { useDiagnostics } from '../../stores/diagnosticsStore';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import settings from './Settings.module.css';

export function FfmpegPart() {
  const { t } = useTranslation();
  const path = useSettings((state) => state.settings?.ffmpegPath ?? null);
  const version = useAppInfo((state) => state.tools?.ffmpegVersion ?? null);
  const { chooseFfmpeg, clearFfmpeg } = useAppInfo.getState();
  // What the test said was of another program.
  const testAgain = (): Promise<void> => useDiagnostics.getState().run('ffmpeg');
  const choose = (): void =>
    void attempt(async () => {
      if (await chooseFfmpeg()) await testAgain();
    });
  const clear = (): void =>
    void attempt(async () => {
      await clearFfmpeg();
      await testAgain();
    });
  return (
    <section className={settings.part}>
      <div className={settings.partHead}>
        <h3>{t('ffmpeg.program')}</h3>
      </div>
      <div className={settings.box}>
        <div className={settings.row}>
          <div className={settings.name}>
            {path === null ? (
              <span>{t('ffmpeg.byItself')}</span>
            ) : (
              <span className="mono selectable">{path}</span>
            )}
            <span className="meta num">
              {version === null ? t('ffmpeg.none') : t('ffmpeg.version', { version })}
            </span>
          </div>
          {path === null ? null : (
            <Button size="s" variant="ghost" onClick={clear}>
              {t('ffmpeg.clear')}
            </Button>
          )}
          <Button size="s" onClick={choose}>
            {t('ffmpeg.choose')}
          </Button>
        </div>
      </div>
    </section>
  );
}
