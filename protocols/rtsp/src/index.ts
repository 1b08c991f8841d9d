export type { Backchannel } from './client/backchannel.ts';
export { RtspError, type CloseReason, type RtspClosure } from './client/errors.ts';
export type { RtspClientOptions, RtspHandlers, RtspStatistics } from './client/options.ts';
export { RtspSession } from './client/session.ts';
export {
  RtspSupervisor,
  type SupervisorClock,
  type SupervisorHandlers,
  type SupervisorOptions,
} from './client/supervisor.ts';
export type { Credentials } from './digest.ts';
export { openUdpPair, type UdpOptions, type UdpPair } from './udp-pair.ts';
export { parseRtspUrl, withoutUser, type RtspUrl } from './url.ts';
export { RtspServer } from './server/server.ts';
export type {
  AccessDecision,
  AccessRequest,
  PublishSink,
  RtspServerCounts,
  RtspServerOptions,
  StreamRequest,
  StreamSource,
} from './server/options.ts';
