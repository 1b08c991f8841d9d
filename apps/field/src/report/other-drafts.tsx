import { useQuery } from '@tanstack/react-query';
import { fieldOutboxTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { readDraft } from '../drafts/draft-store.ts';
import { useMe } from '../session/me.tsx';
import { Icon } from '../shell/icons.tsx';
import { useCategories } from '../tasks/use-categories.ts';
import { reportDraftKey, type ReportDraft } from './report-draft.ts';

interface Props {
  readonly keys: readonly string[];
  readonly onOpen: (clientKey: string) => void;
}

/** Reports that were begun and left for another one. */
export function OtherDrafts({ keys, onOpen }: Props) {
  const t = useTexts(fieldOutboxTexts).drafts;
  return (
    <details className="card other-drafts">
      <summary>{t.title(keys.length)}</summary>
      <ul>
        {keys.map((key) => (
          <OtherDraft key={key} clientKey={key} onOpen={() => onOpen(key)} />
        ))}
      </ul>
    </details>
  );
}

function OtherDraft({ clientKey, onOpen }: { clientKey: string; onOpen: () => void }) {
  const t = useTexts(fieldOutboxTexts).drafts;
  const pick = usePick();
  const { account } = useMe();
  const { nameOf } = useCategories();
  const { data } = useQuery({
    queryKey: ['draft', clientKey],
    queryFn: () => readDraft<ReportDraft>(reportDraftKey(account.id, clientKey)),
    gcTime: 0,
  });
  const category = data?.categoryCode == null ? '' : `${pick(nameOf(data.categoryCode))} · `;
  const words = data?.description === undefined || data.description === '' ? t.none : data.description;
  return (
    <li>
      <button type="button" className="choice" onClick={onOpen}>
        <span>
          {category}
          {words.slice(0, 40)}
        </span>
        <span className="muted">
          {t.open} <Icon name="forward" size={20} />
        </span>
      </button>
    </li>
  );
}
