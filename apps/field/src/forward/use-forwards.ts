import { listForwards } from '@wangge/dispatch/contract';
import { useCall } from '@wangge/ui';
import { useMay } from '../session/me.tsx';

/** Orders on their way, from me or to me. */
export function useForwards() {
  const live = { types: ['dispatch.forward-changed', 'dispatch.order-changed'] };
  return useCall(listForwards, {}, { live, enabled: useMay('dispatch.read') });
}
