import type { CallError } from '@wangge/client';
import { EmptyBlock, ErrorBlock, LoadingBlock } from '@wangge/ui';
import { Table, type TableProps } from 'antd';
import { MoreButton } from './more-button.tsx';
import { rowCards } from './row-cards.ts';

interface Props<Row> extends Pick<TableProps<Row>, 'expandable'> {
  readonly columns: NonNullable<TableProps<Row>['columns']>;
  readonly pages: {
    readonly items: readonly Row[] | undefined;
    readonly error: CallError | null;
    readonly loading: boolean;
    readonly hasMore: boolean;
    readonly more: () => void;
    readonly retry: () => void;
  };
  readonly rowKey: keyof Row & string;
  /** Said where nothing is found. */
  readonly empty: string;
  /** Pixels below which the table scrolls sideways. */
  readonly minWidth: number;
}

/** A table that is read page by page, with what stands there while it loads, fails or is empty. */
export function PagedTable<Row extends object>({ pages, rowKey, empty, minWidth, columns, ...rest }: Props<Row>) {
  if (pages.items === undefined)
    return pages.error ? <ErrorBlock error={pages.error} onRetry={pages.retry} /> : <LoadingBlock rows={8} />;
  if (pages.items.length === 0) return <EmptyBlock title={empty} />;
  return (
    <>
      <Table<Row>
        {...rest}
        columns={rowCards(columns)}
        size="small"
        rowKey={rowKey}
        pagination={false}
        scroll={{ x: minWidth }}
        className="gap row-cards"
        dataSource={[...pages.items]}
      />
      <MoreButton pages={pages} />
    </>
  );
}
