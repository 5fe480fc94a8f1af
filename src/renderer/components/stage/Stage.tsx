// A dark room over the whole window to look at clips in, whatever the theme. Escape closes it.
import { ArrowLeft } from 'lucide-react';
import { Portal, Dialog as Radix } from 'radix-ui';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../button/Button';
import { PortalTarget } from '../portal/PortalTarget';
import styles from './Stage.module.css';

interface StageProps {
  /** What assistive technology calls it. */
  readonly title: string;
  /** The window's own buttons stand over its upper left corner, and the bar moves the window. */
  readonly mac: boolean;
  /** Beside the way back. */
  readonly bar: ReactNode;
  readonly children: ReactNode;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onClose: () => void;
  /** It has gone: says where the focus goes. */
  readonly onClosed: () => void;
}

export function Stage({ title, mac, bar, children, onKey, onClose, onClosed }: StageProps) {
  const { t } = useTranslation();
  const [room, setRoom] = useState<HTMLElement | null>(null);
  const [above, setAbove] = useState<HTMLElement | null>(null);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Content
          ref={setRoom}
          className={styles.stage}
          data-theme="dark"
          data-mac={mac || undefined}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          onKeyDown={onKey}
          onMouseDown={keepFocus}
        >
          <Radix.Title className="hidden">{title}</Radix.Title>
          <PortalTarget value={above ?? undefined}>
            <header className={styles.bar}>
              <IconButton icon={ArrowLeft} label={t('common.close')} onClick={onClose} />
              {bar}
            </header>
            {children}
          </PortalTarget>
          {/* Beside the room: whatever goes from inside it takes the focus back to its door. */}
          {room === null ? null : <Portal.Root ref={setAbove} className={styles.above} data-theme="dark" />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A button that was clicked does not take the keys away from the film. */
function keepFocus(event: { readonly target: EventTarget; preventDefault(): void }): void {
  if ((event.target as HTMLElement).closest('button') !== null) event.preventDefault();
}

/** Whether a key belongs to what has the focus: a field, a menu, a button that it presses. */
export function isTaken({ target, key }: KeyboardEvent): boolean {
  const { tagName, role } = target as HTMLElement;
  if (tagName === 'INPUT' || tagName === 'TEXTAREA' || role === 'menuitem') return true;
  return tagName === 'BUTTON' && (key === ' ' || key === 'Enter');
}
