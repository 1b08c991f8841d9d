import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Goes to what a message is about. */
export function useGoTo(): (subject: { readonly kind: string; readonly id: string }) => void {
  const navigate = useNavigate();
  return useCallback(
    ({ kind, id }) => {
      if (kind === 'incident') void navigate({ to: '/', search: { id } });
      if (kind === 'patrol') void navigate({ to: '/patrols', search: { round: id } });
    },
    [navigate],
  );
}
