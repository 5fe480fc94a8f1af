// The key, typed or pasted. It lives in this field alone, and the field is emptied once it was handed over.
import { Eye, EyeOff } from 'lucide-react';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/button/Button';
import { TextField } from '../../components/field/Field';

interface KeyFieldProps {
  readonly label: string;
  readonly keyStorage: 'keychain' | 'memory';
  readonly inputRef: Ref<HTMLInputElement>;
  readonly autoFocus?: boolean;
  /** Instead of where the key goes. */
  readonly note?: string;
  readonly onFilled?: (filled: boolean) => void;
}

export function KeyField({ label, keyStorage, inputRef, autoFocus = false, note, onFilled }: KeyFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      ref={inputRef}
      label={label}
      type={shown ? 'text' : 'password'}
      autoComplete="off"
      autoFocus={autoFocus}
      note={note ?? (keyStorage === 'keychain' ? t('connect.keyNote') : t('connect.keyNoteMemory'))}
      onChange={(event) => onFilled?.(event.target.value.trim() !== '')}
      after={
        <IconButton
          icon={shown ? EyeOff : Eye}
          size="s"
          label={shown ? t('connect.hide') : t('connect.show')}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}

/** Reads the key out of the field and empties it: from here on only main has it. */
export function takeKey(input: HTMLInputElement | null): string {
  const key = input?.value.trim() ?? '';
  if (input !== null) input.value = '';
  return key;
}
