// The buttons: words, or one drawing with a name that shows on hover.
import type { LucideIcon } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import { useContext, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { PortalTarget } from '../portal/PortalTarget';
import { Icon } from './Icon';
import styles from './Button.module.css';

interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: 'outline' | 'primary' | 'ghost';
  readonly size?: 's' | 'm' | 'l';
}

export function Button({ variant = 'outline', size = 'm', className, ...rest }: ButtonProps) {
  const names = [styles.button, styles[variant], styles[size], className];
  return <button type="button" className={names.filter(Boolean).join(' ')} {...rest} />;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly size?: 's' | 'm';
  readonly pressed?: boolean;
  /** The key that does the same, shown with the name. */
  readonly keyCap?: string;
}

export function IconButton({
  icon,
  label,
  size = 'm',
  pressed,
  keyCap,
  className,
  ...rest
}: IconButtonProps) {
  const { t } = useTranslation();
  const names = [styles.icon, styles[size], pressed === true ? styles.pressed : undefined, className];
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          aria-label={label}
          aria-pressed={pressed}
          aria-keyshortcuts={keyCap}
          className={names.filter(Boolean).join(' ')}
          {...rest}
        >
          <Icon of={icon} size={size === 's' ? 's' : 'm'} />
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal container={useContext(PortalTarget)}>
        <Tooltip.Content className={styles.tip} sideOffset={6} collisionPadding={8}>
          {keyCap === undefined ? label : t('common.withKey', { label, keys: keyCap })}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
