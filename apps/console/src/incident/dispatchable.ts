import type { IncidentState } from '@wangge/incidents/contract';

/** `first`: nobody has it yet, dispatching is the next step; `more`: another party can join; `no`: neither. */
export function canDispatch(state: IncidentState): 'first' | 'more' | 'no' {
  switch (state) {
    case 'reported':
    case 'accepted':
    case 'registered':
      return 'first';
    case 'handling':
      return 'more';
    case 'responded':
    case 'closed':
    case 'rejected':
    case 'withdrawn':
    case 'merged':
    case 'reopen-requested':
      return 'no';
    default:
      return state satisfies never;
  }
}
