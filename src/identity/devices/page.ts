import type { Reply } from '#/core/http/route.ts'
import { escapeHtml, pageReply } from '../pages/page.ts'
import type { Start } from './starts.ts'
import type { DeviceRecord } from './store.ts'
import { formatUserCode } from './user-code.ts'

const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const hiddenField = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`

/** Where a code is typed, and below it what is signed in already. */
export const codePage = (asked: {
  readonly status: number
  readonly problem: string | undefined
  readonly devices: readonly DeviceRecord[]
  readonly csrf: string
}): Reply =>
  pageReply(
    asked.status,
    'Sign in a tool',
    `${asked.problem === undefined ? '' : `<p class="refused" role="alert" id="problem">${escapeHtml(asked.problem)}</p>`}
<form method="get" action="/device">
<label class="field" for="user_code">The code your tool shows</label>
<input id="user_code" name="user_code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" placeholder="WDJB-MJHT" required autofocus${
      asked.problem === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"'
    }>
<button type="submit">Continue</button>
</form>
${deviceList(asked.devices, asked.csrf)}
<p class="small"><a href="/">Back to Sallyport</a></p>`,
  )

function deviceList(devices: readonly DeviceRecord[], csrf: string): string {
  if (devices.length === 0) return ''
  const items = devices.map(
    (device) => `<li>
<strong>${escapeHtml(device.toolName)}</strong>${device.machine === undefined ? '' : ` on ${escapeHtml(device.machine)}`}
<small>signed in ${utc(device.createdAt)} from ${escapeHtml(device.address)}; last used ${utc(device.usedAt)}</small>
<form method="post" action="/device">${hiddenField('csrf', csrf)}${hiddenField('device', device.id)}
<button class="quiet" type="submit" name="decision" value="sign-out" aria-label="Sign out ${escapeHtml(device.toolName)}, signed in ${utc(device.createdAt)}">Sign out</button>
</form>
</li>`,
  )
  return `<h2>Signed in as you</h2>\n<ul class="devices">\n${items.join('\n')}\n</ul>`
}

/** What a person must know to decide. Everything a program says of itself is marked as its own words. */
export const decisionPage = (asked: {
  readonly start: Start
  readonly email: string
  /** Where this browser is. */
  readonly address: string
  readonly csrf: string
  readonly now: number
}): Reply => {
  const { start, address } = asked
  const { tool } = start
  const isElsewhere = start.address !== address
  const seconds = Math.max(0, Math.round((asked.now - start.startedAt) / 1_000))
  const ago =
    seconds < 10
      ? 'just now'
      : seconds < 90
        ? `${seconds} seconds ago`
        : `${Math.round(seconds / 60)} minutes ago`
  const rows: readonly (readonly [string, string])[] = [
    ['Calls itself', tool.name],
    ['Names its machine', tool.machine ?? 'not said'],
    ['Started from', isElsewhere ? start.address : `${start.address}, where you are, too`],
    ['Started', ago],
    ['Would act as', asked.email],
  ]
  return pageReply(
    200,
    'Sign in this tool?',
    `<p class="code">${formatUserCode(start.userCode)}</p>
${
  isElsewhere
    ? `<p class="refused" role="alert">It was started at ${escapeHtml(start.address)}; you are at ${escapeHtml(address)}. Go on only if you started it yourself on another machine.</p>`
    : ''
}
<dl>
${rows.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}
</dl>
<p>Approve only if you started it yourself just now and your terminal shows this very code. If somebody sent you the link or the code, refuse: they want to work in your name.</p>
<form method="post" action="/device">
${hiddenField('csrf', asked.csrf)}${hiddenField('user_code', start.userCode)}
<button type="submit" name="decision" value="approve">Approve</button>
<button class="quiet" type="submit" name="decision" value="refuse">Refuse</button>
</form>`,
  )
}

/** What was decided. */
export const donePage = (title: string, sentence: string): Reply =>
  pageReply(
    200,
    title,
    `<p role="status">${escapeHtml(sentence)}</p>
<p class="small"><a href="/device">All tools signed in as you</a></p>`,
  )
