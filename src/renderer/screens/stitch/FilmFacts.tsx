// What the film will be: length, size, speed, sound, and whether its pictures are taken over as they are.
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StitchChoice, StitchPlan } from '@shared/domain/stitch';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuChoices, type Choice } from '../../components/menu/Menu';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { useStitch } from '../../stores/stitchStore';
import { ErrorButton } from '../errors/ErrorButton';
import { reasonLines, takesText } from './planWords';
import { stripSeconds, type StripPart } from './stripPlace';
import styles from './Stitch.module.css';

const FOLLOW = 'follow';
const SIZES = ['1920x1080', '1280x720', '1080x1920', '720x1280', '1080x1080'];
const RATES = [24, 25, 30, 60];

export function FilmFacts({ parts }: { readonly parts: readonly StripPart[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { plan, problem } = useStitch();
  const seconds = plan?.seconds ?? stripSeconds(parts);
  return (
    <section className={styles.facts} aria-label={t('stitch.film')}>
      <p className={`num ${styles.total}`}>{t('units.seconds', { value: format.fixed(seconds, 1) })}</p>
      <dl className={styles.rows}>
        <Row name={t('repair.size')}>
          <SizeMenu plan={plan} parts={parts} />
        </Row>
        <Row name={t('repair.rate')}>
          <RateMenu plan={plan} />
        </Row>
        <Row name={t('composer.sound')}>{plan === null ? '–' : soundText(plan, t)}</Row>
      </dl>
      <div className={styles.how} role="status">
        {problem !== null ? (
          <ProblemText />
        ) : plan === null ? (
          <p className="muted">{t('stitch.looking')}</p>
        ) : (
          <How plan={plan} />
        )}
      </div>
    </section>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}

function soundText({ sound, items }: StitchPlan, t: ReturnType<typeof useTranslation>['t']): string {
  if (sound === 'none') return t('stitch.silent');
  const silent = items.flatMap((item, index) => (item.silent ? [index + 1] : []));
  return silent.length === 0
    ? t('stitch.withSound')
    : t('stitch.partlySilent', { takes: takesText(silent, t) });
}

function ProblemText() {
  const { t } = useTranslation();
  const format = useFormat();
  const problem = useStitch((state) => state.problem);
  if (problem === null) return null;
  const { sentence, next } = errorText(problem, t, format);
  const index = problem.detail.values?.index;
  return (
    <>
      <p className={styles.problem}>
        {typeof index === 'number' ? t('stitch.aboutTakes', { takes: takesText([index + 1], t) }) : null}
        {sentence}
      </p>
      <p className="muted">{next}</p>
      <ErrorButton code={problem.code} />
    </>
  );
}

function How({ plan }: { readonly plan: StitchPlan }) {
  const { t } = useTranslation();
  if (plan.mode === 'copy')
    return (
      <>
        <p className={styles.head}>{t('stitch.copied')}</p>
        <p className="muted">{t('stitch.copiedNote')}</p>
      </>
    );
  return (
    <>
      <p className={styles.head}>{t('stitch.encoded')}</p>
      <ul className={styles.reasons}>
        {reasonLines(plan).map(({ reason, takes }) => (
          <li key={reason}>
            <span className="muted">{t('stitch.aboutTakes', { takes: takesText(takes, t) })}</span>
            {t(`stitch.reasons.${reason}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

function SizeMenu({
  plan,
  parts,
}: {
  readonly plan: StitchPlan | null;
  readonly parts: readonly StripPart[];
}) {
  const { t } = useTranslation();
  const choice = useStitch((state) => state.choice);
  const own = parts.map(({ clip }) => `${evenSide(clip.width)}x${evenSide(clip.height)}`);
  const sizes = [...new Set([...own, ...SIZES])];
  const { size } = choice;
  const planned = plan === null ? null : sizeText(`${plan.size.width}x${plan.size.height}`);
  return (
    <ChoiceMenu
      label={t('stitch.sizeOf')}
      value={size === undefined ? FOLLOW : `${size.width}x${size.height}`}
      shown={size === undefined ? (planned ?? t('stitch.follow')) : sizeText(`${size.width}x${size.height}`)}
      choices={[
        { value: FOLLOW, label: t('stitch.follow'), note: t('stitch.followSize') },
        ...sizes.map((value) => ({ value, label: sizeText(value) })),
      ]}
      onChoose={(value) => {
        const [width = 0, height = 0] = value.split('x').map(Number);
        change(value === FOLLOW ? { size: undefined } : { size: { width, height } });
      }}
    />
  );
}

function RateMenu({ plan }: { readonly plan: StitchPlan | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const choice = useStitch((state) => state.choice);
  const text = (fps: number): string => t('units.fps', { value: format.number(fps, 3) });
  const shown = choice.fps ?? plan?.fps;
  return (
    <ChoiceMenu
      label={t('stitch.rateOf')}
      value={choice.fps === undefined ? FOLLOW : String(choice.fps)}
      shown={shown === undefined ? t('stitch.follow') : text(shown)}
      choices={[
        { value: FOLLOW, label: t('stitch.follow'), note: t('stitch.followRate') },
        ...RATES.map((fps) => ({ value: String(fps), label: text(fps) })),
      ]}
      onChoose={(value) => change({ fps: value === FOLLOW ? undefined : Number(value) })}
    />
  );
}

interface ChoiceMenuProps {
  readonly label: string;
  readonly value: string;
  readonly shown: string;
  readonly choices: readonly Choice<string>[];
  readonly onChoose: (value: string) => void;
}

function ChoiceMenu({ label, value, shown, choices, onChoose }: ChoiceMenuProps) {
  return (
    <Menu
      align="end"
      label={label}
      trigger={
        <Button size="s" variant="ghost" className={styles.choice} aria-label={`${label}, ${shown}`}>
          {shown}
          <Icon of={ChevronDown} size="xs" />
        </Button>
      }
    >
      <MenuChoices value={value} choices={choices} onChoose={onChoose} />
    </Menu>
  );
}

/** What is left out of a choice follows the takes. */
function change(next: { size?: StitchChoice['size']; fps?: StitchChoice['fps'] }): void {
  const { choice, setChoice } = useStitch.getState();
  const { size, fps } = { ...choice, ...next };
  setChoice({ ...(size === undefined ? {} : { size }), ...(fps === undefined ? {} : { fps }) });
}

function evenSide(side: number): number {
  return Math.max(2, Math.floor(side / 2) * 2);
}

function sizeText(size: string): string {
  return size.replace('x', ' × ');
}
