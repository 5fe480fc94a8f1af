// A menu of commands at a point of the window, as the second mouse button and the menu key open it.
import { DropdownMenu } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import styles from './Menu.module.css';

interface PointerMenuProps {
  /** Pixels from the window's corner. */
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function PointerMenu({ x, y, label, children, onClose }: PointerMenuProps) {
  // What had the focus gets it back, unless a command has given it to something else.
  const before = useRef(document.activeElement);
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span className={styles.point} style={{ left: x, top: y }} aria-hidden tabIndex={-1} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.menu}
          align="start"
          sideOffset={0}
          collisionPadding={8}
          aria-label={label}
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const { current } = before;
            if (document.activeElement === document.body && current instanceof HTMLElement)
              current.focus({ preventScroll: true });
          }}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
