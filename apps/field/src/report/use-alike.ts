import { useQuery } from '@tanstack/react-query';
import { call } from '@wangge/client';
import { type Alike, findAlike } from '@wangge/incidents/contract';
import { useEffect, useState } from 'react';
import type { ReportDraft } from './report-draft.ts';

const none: readonly Alike[] = [];
/** Long enough that nobody is asked for every letter. */
const pauseMs = 600;

/** What was reported here already and is like this; none while too little is written or there is no signal. */
export function useAlike({ categoryCode, description, place, selfHandled }: ReportDraft): readonly Alike[] {
  // What was settled on the spot needs nobody, so it joins nothing.
  const ready = categoryCode !== null && description.trim().length > 1 && place !== null && !selfHandled;
  const text = ready ? JSON.stringify({ categoryCode, description: description.trim(), place }) : '';
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: [findAlike.path, asked],
    queryFn: ({ signal }) => call(findAlike, { body: JSON.parse(asked) as never }, { signal }),
    enabled: asked !== '',
    // A report goes on without.
    retry: false,
    placeholderData: (before) => before,
  });
  return ready && asked !== '' ? (found.data?.alike ?? none) : none;
}
