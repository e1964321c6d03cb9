/** The detectors of secrets that only their name tells, with a trained classifier beside their rules. */
import { decodeBase64Url } from '../base64.ts'
import type { Detector, Match } from '../detector.ts'
import { awsAccessKey } from '../detectors/secret/aws-access-key.ts'
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { namedVendorKeys } from '../detectors/secret/named-vendor-keys.ts'
import { password } from '../detectors/secret/password.ts'
import { vendorKeys } from '../detectors/secret/vendor-keys.ts'
import { candidatesAfter, type SecretCandidate } from './candidates.ts'
import { isMisplaced } from './misplaced.ts'
import type { SecretModel } from './model.ts'
import { isOrdinary } from './ordinary.ts'
import { isMadeUp, isPublished, withoutKnown } from './published.ts'
import { isSettled, sureReason } from './sure.ts'
import { keyWords, passwordWords } from './words.ts'

/** From here on a candidate is reported. Chosen on the training side of the splits by repository. */
const enough = 0.5
/** Beside the name of a user, or as a variable of the environment, less of a doubt is left. */
const enoughWhenSettled = 0.06

/** The same list; those that have a rule of their own only for want of a classifier get it. Then what comes with it. */
export const withClassifier = (detectors: readonly Detector[], model: SecretModel): readonly Detector[] => [
  ...detectors.map((detector) => {
    if (detector === password) return judged(detector, passwordWords, model)
    if (detector === namedSecret) return judged(detector, keyWords, model)
    if (namedKeys.has(detector)) return withoutNames(detector)
    return keysOfVendors.has(detector) ? withoutKnown(detector) : detector
  }),
  ...model.detectors,
]

const keysOfVendors: ReadonlySet<Detector> = new Set([...vendorKeys, awsAccessKey])
const namedKeys: ReadonlySet<Detector> = new Set(namedVendorKeys)

/** A name of code may begin with that of the vendor: `TwitterUserNode = TwitterUserSearchNode`. */
const withoutNames = (detector: Detector): Detector => ({
  ...detector,
  examine: (text, start, end) => {
    const vendor = text.slice(start, end).toLowerCase()
    return detector
      .examine(text, start, end)
      .filter((match) => text.slice(match.start, match.start + vendor.length).toLowerCase() !== vendor)
  },
})

const judged = (rule: Detector, literals: readonly string[], model: SecretModel): Detector => ({
  ...rule,
  trigger: { literals, isAnyCase: true },
  examine: (text, start, end) => {
    const found: Match[] = []
    const candidates = candidatesAfter(text, start, end)
    const excluded = candidates.filter((each) => isNoSecret(text, each))
    for (const candidate of candidates) {
      if (excluded.includes(candidate)) continue
      const sure = sureReason(text, candidate)
      const score = sure === undefined ? model.probability(text, candidate) : 0.8
      if (score < (isSettled(text, candidate) ? enoughWhenSettled : enough)) continue
      if (isEveryday(text, candidate)) {
        excluded.push(candidate)
        continue
      }
      const why = sure ?? `a value like those of secrets, given to what is called one (${candidate.tie})`
      found.push({ start: candidate.start, end: candidate.end, score, why })
    }
    if (found.length > 0) return found
    // The rule may end a value elsewhere; what is no secret by its name stays none.
    return rule
      .examine(text, start, end)
      .filter((match) =>
        candidates.every(
          (candidate) =>
            candidate.start !== match.start || !(excluded.includes(candidate) || isEveryday(text, candidate)),
        ),
      )
  },
})

const isEveryday = (text: string, candidate: SecretCandidate): boolean =>
  isOrdinary(text, candidate) || isMisplaced(text, candidate)

/**
 * `"session_id":"4a431630-10db-46f0-afd0-304dee75b439"` and `_session_` before one name a session, as in every request of
 * Claude Code (`metadata.user_id`, 2.1.330 and before); what opens one is longer and stands under other names, or is a cookie.
 * A name may end within such an id, behind its first part.
 */
function namesSession(text: string, { start, end }: SecretCandidate): boolean {
  const first = end - uuidLength
  if ((start !== first && start !== first + uuidStep) || !uuid.test(text.slice(first, end))) return false
  const before = text.slice(Math.max(0, first - sessionReach), first)
  return sessionName.test(before) && !/cookie/i.test(before)
}

/**
 * What a classifier of characters cannot know: `keyframe` and `keyboard` are no keys, `public_key` and `csrf-token` are
 * shown to everybody, a passport opens nothing, `accessor`, `credentialsId`, `UserSecretsId`, `kms_key_id` and `key_vault_name` say which secret is meant and are none, the
 * lines around a key are no value, `ops_eyJz...` is cut off in a manual, and nothing generated holds one sign ten times
 * in a row.
 */
function isNoSecret(text: string, candidate: SecretCandidate): boolean {
  const { start, end, nameStart, nameEnd } = candidate
  if (namesSession(text, candidate)) return true
  const value = text.slice(start, end)
  if (/^(?:KEY)?-{5}|(.)\1{9}/.test(value) || (text.startsWith('...', end) && end - start > 12)) return true
  if (isPublished(value) || isNothing(value) || isOfAnybody(text, candidate)) return true
  const name = text.slice(nameStart, nameEnd)
  if (dataAsName.test(name) && name.replace(/\D/g, '').length > 2) return true
  if (publicName.test(name) || (passportName.test(name) && documentNumber.test(value))) return true
  return uuid.test(value) ? otherId.test(name) : referringName.test(name) && /^[A-Za-z0-9]+$/.test(value)
}

/** What begins as a key of a vendor, is not in the form of one and looks made up; and an encoded name of a host. */
function isNothing(value: string): boolean {
  if (isMadeUp(value) && marks.some((mark) => value.startsWith(mark))) return true
  return encodedHost.test(value) && hostName.test(decodeBase64Url(value))
}

/** What keys of vendors begin with; what is shorter begins other values as well. Those in their form are found first. */
const marks: readonly string[] = vendorKeys
  .flatMap(({ trigger }) => ('literals' in trigger && trigger.isWordStart === true ? trigger.literals : []))
  .filter((mark) => mark.length > 3)

const encodedHost = /^[A-Za-z0-9_-]{16,80}={0,2}$/
const hostName = /^[a-z][a-z-]{2,20}(?:\.[a-z-]{2,20}){2,4}$/

/** How far before a password the one who needs none is looked for. */
const anybodyReach = 60
const anybody =
  /(\w{1,30}(?:->|\.))?(?:user(?:[ _-]?name)?|login)["'`\]]{0,3}[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}["'`]?anonymous["'`\s;,&]{1,30}\1$/i
const anyPassword = /^(?:pass(?:word|wd)?|pwd|pw)$/i

/**
 * True right after a user called anonymous: what is given as the password is a courtesy. Not a token or key, nor the
 * password of something that is named.
 */
const isOfAnybody = (text: string, { nameStart, nameEnd }: SecretCandidate): boolean =>
  anyPassword.test(text.slice(nameStart, nameEnd)) &&
  anybody.test(text.slice(Math.max(0, nameStart - anybodyReach), nameStart))

/** A line of Base64 that happens to hold a word for a secret names nothing. */
const dataAsName = /^[A-Za-z0-9]{24,}$/
const publicName =
  /auth\d?[_-]?client[_-]?id$|public[_-]?(?:key(?:[_-]?token)?|token)$|csrf[_-]?token$|accessor$|vault[_-]?name$|key(?:frame|board|stroke)(?![a-z_-]*(?:pass|pwd|pw$|secret|token|key|auth|cred))[a-z_-]*$/i
const passportName = /passe?port|paspoort|paszport|pasaporte|passaport[eo]|reisepass/i
const documentNumber = /^[A-Z\d]{6,10}$/
const referringName = /credentials?[_-]?id$|secrets[_-]?id$|kms[_-]?key[_-]?id$/i
const otherId = /(?:credentials?|secrets|kms[_-]?key|access|option)[_-]?id$/i
const sessionName = /(?<![a-z])session(?:[ _-]?id)?["'`\\]{0,4}(?:_|[ \t]{0,3}[:=]?[ \t]{0,3})["'`\\]{0,4}$/i
const sessionReach = 64
const uuidLength = 36
/** To its second part. */
const uuidStep = 9
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
