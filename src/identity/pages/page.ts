import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reply } from '#/core/http/route.ts'
import { type Route, route } from '#/core/http/route.ts'

const mark =
  '<svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><path fill="currentColor" d="M2 15v-4h7a1 1 0 0 0 0-2H2V7a6 6 0 0 1 11.2-3H7a1 1 0 0 0 0 2h6.92q.08.5.08 1v8Z"/></svg>'

const stylePath = '/sign-in/style.css'

/** Text of ours or of the settings, made safe to stand in HTML, also inside a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/**
 * A small page without any script. Its policy lets it load one style sheet of ours, and send its form to us; the
 * referrer stays on, because without it the browser would hide where the form came from.
 */
export const pageReply = (status: number, title: string, body: string): Reply => ({
  status,
  headers: {
    'content-security-policy':
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'same-origin',
  },
  html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<main>
${mark}
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`,
})

/** What a person sees when signing in did not work out. `reason` is a sentence of ours. */
export const failureReply = (reason: string, requestId: string, status = 400): Reply =>
  pageReply(
    status,
    'Sign-in did not finish',
    `<p class="refused" role="alert">${escapeHtml(reason)}</p>
<p><a class="button" href="/sign-in">Start again</a></p>
<p class="small">Request ${escapeHtml(requestId)}</p>`,
  )

export const styleRoute = (): Route => {
  const text = readFileSync(join(import.meta.dirname, 'sign-in.css'), 'utf8')
  return route({
    method: 'GET',
    path: stylePath,
    need: 'anyone',
    reads: 'nothing',
    handle: () => ({
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' },
      text,
    }),
  })
}
