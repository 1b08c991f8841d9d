/** WebRTC playback by WHEP (RFC 9725 is its sister for sending): an offer by POST, the answer in its body. */

interface WhepHandlers {
  /** The first picture. */
  readonly onPicture: () => void;
  /** Pictures came since the last look at it. */
  readonly onFrames: () => void;
  /** No connection came about. */
  readonly onFailed: () => void;
  /** It was there and broke. */
  readonly onLost: () => void;
}
export interface Whep {
  hasAudio(): boolean;
  close(): void;
}

/** Behind it lies a firewall that lets no media through. */
const patienceMs = 5000;

export function openWhep(address: string, ticket: string, video: HTMLVideoElement, handlers: WhepHandlers): Whep {
  const peer = new RTCPeerConnection();
  let session: string | null = null;
  let shown = false;
  let over = false;
  let frames = 0;
  const end = (tell: () => void): void => {
    if (over) return;
    close();
    tell();
  };
  const stream = new MediaStream();
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.addTransceiver('audio', { direction: 'recvonly' });
  peer.addEventListener('track', ({ track, receiver }) => {
    stream.addTrack(track);
    // The least delay is what this way is taken for.
    if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
  });
  peer.addEventListener('connectionstatechange', () => {
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed')
      end(shown ? handlers.onLost : handlers.onFailed);
  });
  const patience = setTimeout(() => end(handlers.onFailed), patienceMs);
  const watch = setInterval(() => {
    const decoded = video.getVideoPlaybackQuality().totalVideoFrames;
    if (decoded === frames || over) return;
    frames = decoded;
    if (shown) return handlers.onFrames();
    shown = true;
    clearTimeout(patience);
    return handlers.onPicture();
  }, 200);
  const url = new URL(address, location.href);
  url.searchParams.set('ticket', ticket);
  function close(): void {
    over = true;
    clearTimeout(patience);
    clearInterval(watch);
    peer.close();
    // The worker would notice by itself, only later.
    if (session !== null) void fetch(session, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }
  async function negotiate(): Promise<void> {
    video.removeAttribute('src');
    video.srcObject = stream;
    frames = video.getVideoPlaybackQuality().totalVideoFrames;
    await peer.setLocalDescription(await peer.createOffer());
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: peer.localDescription?.sdp ?? '',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!answer.ok) throw new Error(`WHEP: ${answer.status}`);
    const at = answer.headers.get('location');
    if (at !== null) session = new URL(at, url).href;
    if (over) return close();
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    await video.play().catch(() => undefined);
  }
  negotiate().catch(() => end(handlers.onFailed));
  return { hasAudio: () => stream.getAudioTracks().some((track) => !track.muted), close };
}
