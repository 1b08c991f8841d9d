import { listInstructions } from '@wangge/dispatch/contract';
import { instructTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, LoadingBlock, StaleTag, useCall, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../session/me.tsx';
import { Page } from '../shell/page.tsx';
import '../clocks.css';
import '../joint.css';
import { InstructDialog } from './instruct-dialog.tsx';
import { InstructionItem } from './instruction-item.tsx';

const permission = 'dispatch.instruct';

/** What was told to whole grids, and who has read and confirmed it; live. */
export function InstructionsPage() {
  const t = useTexts(instructTexts);
  const may = useMay();
  const [giving, setGiving] = useState(false);
  const live = { types: ['dispatch.instruction-changed'] };
  const list = useCall(listInstructions, {}, { live, enabled: may(permission) });
  const tools = (
    <>
      <StaleTag atMs={list.dataUpdatedAt} />
      {may(permission) ? (
        <Button type="primary" onClick={() => setGiving(true)} data-testid="instruct">
          {t.give}
        </Button>
      ) : null}
    </>
  );
  return (
    <Page title={t.title} permission={permission} tools={tools}>
      {list.data === undefined ? (
        list.error ? (
          <ErrorBlock error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <LoadingBlock rows={6} />
        )
      ) : list.data.instructions.length === 0 ? (
        <EmptyBlock title={t.empty} />
      ) : (
        <ul className="whistles" data-testid="instructions">
          {list.data.instructions.map((instruction) => (
            <InstructionItem key={instruction.id} instruction={instruction} />
          ))}
        </ul>
      )}
      {giving ? <InstructDialog onClose={() => setGiving(false)} /> : null}
    </Page>
  );
}
