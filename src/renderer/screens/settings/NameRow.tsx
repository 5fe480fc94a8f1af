// How new clips are named: a template with an example that follows it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { TextField } from '../../components/field/Field';
import { DEFAULT_SETTINGS } from '@shared/domain/settings';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { NAME_PARTS, nameExample, unknownParts, type NamePart } from './nameExample';
import styles from './LibraryPane.module.css';

export function NameRow() {
  const { t } = useTranslation();
  const saved = useSettings((state) => state.settings?.nameTemplate ?? DEFAULT_SETTINGS.nameTemplate);
  const [typed, setTyped] = useState<string | null>(null);
  const template = typed ?? saved;
  const words: Record<NamePart, string> = {
    date: t('library.partDate'),
    time: t('library.partTime'),
    prompt: t('library.partPrompt'),
    model: t('library.partModel'),
    seed: t('library.partSeed'),
    id: t('library.partId'),
  };
  const example = {
    date: '2026-11-22',
    time: '14-02-07',
    prompt: t('library.examplePrompt'),
    model: 'Seedance 2.0',
    seed: '1276',
    id: '3f9a12c4',
  };
  const [wrong] = unknownParts(template);
  const error =
    template.trim() === ''
      ? t('library.nameEmpty')
      : wrong === undefined
        ? null
        : t('library.nameUnknown', { part: wrong });
  const save = (next: string): void =>
    void attempt(() => useSettings.getState().update({ nameTemplate: next })).then(
      (done) => done && setTyped(null),
    );
  return (
    <form
      className={styles.naming}
      onSubmit={(event) => {
        event.preventDefault();
        if (error === null && typed !== null) save(template.trim());
      }}
    >
      <TextField
        label={t('library.names')}
        mono
        maxLength={300}
        value={template}
        error={error}
        note={
          <span className="selectable" data-testid="name-example">
            {nameExample(template, example)}
          </span>
        }
        onChange={(event) => setTyped(event.target.value)}
        after={
          typed === null || typed === saved ? undefined : (
            <Button size="s" type="submit" disabled={error !== null} className={styles.save}>
              {t('common.save')}
            </Button>
          )
        }
      />
      <div className={styles.parts}>
        {NAME_PARTS.map((part) => (
          <button
            key={part}
            type="button"
            title={t('library.addPart')}
            onClick={() => setTyped(`${template.trimEnd()} {${part}}`.trimStart())}
          >
            <span className="mono">{`{${part}}`}</span> <span className="muted">{words[part]}</span>
          </button>
        ))}
        {saved === DEFAULT_SETTINGS.nameTemplate ? null : (
          <button type="button" onClick={() => save(DEFAULT_SETTINGS.nameTemplate)}>
            {t('library.standardName')}
          </button>
        )}
      </div>
    </form>
  );
}
