export function PlaybackPage() {
  return null;
}
