// A sheet over the window, with its title, closed by Escape; the focus goes back to where it came from.
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../button/Button';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `medium` and `broad` are as high as their content. */
  readonly size?: 'small' | 'medium' | 'broad' | 'wide' | 'large';
  /** `bare`: the content draws its own head. */
  readonly bare?: boolean;
  /** Only to be read: the text itself takes the focus, so that keys scroll it. */
  readonly reading?: boolean;
}

export function Dialog({
  title,
  onClose,
  children,
  size = 'small',
  bare = false,
  reading = false,
}: DialogProps) {
  const { t } = useTranslation();
  const [opener] = useState(() => document.activeElement);
  // Radix gives the focus back to its own trigger alone, and a sheet has none.
  const giveBack = (event: Event): void => {
    event.preventDefault();
    // Who moved on in the meantime is left there.
    const free = document.activeElement === null || document.activeElement === document.body;
    if (free && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.veil}>
          <Radix.Content
            className={`${styles.sheet} ${styles[size]}`}
            aria-describedby={undefined}
            onOpenAutoFocus={focusSheet}
            onCloseAutoFocus={giveBack}
          >
            {bare ? (
              <Radix.Title className="hidden">{title}</Radix.Title>
            ) : (
              <header className={styles.head}>
                <Radix.Title className={styles.title}>{title}</Radix.Title>
                <IconButton icon={X} label={t('common.close')} onClick={onClose} />
              </header>
            )}
            {bare ? (
              children
            ) : (
              <div className={styles.body} tabIndex={reading ? 0 : undefined}>
                {children}
              </div>
            )}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The sheet takes the focus, not its close button; a field that asks for it keeps it. */
function focusSheet(event: Event): void {
  event.preventDefault();
  const sheet = event.currentTarget;
  if (sheet instanceof HTMLElement && !sheet.contains(document.activeElement)) sheet.focus();
}
