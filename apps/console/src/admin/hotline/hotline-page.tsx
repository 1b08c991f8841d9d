import { newId } from '@wangge/contract-kit';
import { type HotlineSource, listHotlineSources } from '@wangge/integrations/contract';
import { hotlineTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, formatTime, LoadingBlock, useCall, useTexts } from '@wangge/ui';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { rowCards } from '../../common/row-cards.ts';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { AnswersDialog } from './answers-dialog.tsx';
import './hotline.css';
import { SourceForm } from './source-form.tsx';
import { TakeDialog } from './take-dialog.tsx';

const permission = 'integrations.read-sources';
type Open =
  | { readonly what: 'form'; readonly id: string; readonly source: HotlineSource | null }
  | { readonly what: 'take' | 'answers'; readonly source: HotlineSource };

/** Where orders of other systems come from, and what goes back to them. */
export function HotlinePage() {
  const t = useTexts(hotlineTexts);
  const may = useMay();
  const sources = useCall(listHotlineSources, {}, { enabled: may(permission) });
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Page
      title={t.title}
      permission={permission}
      tools={
        may('integrations.manage') ? (
          <Button type="primary" onClick={() => setOpen({ what: 'form', id: newId(), source: null })}>
            {t.add}
          </Button>
        ) : null
      }
    >
      <p>{t.lead}</p>
      {sources.data ? (
        sources.data.sources.length === 0 ? (
          <EmptyBlock title={t.none}>{t.noneHint}</EmptyBlock>
        ) : (
          <Table<HotlineSource>
            className="row-cards"
            rowKey="id"
            size="small"
            pagination={false}
            dataSource={sources.data.sources}
            columns={rowCards<HotlineSource>([
              { title: t.name, render: (_, row) => `${row.name}${row.active ? '' : `（${t.inactive}）`}` },
              { title: t.client, render: (_, row) => (row.clientId === null ? t.byFile : t.byKey) },
              { title: t.changed, render: (_, row) => formatTime(row.updatedAtMs) },
              {
                title: '',
                render: (_, row) => (
                  <span className="hotline-tools">
                    {may('integrations.take-orders') && row.active ? (
                      <Button
                        size="small"
                        onClick={() => setOpen({ what: 'take', source: row })}
                        aria-label={t.takeOf(row.name)}
                      >
                        {t.take}
                      </Button>
                    ) : null}
                    {may('integrations.take-orders') ? (
                      <Button
                        size="small"
                        onClick={() => setOpen({ what: 'answers', source: row })}
                        aria-label={t.answersOf(row.name)}
                      >
                        {t.answers}
                      </Button>
                    ) : null}
                    {may('integrations.manage') ? (
                      <Button
                        size="small"
                        onClick={() => setOpen({ what: 'form', id: row.id, source: row })}
                        aria-label={t.editOf(row.name)}
                      >
                        {t.edit}
                      </Button>
                    ) : null}
                  </span>
                ),
              },
            ])}
          />
        )
      ) : sources.error ? (
        <ErrorBlock error={sources.error} onRetry={() => void sources.refetch()} />
      ) : (
        <LoadingBlock rows={5} />
      )}
      {open?.what === 'form' ? <SourceForm id={open.id} source={open.source} onClose={close} /> : null}
      {open?.what === 'take' ? <TakeDialog source={open.source} onClose={close} /> : null}
      {open?.what === 'answers' ? <AnswersDialog source={open.source} onClose={close} /> : null}
    </Page>
  );
}
