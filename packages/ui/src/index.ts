export { initialLang, LangProvider, useLabelled, useLang, usePick, useTexts } from './lang.tsx';
export { callKey, useCall, useRefresh, useSend, type UseCallOptions } from './data/use-call.ts';
export { createQueryClient } from './data/query-client.ts';
export { LiveProvider, useClockOffset, useLiveBatches, useLiveStatus } from './data/live-context.tsx';
export type { LiveInterest } from './data/live-interest.ts';
export { useActorName } from './states/actor.ts';
export { EmptyBlock, ErrorBlock, LoadingBlock } from './states/blocks.tsx';
export { LiveTag, OfflineBar, StaleTag } from './states/connection.tsx';
export { PhotoLine } from './states/photo-line.tsx';
export { DeadlineTag, OrderStateTag, SeverityMark, stateGroupLabel } from './states/labels.tsx';
export {
  countdown,
  dayStart,
  formatClock,
  formatDay,
  formatDistance,
  formatEnd,
  formatExact,
  formatSpan,
  formatTime,
  formatToday,
  relativeTime,
  type ClockTone,
  type Countdown,
} from './time.ts';
export { useNow } from './use-now.ts';
