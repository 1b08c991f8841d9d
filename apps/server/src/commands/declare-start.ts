/** What `wangge start` may be told. */
import type { Command } from 'commander';
import type { RawOptions } from '../options.ts';

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('serve the platform until Ctrl-C')
    .option('--host <address>', 'address to listen on, also WANGGE_HOST (default 127.0.0.1)')
    .option('--port <number>', 'port to listen on, also PORT (default 8080)')
    .option('--data <folder>', 'data folder, also WANGGE_DATA (default ./data)')
    .option('--database-url <url>', 'any PostgreSQL ≥ 15 instead of the one inside, better as DATABASE_URL')
    .option('--public-url <url>', 'address that people type, also PUBLIC_URL')
    .option('--media-port <number>', 'port for video, also WANGGE_MEDIA_PORT (default: behind --port)')
    .option('--public-media-url <url>', 'address under which browsers reach video, also PUBLIC_MEDIA_URL')
    .option('--empty', 'an empty town instead of the demo, also WANGGE_EMPTY=1')
    .option('--demo-public', 'open the demo to others, with random passwords')
    .option('--tls-cert <file>', 'certificate chain (PEM), loaded anew when it changes; also WANGGE_TLS_CERT')
    .option('--tls-key <file>', 'its key (PEM), also WANGGE_TLS_KEY')
    .option('--tls-self', 'certificates from an own authority, which /ca installs on phones')
    .option(
      '--trusted-proxies <list>',
      'addresses or networks of reverse proxies, by comma; also WANGGE_TRUSTED_PROXIES',
    )
    .option('--roles <list>', 'which roles run here: api,jobs,media,sip; also WANGGE_ROLES')
    .option('--sip-port <number>', 'port that cameras register at (GB/T 28181), also WANGGE_SIP_PORT (default 5060)')
    .option('--log-level <level>', 'debug, info, warn, error or silent; also WANGGE_LOG_LEVEL')
    .action(async (raw: RawOptions) => {
      const [{ parseOptions }, { serve }] = await Promise.all([import('../options.ts'), import('../main.ts')]);
      await serve(parseOptions(raw));
    });
}
