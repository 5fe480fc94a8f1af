// The connection form over the first run.
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog/Dialog';
import { MemoryNotice } from '../settings/MemoryNotice';
import { ConnectForm } from './ConnectForm';

export default function ConnectDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('connect.title')} onClose={onClose}>
      <MemoryNotice />
      <ConnectForm onDone={onClose} onCancel={onClose} />
    </Dialog>
  );
}
