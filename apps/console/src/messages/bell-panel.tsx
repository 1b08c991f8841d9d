import { Inbox } from '@wangge/ui/notify';
import '@wangge/ui/notify.css';

/** Fetched with the first look at it. */
export function BellPanel({ onOpen }: { onOpen: (subject: { readonly kind: string; readonly id: string }) => void }) {
  return <Inbox onOpen={onOpen} />;
}
