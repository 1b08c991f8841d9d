import { fieldShellTexts } from '@wangge/texts/field';
import { EmptyBlock, useTexts } from '@wangge/ui';
import { Link } from '../router/router.tsx';
import { Header } from './header.tsx';

export function NotFound() {
  const t = useTexts(fieldShellTexts);
  return (
    <>
      <Header title={t.title} />
      <main className="page">
        <EmptyBlock title={t.notFound}>
          <Link to={{ name: 'tasks', done: false }} className="plain-link">
            {t.toTasks}
          </Link>
        </EmptyBlock>
      </main>
    </>
  );
}
