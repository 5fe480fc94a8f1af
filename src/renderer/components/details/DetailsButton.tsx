// The button that opens what stands under Details.
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../button/Button';
import { Popover } from '../popover/Popover';
import { ErrorDetails } from './ErrorDetails';

interface DetailsButtonProps extends Omit<ComponentProps<typeof ErrorDetails>, 'children'> {
  readonly side: 'top' | 'bottom';
}

export function DetailsButton({ side, ...details }: DetailsButtonProps) {
  const { t } = useTranslation();
  return (
    <Popover
      label={t('details.title')}
      side={side}
      align="end"
      width={320}
      trigger={
        <Button size="s" variant="ghost">
          {t('common.details')}
        </Button>
      }
    >
      <ErrorDetails {...details} />
    </Popover>
  );
}
