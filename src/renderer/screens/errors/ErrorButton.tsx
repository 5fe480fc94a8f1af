// The one button of an error: opens the part of the settings where it is put right.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '@shared/contract/errors';
import { Button } from '../../components/button/Button';
import { ERROR_ACTIONS, type ErrorAction } from '../../i18n/errorAction';
import { useView } from '../../stores/viewStore';

interface ErrorButtonProps {
  readonly code: ErrorCode;
  /** Where the person is already: a form leads nowhere else for what it asks for itself. */
  readonly here?: ErrorAction;
  readonly onPressed?: () => void;
}

/** Nothing where there is nothing to open, or where it is open already. */
export function ErrorButton({ code, here, onPressed }: ErrorButtonProps) {
  const action = ERROR_ACTIONS[code];
  return action === null || action === here ? null : <SettingsButton action={action} onPressed={onPressed} />;
}

interface SettingsButtonProps {
  readonly action: ErrorAction;
  readonly onPressed?: () => void;
}

export function SettingsButton({ action, onPressed }: SettingsButtonProps) {
  const { t } = useTranslation();
  const openPane = useView((state) => state.settings?.pane);
  if (openPane === action) return null;
  return (
    <Button
      size="s"
      onClick={() => {
        onPressed?.();
        useView.getState().openSettings(action);
      }}
    >
      {actionWords(action, t)}
    </Button>
  );
}

function actionWords(action: ErrorAction, t: TFunction): string {
  return {
    connections: t('actions.openConnections'),
    hosting: t('actions.openHosting'),
    library: t('actions.openLibrary'),
    money: t('actions.openMoney'),
    diagnostics: t('actions.openDiagnostics'),
  }[action];
}
