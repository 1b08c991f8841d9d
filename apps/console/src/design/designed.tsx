import type { ComponentType } from 'react';

/**
 * A part of the page that uses the component library, fetched together with it. The sign-in, the frame
 * and the list of incidents do without: they are on the screen before the library has arrived.
 * For `lazy` and for the routes' `lazyRouteComponent`.
 */
export async function designed<P extends object>(
  load: () => Promise<ComponentType<P>>,
): Promise<{ default: ComponentType<P> }> {
  const [{ Design }, Part] = await Promise.all([import('./design.tsx'), load()]);
  return {
    default: function Designed(props: P) {
      return (
        <Design>
          <Part {...props} />
        </Design>
      );
    },
  };
}
