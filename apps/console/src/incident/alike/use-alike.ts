import { useQuery } from '@tanstack/react-query';
import { call } from '@wangge/client';
import type { Place } from '@wangge/contract-kit';
import { type Alike, findAlike } from '@wangge/incidents/contract';
import { useEffect, useState } from 'react';

export interface Written {
  readonly categoryCode: string | undefined;
  readonly description: string | undefined;
  readonly place: Place | undefined;
  readonly areaId: string | undefined;
}
const none: readonly Alike[] = [];
/** Long enough that nobody is asked for every letter. */
const pauseMs = 400;

/** What was reported nearby and is like what is being written; none until kind, words and place are known. */
export function useAlike({ categoryCode = '', description = '', place, areaId }: Written): readonly Alike[] {
  const ready = categoryCode !== '' && description.trim().length > 1 && (place !== undefined || areaId !== undefined);
  const text = JSON.stringify({
    categoryCode,
    description: description.trim(),
    ...(place ? { place } : areaId === undefined ? {} : { areaId }),
  });
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(ready ? text : ''), pauseMs);
    return () => clearTimeout(timer);
  }, [ready, text]);
  const found = useQuery({
    queryKey: [findAlike.path, asked],
    queryFn: ({ signal }) => call(findAlike, { body: JSON.parse(asked) as never }, { signal }),
    enabled: asked !== '',
    // A form goes on without suggestions.
    retry: false,
    placeholderData: (before) => before,
  });
  return ready && asked !== '' ? (found.data?.alike ?? none) : none;
}
