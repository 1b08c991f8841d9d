/** Addresses pasted line by line, as the test takes them. */
export interface BulkAddress {
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
}

/**
 * `rtsp://host/path [user [password]]`, or with both in the address as devices' manuals write it.
 *
 * @returns the number of the first line, from 1, that is no address
 */
export function readLines(text: string): readonly BulkAddress[] | number {
  const found: BulkAddress[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const [address = '', user, password] = line.trim().split(/\s+/);
    if (address === '') continue;
    const parts = /^rtsp:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^@/\s]+(?:\/\S*)?)$/i.exec(address);
    if (!parts?.[3]) return i + 1;
    found.push({
      url: `rtsp://${parts[3]}`,
      user: user ?? (parts[1] === undefined ? null : opened(parts[1])),
      password: password ?? (parts[2] === undefined ? null : opened(parts[2])),
    });
  }
  return found;
}

function opened(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
