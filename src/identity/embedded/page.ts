import type { Reply } from '#/core/http/route.ts'
import { escapeHtml, pageReply } from '../pages/page.ts'
import type { Account } from './accounts.ts'

/** The provider's own page: which account, and the development password. */
export const signInPage = (asked: {
  readonly status: number
  readonly accounts: readonly Account[]
  readonly chosen: string | undefined
  readonly problem: string | undefined
}): Reply => {
  const chosen = asked.accounts.find(({ email }) => email === asked.chosen) ?? asked.accounts[0]
  const problem =
    asked.problem === undefined
      ? ''
      : `<p class="refused" role="alert" id="problem">${escapeHtml(asked.problem)}</p>`
  return pageReply(
    asked.status,
    'Sign in to Sallyport (development provider)',
    `<p>These accounts are for trying things out on this machine.</p>
${problem}
<form method="post">
${accountField(asked.accounts, chosen)}
<label class="field" for="password">Development password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required autofocus${
      problem === '' ? '' : ' aria-invalid="true" aria-describedby="problem"'
    }>
<button type="submit">Sign in</button>
</form>
<p class="small">Sallyport printed the password when it started.</p>`,
  )
}

/** More accounts than this are chosen from a list that opens. */
const maxShown = 6

function accountField(accounts: readonly Account[], chosen: Account | undefined): string {
  if (accounts.length <= maxShown) {
    const lines = accounts.map((account) => accountLine(account, account === chosen)).join('\n')
    return `<fieldset>\n<legend>Account</legend>\n${lines}\n</fieldset>`
  }
  const options = accounts.map(
    ({ email, name }) =>
      `<option value="${escapeHtml(email)}"${email === chosen?.email ? ' selected' : ''}>${escapeHtml(name)} (${escapeHtml(email)})</option>`,
  )
  return `<label class="field" for="email">Account</label>\n<select id="email" name="email">\n${options.join('\n')}\n</select>`
}

const accountLine = ({ email, name }: Account, isChosen: boolean): string =>
  `<label class="account"><input type="radio" name="email" value="${escapeHtml(email)}" required${
    isChosen ? ' checked' : ''
  }><span>${escapeHtml(name)}<small>${escapeHtml(email)}</small></span></label>`
