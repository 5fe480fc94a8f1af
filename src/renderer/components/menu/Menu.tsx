// A menu of commands or choices. A choice that cannot be taken stays visible and says why.
import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useContext, type ReactNode } from 'react';
import { Icon } from '../button/Icon';
import { PortalTarget } from '../portal/PortalTarget';
import styles from './Menu.module.css';

interface MenuProps {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  readonly side?: 'top' | 'bottom';
  readonly label?: string;
}

export function Menu({ trigger, children, align = 'start', side = 'bottom', label }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={useContext(PortalTarget)}>
        <DropdownMenu.Content
          className={styles.menu}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            // What a command has given the focus to keeps it; else it goes back to the trigger.
            if (document.activeElement !== document.body) event.preventDefault();
          }}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly note?: string;
  /** As `useKeys` writes them; empty where there are none. */
  readonly keys?: string;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

export function MenuItem({ label, icon, note, keys = '', danger = false, onSelect }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={styles.item} onSelect={onSelect} data-danger={danger || undefined}>
      {icon === undefined ? null : <Icon of={icon} size="s" />}
      <Words label={label} note={note} />
      {keys === '' ? null : <span className={styles.keys}>{keys}</span>}
    </DropdownMenu.Item>
  );
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly note?: string;
  /** Present: cannot be chosen, and this is why. */
  readonly reason?: string | null;
}

interface MenuChoicesProps<T extends string> {
  readonly value: T | null;
  readonly choices: readonly Choice<T>[];
  readonly onChoose: (value: T) => void;
}

export function MenuChoices<T extends string>({ value, choices, onChoose }: MenuChoicesProps<T>) {
  return (
    <DropdownMenu.RadioGroup value={value ?? ''} onValueChange={(next) => onChoose(next as T)}>
      {choices.map((choice) => {
        const reason = choice.reason ?? undefined;
        return (
          <DropdownMenu.RadioItem
            key={choice.value}
            value={choice.value}
            className={styles.item}
            disabled={reason !== undefined}
          >
            <Words label={choice.label} note={reason ?? choice.note} />
            <DropdownMenu.ItemIndicator className={styles.mark}>
              <Icon of={Check} size="s" />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        );
      })}
    </DropdownMenu.RadioGroup>
  );
}

/** What the commands below are about; not one itself. */
export function MenuHead({ children }: { readonly children: ReactNode }) {
  return <DropdownMenu.Label className={styles.head}>{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className={styles.separator} />;
}

function Words({ label, note }: { readonly label: string; readonly note: string | undefined }) {
  return (
    <span className={styles.words}>
      <span>{label}</span>
      {note === undefined ? null : <span className={styles.note}>{note}</span>}
    </span>
  );
}
