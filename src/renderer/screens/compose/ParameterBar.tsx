// The foot of the composer: how it is made, with what, and what it costs.
import { ChevronDown, Layers, Volume2, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MODELS, outputPixels, type Mode } from '@shared/domain/models';
import { modeOf } from '@shared/domain/draft';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuChoices } from '../../components/menu/Menu';
import { useDraft } from '../../stores/draftStore';
import { DurationPopover } from './DurationPopover';
import { GenerateBlock } from './GenerateBlock';
import { ModelMenu } from './ModelMenu';
import { MoreParameters } from './MoreParameters';
import { RatioPopover } from './RatioPopover';
import { modeChoices, rolesForMode } from './roleChoices';
import type { DraftFacts } from './useDraftFacts';
import styles from './ParameterBar.module.css';

export type Facts = DraftFacts;

/** An endpoint id hides its model: everything the newest one takes is offered, the server decides. */
export function specOf({ model }: Facts) {
  return model ?? MODELS[0];
}

export function ParameterBar({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar} role="group" aria-label={t('composer.parameters')}>
      <div className={styles.group}>
        <ModeMenu facts={facts} />
        <ModelMenu facts={facts} />
      </div>
      <div className={styles.group}>
        <RatioPopover facts={facts} />
        <ResolutionMenu facts={facts} />
        <DurationPopover facts={facts} />
        <SoundToggle facts={facts} />
        <MoreParameters facts={facts} />
      </div>
      <GenerateBlock facts={facts} />
    </div>
  );
}

function ModeMenu({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const { draft, model } = facts;
  const mode = modeOf(draft.references);
  const choices = modeChoices(draft.references, model);
  return (
    <Menu
      side="top"
      label={t('modes.label')}
      trigger={
        <button
          type="button"
          className={styles.part}
          aria-label={`${t('modes.label')}: ${t(`modes.${mode}.name`)}`}
        >
          <Icon of={Layers} />
          {t(`modes.${mode}.name`)}
          <Icon of={ChevronDown} size="s" className={styles.chevron} />
        </button>
      }
    >
      <MenuChoices<Mode>
        value={mode}
        choices={choices.map((choice) => ({
          value: choice.mode,
          label: t(`modes.${choice.mode}.name`),
          note: t(`modes.${choice.mode}.note`),
          reason: choice.reason === null ? null : t(`modes.${choice.reason}`, { model: model?.label ?? '' }),
        }))}
        onChoose={(next) => useDraft.getState().setRoles(rolesForMode(next, draft.references))}
      />
    </Menu>
  );
}

function ResolutionMenu({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const spec = specOf(facts);
  const { resolution, ratio } = facts.draft.parameters;
  if (spec === undefined) return null;
  return (
    <Menu
      side="top"
      label={t('composer.resolution')}
      trigger={
        <button
          type="button"
          className={styles.part}
          aria-label={`${t('composer.resolution')}: ${resolution}`}
        >
          {resolution}
        </button>
      }
    >
      <MenuChoices
        value={resolution}
        choices={spec.resolutions.map((value) => {
          const size = ratio === 'adaptive' ? null : outputPixels(spec, value, ratio);
          return { value, label: value, note: size === null ? undefined : `${size.width}×${size.height}` };
        })}
        onChoose={(next) => useDraft.getState().setParameters({ resolution: next })}
      />
    </Menu>
  );
}

function SoundToggle({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const { generateAudio } = facts.draft.parameters;
  if (specOf(facts)?.generateAudio === 'no') return null;
  const label = generateAudio ? t('composer.soundOn') : t('composer.soundOff');
  return (
    <button
      type="button"
      className={styles.part}
      aria-pressed={generateAudio}
      aria-label={t('composer.sound')}
      title={label}
      onClick={() => useDraft.getState().setParameters({ generateAudio: !generateAudio })}
    >
      <Icon of={generateAudio ? Volume2 : VolumeX} />
    </button>
  );
}
