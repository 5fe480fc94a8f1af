// The same request as curl, JavaScript, Python and Go, as the API's documentation shows it. The key is a
// placeholder, always.
import type { CreateRequest } from './compile';

export const EXAMPLE_LANGUAGES = ['curl', 'javascript', 'python', 'go'] as const;
export type ExampleLanguage = (typeof EXAMPLE_LANGUAGES)[number];

export const KEY_PLACEHOLDER = 'API_KEY';
export const TASKS_PATH = '/contents/generations/tasks';

/** Code that sends `request` to the endpoint at `baseUrl`. Runs as it stands once the key is filled in. */
export function createExample(language: ExampleLanguage, baseUrl: string, request: CreateRequest): string {
  const url = `${baseUrl}${TASKS_PATH}`;
  const json = JSON.stringify(request, null, 2);
  switch (language) {
    case 'curl':
      return [
        `curl --location ${shellQuote(url)} \\`,
        `  --header 'Authorization: Bearer ${KEY_PLACEHOLDER}' \\`,
        `  --header 'Content-Type: application/json' \\`,
        `  --data ${shellQuote(json)}`,
      ].join('\n');
    case 'javascript':
      return [
        `const response = await fetch(${JSON.stringify(url)}, {`,
        `  method: 'POST',`,
        `  headers: {`,
        `    Authorization: 'Bearer ${KEY_PLACEHOLDER}',`,
        `    'Content-Type': 'application/json',`,
        `  },`,
        `  body: JSON.stringify(${indent(json, 2)}),`,
        `});`,
        `console.log(await response.json());`,
      ].join('\n');
    case 'python':
      return [
        `import requests`,
        ``,
        `response = requests.post(`,
        `    ${JSON.stringify(url)},`,
        `    headers={"Authorization": "Bearer ${KEY_PLACEHOLDER}"},`,
        `    json=${indent(pythonLiteral(request), 4)},`,
        `)`,
        `print(response.json())`,
      ].join('\n');
    case 'go':
      return goProgram(
        'POST',
        url,
        `strings.NewReader(${goString(json)})`,
        '"strings"',
        `\treq.Header.Set("Content-Type", "application/json")`,
      );
  }
}

/** Code that asks for the state of task `id`. */
export function getExample(language: ExampleLanguage, baseUrl: string, id: string): string {
  const url = `${baseUrl}${TASKS_PATH}/${encodeURIComponent(id)}`;
  switch (language) {
    case 'curl':
      return `curl --location ${shellQuote(url)} \\\n  --header 'Authorization: Bearer ${KEY_PLACEHOLDER}'`;
    case 'javascript':
      return [
        `const response = await fetch(${JSON.stringify(url)}, {`,
        `  headers: { Authorization: 'Bearer ${KEY_PLACEHOLDER}' },`,
        `});`,
        `console.log(await response.json());`,
      ].join('\n');
    case 'python':
      return [
        `import requests`,
        ``,
        `response = requests.get(`,
        `    ${JSON.stringify(url)},`,
        `    headers={"Authorization": "Bearer ${KEY_PLACEHOLDER}"},`,
        `)`,
        `print(response.json())`,
      ].join('\n');
    case 'go':
      return goProgram('GET', url, 'nil', null, null);
  }
}

function goProgram(
  method: string,
  url: string,
  body: string,
  extraImport: string | null,
  extraHeader: string | null,
): string {
  return [
    `package main`,
    ``,
    `import (`,
    `\t"fmt"`,
    `\t"io"`,
    `\t"net/http"`,
    ...(extraImport === null ? [] : [`\t${extraImport}`]),
    `)`,
    ``,
    `func main() {`,
    `\treq, err := http.NewRequest("${method}", ${JSON.stringify(url)}, ${body})`,
    `\tif err != nil {`,
    `\t\tpanic(err)`,
    `\t}`,
    `\treq.Header.Set("Authorization", "Bearer ${KEY_PLACEHOLDER}")`,
    ...(extraHeader === null ? [] : [extraHeader]),
    `\tres, err := http.DefaultClient.Do(req)`,
    `\tif err != nil {`,
    `\t\tpanic(err)`,
    `\t}`,
    `\tdefer res.Body.Close()`,
    `\tbody, err := io.ReadAll(res.Body)`,
    `\tif err != nil {`,
    `\t\tpanic(err)`,
    `\t}`,
    `\tfmt.Println(string(body))`,
    `}`,
  ].join('\n');
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function indent(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}

/** A raw string where Go allows one: it may not hold a backtick. */
function goString(text: string): string {
  return text.includes('`') ? JSON.stringify(text) : `\`${text}\``;
}

function pythonLiteral(value: unknown, depth = 0): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null || value === undefined) return 'None';
  // A JSON string is a Python string too.
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = '    '.repeat(depth + 1);
  const close = '    '.repeat(depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${inner}${pythonLiteral(item, depth + 1)},\n`).join('')}${close}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{\n${entries
    .map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pythonLiteral(item, depth + 1)},\n`)
    .join('')}${close}}`;
}
