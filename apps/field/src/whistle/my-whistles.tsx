import { listMyWhistles } from '@wangge/dispatch/contract';
import { fieldWhistleTexts } from '@wangge/texts/field';
import { useCall, useTexts } from '@wangge/ui';
import { useMay } from '../session/me.tsx';
import { WhistleCard } from './whistle-card.tsx';

/** Where my department is called to just now, above everything else; nothing where it is not. */
export function MyWhistles() {
  const t = useTexts(fieldWhistleTexts);
  const live = { types: ['dispatch.whistle-changed'] };
  const whistles = useCall(listMyWhistles, { query: {} }, { live, enabled: useMay('dispatch.read') });
  const list = whistles.data?.whistles ?? [];
  if (list.length === 0) return null;
  return (
    <section aria-labelledby="whistles-title" data-testid="my-whistles">
      <h2 id="whistles-title" className="group-title">
        {t.title} <span className="muted">{list.length}</span>
      </h2>
      <ul className="task-list">
        {list.map((whistle) => (
          <WhistleCard key={whistle.id} whistle={whistle} />
        ))}
      </ul>
    </section>
  );
}
