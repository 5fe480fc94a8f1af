// Copies a text, and says so in place for a moment.
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './Button';
import { Icon } from './Icon';

interface CopyButtonProps {
  readonly label: string;
  readonly onCopy: () => void | Promise<void>;
  /** With words beside the drawing. */
  readonly words?: boolean;
  readonly size?: 's' | 'm';
}

const SAYS_MILLISECONDS = 1600;

export function CopyButton({ label, onCopy, words = false, size = 's' }: CopyButtonProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return undefined;
    const timer = setTimeout(() => setCopied(0), SAYS_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    void onCopy();
    setCopied((count) => count + 1);
  };
  const icon = copied > 0 ? Check : Copy;
  if (!words)
    return (
      <IconButton icon={icon} size={size} label={copied > 0 ? t('common.copied') : label} onClick={copy} />
    );
  return (
    <Button size={size} onClick={copy}>
      <Icon of={icon} size="s" />
      {copied > 0 ? t('common.copied') : label}
    </Button>
  );
}
