// What will be sent: the prompt as compiled, the content in order, the JSON, and code to copy.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compilePrompt, compileRequest, inlinePlaceholder, promptLanguage } from '@shared/domain/compile';
import { modelIdFor } from '@shared/domain/connection';
import { findModel } from '@shared/domain/models';
import {
  createExample,
  EXAMPLE_LANGUAGES,
  getExample,
  type ExampleLanguage,
} from '@shared/domain/requestExamples';
import { copyText } from '../../client/clipboard';
import { CopyButton } from '../../components/button/CopyButton';
import { Dialog } from '../../components/dialog/Dialog';
import { Segments } from '../../components/field/Field';
import { Table } from '../../components/table/Table';
import { LANGUAGE_NAMES } from '../inspector/languageNames';
import { useFormat } from '../../i18n/useFormat';
import { CustodySums } from './CustodySums';
import { custodyWords, inOneLine } from './custodyWords';
import { useDraftFacts, type DraftFacts } from './useDraftFacts';
import styles from './SentDialog.module.css';

type Shown = 'json' | ExampleLanguage;
const TASK_PLACEHOLDER = 'TASK_ID';
/** The practice gateway has no address until it runs. */
const NO_ADDRESS = 'http://127.0.0.1:PORT/api/v3';

export default function SentDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const facts = useDraftFacts();
  const { draft, connection } = facts;
  const [shown, setShown] = useState<Shown>('json');
  const [ask, setAsk] = useState<'create' | 'get'>('create');
  const spec = findModel(draft.model);
  const modelId =
    spec === undefined || connection === null ? draft.model : modelIdFor(connection.preset, spec);
  const request = compileRequest(draft, inlinePlaceholder, modelId);
  const address = connection === null || connection.baseUrl === '' ? NO_ADDRESS : connection.baseUrl;
  const text =
    shown === 'json'
      ? JSON.stringify(request, null, 2)
      : ask === 'create'
        ? createExample(shown, address, request)
        : getExample(shown, address, TASK_PLACEHOLDER);
  const prompt = compilePrompt(draft);
  return (
    <Dialog title={t('composer.whatIsSent')} onClose={onClose} size="wide">
      <div className={styles.body}>
        <section>
          <h3 className={styles.head}>{t('sent.prompt')}</h3>
          <p className={`selectable ${styles.prompt}`} lang={promptLanguage(prompt)}>
            {prompt === '' ? <span className="muted">{t('sent.noPrompt')}</span> : prompt}
          </p>
        </section>
        <CustodySums facts={facts} />
        <Order facts={facts} />
        <section className={styles.request}>
          <div className={styles.head}>
            <h3>{t('sent.request')}</h3>
            <CopyButton words label={t('common.copy')} onCopy={() => copyText(text)} />
          </div>
          <div className={styles.choices}>
            <Segments<Shown>
              label={t('sent.language')}
              value={shown}
              choices={[
                { value: 'json', label: t('sent.json') },
                ...EXAMPLE_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
              ]}
              onChange={setShown}
            />
            {shown === 'json' ? null : (
              <Segments
                label={t('sent.request')}
                value={ask}
                choices={[
                  { value: 'create', label: t('sent.create') },
                  { value: 'get', label: t('sent.get') },
                ]}
                onChange={setAsk}
              />
            )}
          </div>
          <pre className={`mono selectable ${styles.code}`} tabIndex={0} aria-label={t('sent.request')}>
            {text}
          </pre>
          <p className="meta">{t('sent.placeholderNote')}</p>
        </section>
      </div>
    </Dialog>
  );
}

function Order({ facts }: { readonly facts: DraftFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { draft, names, custody, custodySetting } = facts;
  const rows = [
    ...(compilePrompt(draft) === ''
      ? []
      : [{ key: 'text', what: t('sent.text'), file: '', role: '', how: t('custody.inside') }]),
    ...draft.references.map(({ key, role, reference }) => ({
      key,
      what: names.get(key) ?? '',
      file: reference.name,
      role: t(`roles.${role}`),
      how: inOneLine(custodyWords(custody.get(key) ?? 'nowhere', reference, custodySetting, t, format)),
    })),
  ];
  return (
    <section>
      <h3 className={styles.head}>{t('sent.order')}</h3>
      <Table wrap>
        <thead>
          <tr>
            <th scope="col">{t('sent.place')}</th>
            <th scope="col">{t('sent.what')}</th>
            <th scope="col">{t('sent.role')}</th>
            <th scope="col">{t('sent.how')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.key}>
              <td className="num muted">{index}</td>
              <td>
                {row.what} <span className="muted">{row.file}</span>
              </td>
              <td>{row.role}</td>
              <td className="muted">{row.how}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
