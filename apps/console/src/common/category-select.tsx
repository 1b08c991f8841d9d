import { TreeSelect } from 'antd';
import { useCategories } from './use-categories.ts';

interface Props {
  readonly value?: string;
  readonly onChange?: (code: string) => void;
  readonly label: string;
  readonly id?: string;
}

/** Picks one second-level category. Works as a form's field. */
export function CategorySelect({ value, onChange, label, ...rest }: Props) {
  const { options } = useCategories();
  return (
    <TreeSelect<string | null>
      {...rest}
      aria-label={label}
      value={value ?? null}
      placeholder={label}
      treeData={options as never}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      onChange={(next) => next !== null && onChange?.(next)}
    />
  );
}
