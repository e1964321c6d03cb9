/** Request bodies of about 1 KB, every one distinct, a quarter with an e-mail address and an IBAN in it. */
const words =
  'the quarter plan for our northern plants needs a short summary with three risks and one proposal per site so that the team can decide on the order of work before spring and the budget round starts'.split(
    ' ',
  )

/** A valid IBAN of the standard's own example shape, with another account number for each index. */
function iban(index: number): string {
  const account = `370400440${String(index % 1_000_000_000).padStart(9, '0')}`
  const remainder = BigInt(`${account}131400`) % 97n
  return `DE${String(98n - remainder).padStart(2, '0')}${account}`
}

export function bodyOf(index: number, model: string, isStream: boolean): string {
  let text = `Note ${index}: `
  for (let at = 0; text.length < 760; at++)
    text += `${words[(index * 7 + at * (1 + (index % 5))) % words.length]} `
  if (index % 4 === 0) text += `Send it to reader${index}@example.com and charge ${iban(index)}.`
  return JSON.stringify({
    model,
    ...(isStream ? { stream: true } : {}),
    messages: [
      { role: 'system', content: 'You are a careful assistant. Answer in short sentences.' },
      { role: 'user', content: text },
    ],
  })
}
