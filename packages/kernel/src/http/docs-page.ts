/** `/docs`: our OpenAPI document as a page that needs no JavaScript and no other server. */
import { schemaText } from './schema-text.ts';

interface Operation {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly 'x-wangge-access': string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: object }>>;
interface Document {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: { readonly Error: object } };
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
function esc(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}

const style = `
body{font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1d2733;background:#fff;margin:0}
main{max-width:960px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:28px;margin:0 0 8px}h2{font-size:21px;margin:40px 0 8px;border-bottom:1px solid #d5dbe3;padding-bottom:4px}
h3{font-size:16px;margin:20px 0 4px}a{color:#0b57a4}nav ul{columns:3 12em;padding-left:18px}
code,pre{font:14px/1.5 ui-monospace,"Noto Sans Mono CJK SC",monospace}
pre{background:#f3f5f8;padding:10px 12px;overflow:auto;margin:6px 0}
.verb{display:inline-block;min-width:62px;font-weight:700}.access{color:#4a5766}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid #e4e8ee;vertical-align:top}
summary{cursor:pointer;min-height:32px}`;

const accessText: Readonly<Record<string, string>> = {
  public: '公开 · public',
  session: '登录用户 · signed in',
};

/** The whole page; everything out of the document is escaped. */
export function docsPage(document: object): string {
  const api = document as Document;
  const byTag = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags[0] ?? 'root';
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationHtml(method, path, operation)]);
    }
  }
  const tags = [...byTag].toSorted(([a], [b]) => a.localeCompare(b));
  const contents = tags.map(([tag, all]) => `<li><a href="#${esc(tag)}">${esc(tag)}</a> (${all.length})</li>`);
  const sections = tags.map(
    ([tag, all]) =>
      `<section aria-labelledby="${esc(tag)}"><h2 id="${esc(tag)}">${esc(tag)}</h2>${all.join('')}</section>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${esc(api.info.title)} · 接口文档 API</title><style>${style}</style></head><body><main>
<h1>${esc(api.info.title)} · 接口文档 <span lang="en">API</span></h1>
<p>版本 <span lang="en">Version</span> ${esc(api.info.version)} · <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>
<p>除标明"公开"的接口外均需登录（Cookie）；写操作须带请求头 <code>x-wangge: 1</code>。时间一律为 UTC 毫秒，坐标为 WGS 84。<br>
<span lang="en">Everything but what is public needs the session cookie; requests that change something carry the header
<code>x-wangge: 1</code>. Times are milliseconds in UTC, places are WGS 84.</span></p>
<nav aria-label="目录 Contents"><h2>目录 <span lang="en">Contents</span></h2><ul>${contents.join('')}</ul></nav>
${sections.join('\n')}
<section aria-labelledby="error"><h2 id="error">错误 <span lang="en">Errors</span></h2>
<p>所有接口的错误格式相同。<span lang="en">Every route fails in this one shape.</span></p>
<pre>${esc(schemaText(api.components.schemas.Error))}</pre></section>
</main></body></html>
`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const access = operation['x-wangge-access'];
  const [answerType, answer] = Object.entries(operation.responses['200']?.content ?? {})[0] ?? [];
  return `<article><h3><span class="verb">${esc(method.toUpperCase())}</span> <code>${esc(path)}</code></h3>
<p><span lang="en">${esc(operation.summary)}</span> <span class="access">— 权限 <span lang="en">Access</span>: ${esc(accessText[access] ?? access)}</span></p>
${parametersHtml(operation)}${Object.entries(operation.requestBody?.content ?? {})
    .map(([type, { schema }]) => schemaHtml('请求 <span lang="en">Request</span>', type, schema))
    .join(
      '',
    )}${answer ? schemaHtml('应答 <span lang="en">Answer</span>', answerType ?? '', answer.schema) : ''}</article>
`;
}

function parametersHtml({ parameters }: Operation): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    (p) =>
      `<tr><td><code>${esc(p.name)}</code></td><td>${esc(p.in)}${p.required ? ', 必填 <span lang="en">required</span>' : ''}</td><td><code>${esc(schemaText(p.schema))}</code></td></tr>`,
  );
  return `<table><thead><tr><th scope="col">参数 <span lang="en">Parameter</span></th><th scope="col">位置 <span lang="en">In</span></th><th scope="col">类型 <span lang="en">Type</span></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** @param title our own words, already HTML */
function schemaHtml(title: string, type: string, schema: object): string {
  return `<details><summary>${title} <code>${esc(type)}</code></summary><pre>${esc(schemaText(schema))}</pre></details>`;
}
