import { personalChannels, type DeliveryChannel } from '@wangge/notify/contract';
import { notifyAdminTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';

/** What the ways are called. */
export function useChannelName(): (channel: DeliveryChannel) => string {
  const t = useTexts(notifyAdminTexts);
  const pick = usePick();
  return (channel) => (channel === 'chat' ? t.chat : pick(personalChannels[channel]));
}
