import { Link } from '@tanstack/react-router';
import { shellTexts } from '@wangge/texts/console';
import { EmptyBlock, useTexts } from '@wangge/ui';

export function NotFound() {
  const t = useTexts(shellTexts);
  return (
    <EmptyBlock title={t.notFound}>
      <Link to="/">{t.backToDesk}</Link>
    </EmptyBlock>
  );
}
