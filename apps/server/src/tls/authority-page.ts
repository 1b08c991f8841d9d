/** `/ca`: installs the town's own authority on a phone, with what to press, in two languages. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { authorityOf } from './authority.ts';

const style = `body{font:1.125rem/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:40rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
a.button{display:block;padding:1rem;margin:1rem 0;background:#0b5cad;color:#fff;text-align:center;text-decoration:none;border-radius:.25rem}
a.button:focus-visible{outline:3px solid #f5a300;outline-offset:2px}
code{overflow-wrap:anywhere;font-size:1rem}h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}section+section{border-top:1px solid #999;margin-top:2.5rem}`;

/** Every value in it is ours: a fingerprint in hexadecimal. */
function page(fingerprint: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>安装本镇证书 · Install the town's certificate</title><style>${style}</style></head><body>
<section><h1>安装本镇证书</h1>
<p>安装一次后，手机才会信任本镇的网页，才能使用定位和拍照。</p>
<p>请先核对指纹，必须与服务器终端上显示的一致：</p><p><code>${fingerprint}</code></p>
<a class="button" href="/ca.crt" download="wangge-ca.crt">下载证书</a>
<h2>苹果手机</h2><ol><li>用 Safari 打开本页，点“下载证书”，选“允许”。</li>
<li>设置 → 通用 → VPN 与设备管理 → 已下载的描述文件 → 安装。</li>
<li>设置 → 通用 → 关于本机 → 证书信任设置 → 打开本证书的开关。</li></ol>
<h2>安卓手机（含鸿蒙）</h2><ol><li>点“下载证书”。</li>
<li>设置 → 安全（或“更多安全设置”）→ 加密与凭据 → 安装证书 → CA 证书。</li><li>选择刚下载的 wangge-ca.crt。</li></ol>
<h2>不再使用时</h2><p>在同一处删除此证书。它只为本服务器签发。</p></section>
<section lang="en"><h1>Install the town's certificate</h1>
<p>Once it is installed, the phone trusts the town's pages, and lets them use position and camera.</p>
<p>Compare the fingerprint first. It must equal the one on the server's terminal:</p><p><code>${fingerprint}</code></p>
<a class="button" href="/ca.crt" download="wangge-ca.crt">Download the certificate</a>
<h2>iPhone</h2><ol><li>Open this page in Safari, press “Download the certificate”, then “Allow”.</li>
<li>Settings → General → VPN &amp; Device Management → Downloaded Profile → Install.</li>
<li>Settings → General → About → Certificate Trust Settings → switch it on.</li></ol>
<h2>Android</h2><ol><li>Press “Download the certificate”.</li>
<li>Settings → Security → Encryption &amp; credentials → Install a certificate → CA certificate.</li><li>Choose wangge-ca.crt.</li></ol>
<h2>When you no longer use it</h2><p>Remove it in the same place. It signs for this server only.</p></section>
</body></html>`;
}

export function registerAuthorityPage(app: FastifyInstance, dataDir: string): void {
  const { pem, fingerprint } = authorityOf(dataDir);
  const html = page(fingerprint);
  const styleHash = createHash('sha256').update(style).digest('base64');
  app.get('/ca', { config: { access: 'public' } }, (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'`)
      .send(html),
  );
  app.get('/ca.crt', { config: { access: 'public' } }, (_request, reply) =>
    reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="wangge-ca.crt"')
      .send(pem),
  );
}
