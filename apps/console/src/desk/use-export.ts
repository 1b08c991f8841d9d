import { type CallError, download, isCallError } from '@wangge/client';
import { exportIncidents, exportRowsHeader, type ExportColumn, type ExportFormat } from '@wangge/incidents/contract';
import { useLang } from '@wangge/ui';
import { useEffect, useRef, useState } from 'react';
import { saveFile } from '../common/save-file.ts';
import type { FilterQuery } from './desk-search.ts';

export type ExportState =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly rows: number | null; readonly bytes: number }
  | { readonly step: 'done'; readonly rows: number; readonly name: string }
  | { readonly step: 'failed'; readonly error: CallError };

/** Fetches the file and hands it to the browser; leaving the dialog stops it, here and at the server. */
export function useExport(query: FilterQuery): {
  readonly state: ExportState;
  start(format: ExportFormat, columns: readonly ExportColumn[]): void;
  stop(): void;
} {
  const { lang } = useLang();
  const [state, setState] = useState<ExportState>({ step: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (format: ExportFormat, columns: readonly ExportColumn[]): Promise<void> => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ step: 'running', rows: null, bytes: 0 });
    try {
      const { file, name, headers } = await download(
        exportIncidents,
        { query: { ...query, format, lang, columns: columns.join(',') } },
        {
          signal: mine.signal,
          onProgress: (bytes, head) => setState({ step: 'running', rows: Number(head.get(exportRowsHeader)), bytes }),
        },
      );
      saveFile(file, name);
      setState({ step: 'done', rows: Number(headers.get(exportRowsHeader)), name });
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!isCallError(error)) throw error;
      setState({ step: 'failed', error });
    }
  };
  return {
    state,
    start: (format, columns) => void run(format, columns),
    stop: () => {
      running.current?.abort();
      setState({ step: 'idle' });
    },
  };
}
