import { shellTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Button } from 'antd';

/** Below a table: the next page, where there is one. */
export function MoreButton({ pages }: { pages: { hasMore: boolean; loading: boolean; more: () => void } }) {
  const t = useTexts(shellTexts);
  if (!pages.hasMore) return null;
  return (
    <Button block loading={pages.loading} onClick={pages.more} className="gap">
      {t.more}
    </Button>
  );
}
