/** Every page of the phone page and its address below `/field`. */
export type Page =
  | { readonly name: 'tasks'; readonly done: boolean }
  | { readonly name: 'task'; readonly orderId: string }
  | { readonly name: 'report' }
  /** Centred on whoever calls for help, where one is named. */
  | { readonly name: 'map'; readonly helpId?: string }
  | { readonly name: 'me' }
  | { readonly name: 'password' }
  | { readonly name: 'sessions' }
  | { readonly name: 'outbox' }
  | { readonly name: 'messages' }
  | { readonly name: 'telling' }
  /** Leads to the own task of an incident: whoever writes a message knows no orders. */
  | { readonly name: 'incident'; readonly incidentId: string }
  | { readonly name: 'round'; readonly roundId: string }
  | { readonly name: 'not-found' };

const base = '/field';
const fixed = {
  '': { name: 'tasks', done: false },
  '/tasks': { name: 'tasks', done: false },
  '/done': { name: 'tasks', done: true },
  '/report': { name: 'report' },
  '/map': { name: 'map' },
  '/me': { name: 'me' },
  '/me/outbox': { name: 'outbox' },
  '/me/messages': { name: 'messages' },
  '/me/telling': { name: 'telling' },
  '/me/password': { name: 'password' },
  '/me/sessions': { name: 'sessions' },
} as const satisfies Record<string, Page>;

/** The page at a path of the browser. */
export function pageAt(pathname: string): Page {
  const path = pathname.replace(/\/+$/, '');
  const rest = path.startsWith(base) ? path.slice(base.length) : path;
  if (Object.hasOwn(fixed, rest)) return fixed[rest as keyof typeof fixed];
  const incident = /^\/incident\/([0-9a-f-]{36})$/i.exec(rest);
  if (incident?.[1] !== undefined) return { name: 'incident', incidentId: incident[1] };
  const help = /^\/map\/help\/([0-9a-f-]{36})$/i.exec(rest);
  if (help?.[1] !== undefined) return { name: 'map', helpId: help[1] };
  const round = /^\/round\/([0-9a-f-]{36})$/i.exec(rest);
  if (round?.[1] !== undefined) return { name: 'round', roundId: round[1] };
  const task = /^\/tasks\/([0-9a-f-]{36})$/i.exec(rest);
  return task?.[1] === undefined ? { name: 'not-found' } : { name: 'task', orderId: task[1] };
}

/** The address of a page. */
export function addressOf(page: Page): string {
  switch (page.name) {
    case 'tasks':
      return page.done ? `${base}/done` : `${base}/`;
    case 'task':
      return `${base}/tasks/${page.orderId}`;
    case 'password':
    case 'sessions':
    case 'outbox':
    case 'messages':
    case 'telling':
      return `${base}/me/${page.name}`;
    case 'incident':
      return `${base}/incident/${page.incidentId}`;
    case 'map':
      return page.helpId === undefined ? `${base}/map` : `${base}/map/help/${page.helpId}`;
    case 'round':
      return `${base}/round/${page.roundId}`;
    case 'not-found':
      return `${base}/`;
    default:
      return `${base}/${page.name}`;
  }
}
