// What opens below a row of the settings: a key or secret to enter, or the question before it is removed.
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { useOpenedFocus } from '../../components/focus/useOpenedFocus';
import { useAppInfo } from '../../stores/appInfoStore';
import { attempt } from '../../stores/noticesStore';
import { KeyField, takeKey } from '../connect/KeyField';
import styles from './Settings.module.css';

interface KeyFormProps {
  readonly label: string;
  readonly saveLabel: string;
  /** What it belongs to, for the notice of a failure. */
  readonly name: string;
  readonly onSave: (key: string) => Promise<void>;
  readonly onClose: () => void;
}

export function KeyForm({ label, saveLabel, name, onSave, onClose }: KeyFormProps) {
  const area = useOpenedFocus<HTMLFormElement>();
  const input = useRef<HTMLInputElement>(null);
  const [filled, setFilled] = useState(false);
  const keyStorage = useAppInfo((state) => state.tools?.keyStorage ?? 'keychain');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const key = takeKey(input.current);
    setFilled(false);
    if (key === '') return;
    void attempt(() => onSave(key), name).then((ok) => ok && onClose());
  };
  return (
    <form ref={area} className={styles.form} onSubmit={submit}>
      <KeyField label={label} keyStorage={keyStorage} inputRef={input} autoFocus onFilled={setFilled} />
      <FormButtons onCancel={onClose}>
        <Button size="s" type="submit" disabled={!filled}>
          {saveLabel}
        </Button>
      </FormButtons>
    </form>
  );
}

interface RemoveFormProps {
  readonly label: string;
  readonly question: string;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

export function RemoveForm({ label, question, onRemove, onClose }: RemoveFormProps) {
  const { t } = useTranslation();
  const area = useOpenedFocus<HTMLDivElement>();
  return (
    <div ref={area} className={styles.form} role="alertdialog" aria-label={label}>
      <p>{question}</p>
      <FormButtons onCancel={onClose} focusCancel>
        <Button size="s" className={styles.danger} onClick={onRemove}>
          {t('common.remove')}
        </Button>
      </FormButtons>
    </div>
  );
}

interface FormButtonsProps {
  readonly onCancel: () => void;
  readonly focusCancel?: boolean;
  readonly children: ReactNode;
}

export function FormButtons({ onCancel, focusCancel = false, children }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.buttons}>
      <Button size="s" autoFocus={focusCancel} onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      {children}
    </div>
  );
}
