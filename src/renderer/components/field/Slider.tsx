// A quiet slider for sizes, lengths and positions.
import { Slider as Radix } from 'radix-ui';
import styles from './Slider.module.css';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** What assistive technology reads instead of the bare number. */
  readonly valueText?: string;
  readonly disabled?: boolean;
  readonly tone?: 'muted' | 'text';
  readonly onChange: (value: number) => void;
  readonly onCommit?: (value: number) => void;
}

export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  valueText,
  disabled = false,
  tone = 'muted',
  onChange,
  onCommit,
}: SliderProps) {
  return (
    <Radix.Root
      className={styles.slider}
      data-tone={tone}
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
    >
      <Radix.Track className={styles.track}>
        <Radix.Range className={styles.range} />
      </Radix.Track>
      <Radix.Thumb className={styles.thumb} aria-label={label} aria-valuetext={valueText} />
    </Radix.Root>
  );
}
