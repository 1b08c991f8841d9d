import { formatClock, formatToday, useLang, useNow } from '@wangge/ui';

/** The town's date and time by the server's clock. */
export function Clock() {
  const { lang } = useLang();
  const nowMs = useNow(10_000);
  return (
    <time className="shell-clock" dateTime={new Date(nowMs).toISOString()}>
      {formatToday(nowMs, lang)} {formatClock(nowMs)}
    </time>
  );
}
