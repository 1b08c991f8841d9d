import { RouterProvider } from '@tanstack/react-router';
import { LiveProvider } from '@wangge/ui';
import { router } from '../router/router.tsx';
import '../console.css';

/** The console itself. */
export function SignedIn() {
  return (
    <LiveProvider>
      <RouterProvider router={router} />
    </LiveProvider>
  );
}
