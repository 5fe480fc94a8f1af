// Which model makes it; an endpoint id of one's own stands below the list.
import { Check, ChevronDown } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { MODELS } from '@shared/domain/models';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { TextField } from '../../components/field/Field';
import { Popover } from '../../components/popover/Popover';
import { useDraft } from '../../stores/draftStore';
import type { Facts } from './ParameterBar';
import styles from './ParameterBar.module.css';

export function ModelMenu({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const { draft, model } = facts;
  const [open, setOpen] = useState(false);
  const choose = (id: string): void => {
    useDraft.getState().setModel(id);
    setOpen(false);
  };
  const name = model?.label ?? draft.model;
  return (
    <Popover
      label={t('composer.model')}
      width={280}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={styles.part} aria-label={`${t('composer.model')}: ${name}`}>
          <span className={`truncate ${styles.model}`}>{name}</span>
          <Icon of={ChevronDown} size="s" className={styles.chevron} />
        </button>
      }
    >
      <ul className={styles.models}>
        {MODELS.map((candidate) => (
          <li key={candidate.id}>
            <button
              type="button"
              className={styles.modelChoice}
              aria-pressed={candidate.id === model?.id}
              onClick={() => choose(candidate.id)}
            >
              <span>
                {candidate.label}
                <span className="meta">{candidate.resolutions.join(' · ')}</span>
              </span>
              {candidate.id === model?.id ? <Icon of={Check} size="s" /> : null}
            </button>
          </li>
        ))}
      </ul>
      <EndpointField current={model === undefined ? draft.model : ''} onUse={choose} />
    </Popover>
  );
}

function EndpointField({
  current,
  onUse,
}: {
  readonly current: string;
  readonly onUse: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [id, setId] = useState(current);
  const valid = /^ep-[\w-]+$/.test(id.trim());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (valid) onUse(id.trim());
  };
  return (
    <form className={styles.endpoint} onSubmit={submit}>
      <TextField
        label={t('composer.endpoint')}
        note={t('composer.endpointNote')}
        placeholder="ep-"
        value={id}
        onChange={(event) => setId(event.target.value)}
        after={
          <Button type="submit" size="s" disabled={!valid}>
            {t('composer.endpointUse')}
          </Button>
        }
      />
    </form>
  );
}
