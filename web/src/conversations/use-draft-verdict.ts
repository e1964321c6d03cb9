import { useEffect, useState } from 'react'
import type { Inspection } from '#/gateway/api.ts'
import { ask } from '../core/ask.ts'
import { checkedByGate, type DraftVerdict, longestChecked } from './draft-check.ts'
import { lookHere } from './draft-look.ts'

const hereMs = 120
const gateMs = 500

/**
 * What a draft holds, while it is typed: first this browser's look, after a longer pause the gate's, which also
 * knows the company's own terms. Until the next look the last verdict stays.
 */
export function useDraftVerdict(
  draft: string,
  csrf: string,
  useCase: string | undefined,
): DraftVerdict | undefined {
  const [verdict, setVerdict] = useState<DraftVerdict>()
  const text = draft.trim()
  useEffect(() => {
    if (text === '') {
      setVerdict(undefined)
      return
    }
    const controller = new AbortController()
    const here = setTimeout(async () => {
      const seen = await lookHere(text)
      if (seen === undefined || controller.signal.aborted) return
      // The gate's word may be there already; the browser's look does not replace it.
      setVerdict((known) => (known?.text === text && known.actions !== undefined ? known : seen))
    }, hereMs)
    const gate = setTimeout(async () => {
      const inspection = await askGate(text, csrf, useCase, controller.signal)
      if (inspection !== undefined && !controller.signal.aborted) setVerdict(checkedByGate(text, inspection))
    }, gateMs)
    return () => {
      clearTimeout(here)
      clearTimeout(gate)
      controller.abort()
    }
  }, [text, csrf, useCase])
  return text === '' ? undefined : verdict
}

/** Undefined when the gate cannot say now: the browser's look stands, and sending tells what is wrong. */
async function askGate(
  text: string,
  csrf: string,
  useCase: string | undefined,
  signal: AbortSignal,
): Promise<Inspection | undefined> {
  if (text.length > longestChecked) return undefined
  try {
    return await ask<Inspection>('/api/inspect', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sallyport-csrf': csrf },
      body: JSON.stringify({ text, useCase }),
      signal,
    })
  } catch {
    return undefined
  }
}
