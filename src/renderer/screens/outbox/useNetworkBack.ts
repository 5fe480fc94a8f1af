// When the network is back and takes wait for it: one quiet notice, gone as soon as none waits.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { costText } from '../../i18n/costText';
import { useFormat } from '../../i18n/useFormat';
import { useConnections } from '../../stores/connectionsStore';
import { totalOf } from '../../stores/costTotal';
import { heldGenerations, useGenerations } from '../../stores/generationsStore';
import { useNetwork } from '../../stores/networkStore';
import { useNotices } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';

export function useNetworkBack(): void {
  const { t } = useTranslation();
  const format = useFormat();
  const online = useNetwork((state) => state.online);
  const waiting = useGenerations((state) =>
    [...state.records.values()].some((item) => item.state === 'held' && item.heldReason === 'offline'),
  );
  const wasOnline = useRef(online);
  const notice = useRef<number | null>(null);
  useEffect(() => {
    const back = online && !wasOnline.current;
    wasOnline.current = online;
    if (notice.current !== null && (!online || !waiting)) {
      useNotices.getState().dismiss(notice.current);
      notice.current = null;
    }
    if (!back || !waiting || useSettings.getState().settings?.outboxSendsByItself === true) return;
    const total = waitingTotal();
    notice.current = useNotices
      .getState()
      .tell(
        t('outbox.networkBack', { count: total.count, sum: costText(total, t, format) }),
        { label: t('outbox.show'), run: () => useView.getState().show('outbox') },
        true,
      );
  }, [online, waiting, t, format]);
}

function waitingTotal() {
  const { connections } = useConnections.getState();
  const free = new Set(connections.filter(({ currency }) => currency === null).map(({ id }) => id));
  return totalOf(
    heldGenerations(useGenerations.getState().records)
      .filter(({ heldReason }) => heldReason === 'offline')
      .map(({ estimate, connection }) => ({ estimate, free: free.has(connection.id) })),
  );
}
