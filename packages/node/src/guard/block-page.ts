import type { Block } from './block.ts';

export interface BlockPage {
  contentType: string;
  body: string;
}

/**
 * The page for a blocked request. With the format `auto` it is HTML where the client's `Accept` header names
 * `text/html` and not `application/json`, else JSON (the choice that Datadog's agents make).
 */
export function blockPage(block: Block & { type: 'page' }, accept: string | undefined): BlockPage {
  const html =
    block.format === 'html' ||
    (block.format === 'auto' &&
      accept !== undefined &&
      accept.includes('text/html') &&
      !accept.includes('application/json'));
  return html
    ? { contentType: 'text/html; charset=utf-8', body: htmlPage(block.responseId) }
    : { contentType: 'application/json', body: jsonPage(block.responseId) };
}

function jsonPage(responseId: string): string {
  return JSON.stringify({
    errors: [
      {
        title: 'Request blocked',
        detail: 'This request was stopped for security reasons. Quote the response id when you ask about it.',
      },
    ],
    security_response_id: responseId,
  });
}

function htmlPage(responseId: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Request blocked</title>
<style>
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 34rem; padding: 2rem }
h1 { font-size: 1.5rem; margin: 0 0 1rem }
code { overflow-wrap: anywhere }
</style>
</head>
<body>
<main>
<h1>Request blocked</h1>
<p>This request was stopped for security reasons. If you think that it should have been let through, write to the owner of this site and quote this response id:</p>
<p><code>${escapeHtml(responseId)}</code></p>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
