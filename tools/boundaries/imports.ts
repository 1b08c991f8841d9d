/** Which modules a file imports, read from its text; comments do not count. */
export interface Import {
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
  /** `import type` or `export type`: gone when the program runs. */
  readonly typeOnly: boolean;
}

const fromPattern = /^[ \t]*(?:import|export)(\s+type\b(?!\s*(?:,|from\b)))?\s[^;'"`]*?\bfrom\s*(['"])([^'"\n]+)\2/gm;
const barePattern = /^[ \t]*import\s*(['"])([^'"\n]+)\1/gm;
const dynamicPattern = /\bimport\(\s*(['"])([^'"\n]+)\1/g;

export function importsOf(text: string): Import[] {
  const code = blankComments(text);
  const found: Import[] = [];
  const add = (index: number, specifier: string | undefined, typeOnly: boolean): void => {
    if (specifier !== undefined) found.push({ specifier, typeOnly, line: lineAt(code, index) });
  };
  for (const match of code.matchAll(fromPattern)) add(match.index, match[3], match[1] !== undefined);
  for (const match of code.matchAll(barePattern)) add(match.index, match[2], false);
  for (const match of code.matchAll(dynamicPattern)) add(match.index, match[2], false);
  return found.toSorted((a, b) => a.line - b.line);
}

/** 1-based line of an offset. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The same text with comments turned to spaces, so that offsets and lines stay; strings are left alone. */
export function blankComments(text: string): string {
  const tokens = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(tokens, (token) =>
    token.startsWith('/*') || token.startsWith('//') ? token.replace(/[^\n]/g, ' ') : token,
  );
}
