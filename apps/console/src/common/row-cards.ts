import type { TableProps } from 'antd';

type Columns<Row> = NonNullable<TableProps<Row>['columns']>;

/**
 * Columns whose cells know their heading, for a table of class `row-cards`: on a phone each row is a card, since a
 * table that scrolls sideways hides its buttons there.
 */
export function rowCards<Row>(columns: Columns<Row>): Columns<Row> {
  return columns.map((column) => {
    const title = typeof column.title === 'string' ? column.title : '';
    const cell: React.TdHTMLAttributes<HTMLElement> & { 'data-label': string } = { 'data-label': title };
    return { ...column, onCell: () => cell };
  });
}
