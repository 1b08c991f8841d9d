import { onPushOpened } from '@wangge/ui/notify';
import { useEffect } from 'react';
import { pageAt } from '../router/path.ts';
import { go } from '../router/router.tsx';

/** A notification was tapped while the page is open. */
export function usePushOpened(): void {
  useEffect(() => onPushOpened((path) => go(pageAt(path.replace(/\?.*$/, '')))), []);
}
