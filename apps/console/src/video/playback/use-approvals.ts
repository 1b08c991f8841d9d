import { type Approval, type ApprovalKind, listApprovals } from '@wangge/approvals/contract';
import type { CallError } from '@wangge/client';
import { useCall } from '@wangge/ui';
import type { CameraPin } from '@wangge/video/contract';
import { useMe } from '../../session/me.tsx';

/** What the caller's own requests say of some cameras and a stretch of time. */
export interface OwnApprovals {
  readonly pending: boolean;
  readonly error: CallError | null;
  readonly restricted: readonly CameraPin[];
  /** Nobody said yes yet. */
  readonly lacking: readonly CameraPin[];
  /** Nobody was asked yet either. */
  readonly unasked: readonly CameraPin[];
  /** The approved requests by camera. */
  readonly approved: ReadonlyMap<string, Approval>;
}
/** Both ends in ms; `covers` says whether a request for one stretch is good for it. */
type Covers = (asked: { readonly fromMs: number; readonly toMs: number }) => boolean;

/** Which of the cameras need a second person's word, and which already have it; follows decisions as they are made. */
export function useApprovals(kind: ApprovalKind, cameras: readonly CameraPin[], covers: Covers): OwnApprovals {
  const { account } = useMe();
  const restricted = cameras.filter((camera) => camera.class === 'restricted');
  const { data, error, isPending } = useCall(
    listApprovals,
    { query: { kind, state: 'waiting,approved' } },
    { enabled: restricted.length > 0, live: { types: ['approvals.changed'] } },
  );
  const own = (data?.items ?? []).filter(
    ({ byId, details }) =>
      byId === account.id && covers({ fromMs: Number(details['fromMs']), toMs: Number(details['toMs']) }),
  );
  const approved = new Map<string, Approval>();
  for (const request of own) if (request.state === 'approved') approved.set(request.subjectId, request);
  const asked = new Set(own.map(({ subjectId }) => subjectId));
  const lacking = restricted.filter(({ id }) => !approved.has(id));
  return {
    pending: restricted.length > 0 && isPending,
    error,
    restricted,
    lacking,
    unasked: lacking.filter(({ id }) => !asked.has(id)),
    approved,
  };
}
