import { getMe, type Me } from '@wangge/staff/contract';
import { callKey } from '@wangge/ui';
import { createContext, use, type ReactNode } from 'react';

/** Cache key of "who am I"; null there means signed out. */
export const meKey = callKey(getMe, {});

const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Who is signed in. Only below the gate. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('nobody is signed in here');
  return me;
}
/** Whether to show something that needs a permission; the server decides again. */
export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission);
}
