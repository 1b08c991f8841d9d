import { deleteFilter, listSavedFilters, maxSavedFilters, saveFilter } from '@wangge/incidents/contract';
import { savedTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, usePick, useSend, useTexts } from '@wangge/ui';
import { Alert, Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { filterCount, readFilter, writeDeskSearch } from './desk-search.ts';
import type { Desk } from './use-desk.ts';

/** Filters that one comes back to, by name; the server keeps them for the account. */
export function SavedFilters({ desk }: { desk: Desk }) {
  const t = useTexts(savedTexts);
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      // Read anew whenever it is opened: another browser may have saved something.
      destroyOnHidden
      content={<SavedList desk={desk} onDone={() => setOpen(false)} />}
    >
      <Button aria-expanded={open}>{t.button}</Button>
    </Popover>
  );
}

function SavedList({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const t = useTexts(savedTexts);
  const pick = usePick();
  const saved = useCall(listSavedFilters, {});
  const save = useSend(saveFilter, [listSavedFilters]);
  const remove = useSend(deleteFilter, [listSavedFilters]);
  const [name, setName] = useState('');
  const error = save.error ?? remove.error;
  const present = filterCount(desk.filter) > 0 || desk.filter.scope !== undefined;
  if (!saved.data) {
    return saved.error ? (
      <ErrorBlock error={saved.error} onRetry={() => void saved.refetch()} />
    ) : (
      <LoadingBlock rows={2} />
    );
  }
  return (
    <div className="saved" role="group" aria-label={t.button}>
      {saved.data.filters.length === 0 ? <p className="muted">{t.none}</p> : null}
      <ul>
        {saved.data.filters.map((filter) => (
          <li key={filter.id}>
            <button
              type="button"
              className="plain-button"
              onClick={() => {
                desk.replaceFilter(readFilter(filter.search));
                onDone();
              }}
            >
              {filter.name}
            </button>
            <button
              type="button"
              className="plain-button"
              aria-label={t.remove(filter.name)}
              disabled={remove.isPending}
              onClick={() => remove.mutate({ params: { id: filter.id } })}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      {present ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const search = { ...writeDeskSearch(desk.filter) } as Record<string, string>;
            save.mutate({ body: { name, search } }, { onSuccess: () => setName('') });
          }}
        >
          <Input
            value={name}
            maxLength={40}
            aria-label={t.name}
            placeholder={t.nameHint}
            onChange={(event) => setName(event.target.value)}
          />
          <Button htmlType="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {t.save}
          </Button>
        </form>
      ) : null}
      {error ? (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={error.code === 'guard-failed' ? t.tooMany(maxSavedFilters) : pick(error.text)}
        />
      ) : null}
    </div>
  );
}
