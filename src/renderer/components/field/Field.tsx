// A labelled line of text, a switch, a tick box, and a choice of a few words.
import { Check } from 'lucide-react';
import { Checkbox as RadixCheckbox, Switch as RadixSwitch, ToggleGroup } from 'radix-ui';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { Icon } from '../button/Icon';
import styles from './Field.module.css';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  readonly label: string;
  readonly note?: ReactNode;
  readonly error?: string | null;
  readonly after?: ReactNode;
  /** The label is for assistive technology only. */
  readonly quiet?: boolean;
  readonly mono?: boolean;
}

export function TextField({
  label,
  note,
  error,
  after,
  quiet = false,
  mono = false,
  className,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = (error ?? null) !== null || note !== undefined;
  return (
    <div className={`${styles.field} ${className ?? ''}`}>
      <label htmlFor={id} className={quiet ? 'hidden' : styles.label}>
        {label}
      </label>
      <div className={styles.box} data-invalid={(error ?? null) !== null || undefined}>
        <input
          id={id}
          className={mono ? `mono ${styles.input}` : styles.input}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={(error ?? null) !== null || undefined}
          aria-describedby={hasNote ? noteId : undefined}
          {...rest}
        />
        {after}
      </div>
      {hasNote ? (
        <p id={noteId} className={(error ?? null) === null ? styles.note : styles.error}>
          {error ?? note}
        </p>
      ) : null}
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  /** A warning below the label. */
  readonly note?: string;
  /** What the switch means, below the label. */
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, note, hint, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.line}>
      <label htmlFor={id} className={styles.words}>
        {label}
        {note === undefined ? null : <span className={styles.warn}>{note}</span>}
        {hint === undefined ? null : <span className={styles.lineNote}>{hint}</span>}
      </label>
      <RadixSwitch.Root id={id} className={styles.switch} checked={checked} onCheckedChange={onChange}>
        <RadixSwitch.Thumb className={styles.thumb} />
      </RadixSwitch.Root>
    </div>
  );
}

interface CheckboxProps extends Omit<SwitchProps, 'note' | 'hint'> {
  /** The label is for assistive technology only. */
  readonly quiet?: boolean;
}

export function Checkbox({ label, checked, onChange, quiet = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className={styles.tick}>
      <RadixCheckbox.Root
        id={id}
        className={styles.checkbox}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
      >
        <RadixCheckbox.Indicator>
          <Icon of={Check} size="xs" />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <label htmlFor={id} className={quiet ? 'hidden' : undefined}>
        {label}
      </label>
    </div>
  );
}

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

export function Segments<T extends string>({ label, value, choices, onChange }: SegmentsProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      className={styles.segments}
      aria-label={label}
      value={value}
      onValueChange={(next) => next !== '' && onChange(next as T)}
    >
      {choices.map((choice) => (
        <ToggleGroup.Item key={choice.value} value={choice.value} className={styles.segment}>
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
