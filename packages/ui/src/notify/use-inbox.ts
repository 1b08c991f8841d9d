import { listMessages, messageTold, inboxChanged } from '@wangge/notify/contract';
import { useCall } from '../data/use-call.ts';

const live = { types: [messageTold.type, inboxChanged.type] };

/** The newest messages and how many are unread, kept up to date. */
export function useInbox(limit = 30) {
  return useCall(listMessages, { query: { limit } }, { live, keepPrevious: true });
}
