// A part of the sidebar under the lists: its title opens and closes it, and that is remembered.
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../../components/button/Icon';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import styles from './Sidebar.module.css';

interface SectionProps {
  readonly title: string;
  readonly setting: 'collectionsOpen' | 'tagsOpen';
  /** Stands at the end of the title's line. */
  readonly action?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Section({ title, setting, action, className, children }: SectionProps) {
  const open = useSettings((state) => state.settings?.[setting] ?? true);
  const toggle = (): void => void attempt(() => useSettings.getState().update({ [setting]: !open }));
  return (
    <nav className={[styles.section, className].filter(Boolean).join(' ')} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2 className="meta">
          <button type="button" className={styles.fold} aria-expanded={open} onClick={toggle}>
            {title}
            <Icon of={open ? ChevronDown : ChevronRight} size="xs" />
          </button>
        </h2>
        {action}
      </div>
      <div className={styles.sectionList} hidden={!open}>
        {children}
      </div>
    </nav>
  );
}
