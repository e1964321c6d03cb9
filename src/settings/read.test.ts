import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import type { Settings } from './api.ts'
import { SettingsError } from './problem.ts'
import { readSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-settings-'))
const file = join(folder, 'sallyport.yaml')
after(() => rmSync(folder, { recursive: true }))

function read(text: string | Uint8Array, environment: Record<string, string> = {}): Settings {
  writeFileSync(file, text)
  return readSettings({ SALLYPORT_SETTINGS: file, ...environment })
}

/** The problems as `LINE:COLUMN KEY SENTENCE`, the file left out. */
function problemsOf(text: string | Uint8Array, environment: Record<string, string> = {}): readonly string[] {
  try {
    read(text, environment)
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    return error.problems.map(
      ({ place, key, problem }) => `${place.replace(`${file}:`, '')} ${key} ${problem}`,
    )
  }
  return assert.fail('the settings were taken')
}

test('nothing configured serves this machine with the demo model and the development identity provider', () => {
  const settings = readSettings({})
  assert.equal(settings.host, '127.0.0.1')
  assert.equal(settings.port, 8787)
  assert.equal(settings.dataFolder, join(dirname(dirname(import.meta.dirname)), 'data'))
  assert.equal(settings.file, undefined)
  assert.equal(settings.connections['demo']?.kind, 'demo')
  assert.equal(settings.connections['demo']?.silenceLimitMs, 600_000)
  assert.equal(settings.identity.kind, 'embedded')
  assert.deepEqual(
    settings.identity.accounts.map(({ email }) => email),
    ['owner@example.com', 'employee@example.com'],
  )
  assert.deepEqual(settings.identity.owners, ['owner@example.com'])
  assert.deepEqual(settings.limits, {
    bodyMaxBytes: 33_554_432,
    bodyMaxMs: 30_000,
    jsonMaxDepth: 100,
    answerMaxBytes: 67_108_864,
    requestsPerMinute: 600,
    openPerCaller: 64,
    openAltogether: 2_000,
  })
  assert.equal(settings.audit.origin, 'sallyport.local')
})

test('off loopback the address people use must be known, since it says which names are ours', () => {
  const oidc = 'identity: { kind: oidc, issuer: "https://login.example.com", clientId: sallyport }'
  assert.deepEqual(problemsOf(`host: 0.0.0.0\n${oidc}`), [
    'default publicUrl is missing, and host is 0.0.0.0, so it is not known which names are its own, and any page could reach it under one of its choice; set it to the address people use',
  ])
  const settings = read(
    `host: 0.0.0.0\npublicUrl: https://ai.example.com\nhosts: [AI:8787, "[fd00::1]:8787"]\ntrustedProxies: [10.0.0.0/8, "fd00::1"]\n${oidc}`,
  )
  assert.deepEqual(settings.hosts, ['ai:8787', '[fd00::1]:8787'])
  assert.deepEqual(settings.trustedProxies, ['10.0.0.0/8', 'fd00::1'])
  assert.equal(settings.forwardedHeader, 'x-forwarded-for')
})

test('a proxy that could be anybody, and a name that is none, are refused', () => {
  assert.deepEqual(
    problemsOf('trustedProxies: [0.0.0.0/0, "::/0", proxy]\nhosts: ["https://ai", "a:0", "a:99999", ""]'),
    [
      ...['2:9', '2:23', '2:30', '2:41'].map(
        (place, index) =>
          `${place} hosts.${index} must be a name as browsers send it, such as ai.example.com or 10.0.0.5:8787`,
      ),
      '1:18 trustedProxies.0 names every address there is, so that anybody could claim to be anybody; name the proxies',
      '1:29 trustedProxies.1 names every address there is, so that anybody could claim to be anybody; name the proxies',
      '1:37 trustedProxies.2 must be a network such as 10.0.0.0/8, or an address',
    ],
  )
})

test('a credential in a vault needs the vault, and a vault needs one', () => {
  const west =
    'connections: { west: { kind: compatible, url: "https://w.example.com", credential: "vault:a#b" } }'
  assert.deepEqual(problemsOf(west), [
    '1:72 connections.west.credential is in a vault, and vault is missing; it must say url and token',
  ])
  const vault = 'vault: { url: "https://vault.example.com", token: "env:TOKEN" }'
  assert.match(
    problemsOf(vault)[0] ?? '',
    /^1:1 vault is never asked: no connection has a credential vault:PATH#FIELD/,
  )
  assert.deepEqual(read(`${west}\n${vault}`).vault, {
    url: 'https://vault.example.com',
    mount: 'secret',
    token: 'env:TOKEN',
    namespace: undefined,
    caFile: undefined,
    limitMs: 5_000,
    keptMinutes: 10,
  })
  assert.match(
    problemsOf(west.replace('a#b', '../sys#b'))[0] ?? '',
    /must be a reference, env:NAME, file:.path or vault/,
  )
  const token = 'vault: { url: "https://vault.example.com", token: "vault:a#b" }'
  assert.match(
    problemsOf(`${west}\n${token}`)[0] ?? '',
    /vault.token must be a reference, env:NAME or file:.path, and/,
  )
})

test('an empty file and a file of comments say nothing', () => {
  for (const text of ['', '# nothing yet\n']) assert.equal(read(text).digest, readSettings({}).digest)
})

test('the file, then the environment, then what is given at start: the later wins', () => {
  assert.equal(read('port: 1000').port, 1000)
  assert.equal(read('port: 1000', { PORT: '2000' }).port, 2000)
  writeFileSync(file, 'port: 1000')
  assert.equal(readSettings({ SALLYPORT_SETTINGS: file, PORT: '2000' }, { port: 3000 }).port, 3000)
})

test('an empty variable counts as not set', () => {
  assert.equal(readSettings({ PORT: '', HOST: '', SALLYPORT_DATA: '', SALLYPORT_SETTINGS: '' }).port, 8787)
})

test('paths in the file start at the file, paths in the environment where the process started', () => {
  const settings = read('dataFolder: store\nbootstrap: [records.yaml, /etc/more.yaml]')
  assert.equal(settings.dataFolder, join(folder, 'store'))
  assert.deepEqual(settings.bootstrap, [join(folder, 'records.yaml'), '/etc/more.yaml'])
  assert.equal(readSettings({ SALLYPORT_DATA: 'here' }).dataFolder, join(process.cwd(), 'here'))
})

test('one limit in the file leaves the others as they are', () => {
  const { limits } = read('limits: { openPerCaller: 5 }')
  assert.equal(limits.openPerCaller, 5)
  assert.equal(limits.openAltogether, 2_000)
})

test('copies of the checkpoint go to at most two folders, named from the file on', () => {
  assert.deepEqual(read('').audit.checkpointCopies, [])
  assert.deepEqual(read('audit: { checkpointCopies: [mount, /mnt/far] }').audit.checkpointCopies, [
    join(folder, 'mount'),
    '/mnt/far',
  ])
  assert.match(
    problemsOf('audit: { checkpointCopies: [a, b, c] }')[0] ?? '',
    /audit.checkpointCopies must be a list of at most 2 folders/,
  )
})

test('names are looked for when the file says so', () => {
  assert.equal(read('').inspection.names, 'attachments')
  assert.equal(read('inspection: { names: false }').inspection.names, false)
  assert.equal(read('inspection: { names: true }').inspection.names, true)
  assert.match(
    problemsOf('inspection: { names: often }')[0] ?? '',
    /inspection.names must be true, false or attachments/,
  )
  assert.equal(read('').inspection.moderation, undefined)
  assert.deepEqual(read('inspection: { moderation: { offering: guard } }').inspection.moderation, {
    offering: 'guard',
    away: 'refuse',
    above: 'refuse',
    limitMs: 2_000,
    threshold: undefined,
  })
  assert.match(
    problemsOf('inspection: { moderation: { away: pass } }').join(),
    /moderation.offering.*moderation.away must be one of refuse, note/s,
  )
  assert.match(
    problemsOf('inspection: { moderation: { offering: guard, threshold: 2 } }')[0] ?? '',
    /moderation.threshold must be a number over 0, at most 1/,
  )
  assert.match(problemsOf('inspection: { moderation: { offer: guard } }').join(), /"offering"/)
  assert.match(problemsOf('inspection: { name: true }')[0] ?? '', /inspection.name .*"names"/)
})

test('connections in the file stand instead of the default one', () => {
  const settings = read('connections: { west: { kind: compatible, url: "https://west.example.com/v1" } }')
  assert.deepEqual(settings.connections, {
    west: {
      kind: 'compatible',
      url: 'https://west.example.com/v1',
      region: undefined,
      credential: undefined,
      silenceLimitMs: 600_000,
    },
  })
})

test('nobody reads feeds by their address unless the file names networks, and never everybody', () => {
  assert.deepEqual(read('').feeds, { networks: [] })
  assert.deepEqual(read('feeds: { networks: [10.9.0.0/16] }').feeds, { networks: ['10.9.0.0/16'] })
  assert.match(
    problemsOf('feeds: { networks: [0.0.0.0/0] }')[0] ?? '',
    /feeds\.networks\.0 names every address there is, so that anybody reads which tools are in use/,
  )
})

test('probes are hourly unless the file says otherwise, and 0 is only by hand', () => {
  assert.deepEqual(read('').probes, { everyMinutes: 60, factDays: 7, limitMs: 10_000 })
  assert.deepEqual(read('probes: { everyMinutes: 0 }').probes, {
    ...{ everyMinutes: 0, factDays: 7, limitMs: 10_000 },
  })
  assert.match(problemsOf('probes: { everyMinutes: -1 }')[0] ?? '', /from 0 to 10080 \(minutes/)
})

test('where a provider tells how it keeps names its account, with references and never the keys', () => {
  const west = (retention: string) =>
    `connections: { west: { kind: compatible, url: "https://w.example.com", retention: ${retention} } }`
  assert.deepEqual(
    read(west('{ kind: openai, project: proj_a, credential: "env:ADMIN" }')).connections['west']?.retention,
    { kind: 'openai', project: 'proj_a', credential: 'env:ADMIN' },
  )
  assert.match(
    problemsOf(west('{ kind: openai, project: proj_a, credential: secret }'))[0] ?? '',
    /connections.west.retention.credential must be a reference/,
  )
  assert.match(problemsOf(west('{ kind: openai, credential: "env:ADMIN" }'))[0] ?? '', /project is missing/)
  assert.match(problemsOf(west('{ kind: azure }'))[0] ?? '', /retention.*must be of kind openai or bedrock/)
  assert.match(
    problemsOf(
      'connections: { demo: { kind: demo, retention: { kind: openai, project: proj_a, credential: "env:A" } } }',
    )[0] ?? '',
    /retention must be left out/,
  )
})

test('an unknown key is named with its line, its column and the nearest right one', () => {
  assert.deepEqual(problemsOf('port: 80\nconections: {}\n'), [
    '2:1 conections is not a setting. Did you mean "connections"?',
  ])
  const connection =
    'connections:\n  west:\n    kind: compatible\n    url: https://west.example.com\n    cretential: env:X\n'
  assert.deepEqual(problemsOf(connection), [
    '5:5 connections.west.cretential is not a setting. Did you mean "credential"?',
  ])
  assert.match(
    problemsOf('limits: { colour: 1 }')[0] ?? '',
    /1:11 limits.colour .* Right here: bodyMaxBytes, /,
  )
  assert.match(
    problemsOf('identity:\n  kind: embedded\n  acounts: []')[0] ?? '',
    /3:3 identity.acounts .*"accounts"/,
  )
})

test('at every depth what is right there is told, and what goes with another kind', () => {
  const wrong = (text: string) => problemsOf(text).join()
  const embedded = (rest: string) => wrong(`identity: { kind: embedded, ${rest} }`)
  const retention = '{ kind: openai, project: proj_a, credential: "env:A", region: x }'
  assert.match(
    wrong('retention: { header: end }'),
    /retention.header is not a setting. Did you mean "headers"/,
  )
  assert.match(
    embedded('workloads: [{ singleuse: true }]'),
    /workloads.0.singleuse is not a setting. Did you mean "singleUse"/,
  )
  assert.match(embedded('accounts: [{ email: a@example.com, nick: A }]'), /nick .* Right here: email, name/)
  assert.match(embedded('renewal: none'), /identity.renewal must be left out: it goes with kind oidc only/)
  assert.match(
    wrong(
      `connections: { west: { kind: compatible, url: "https://w.example.com", retention: ${retention} } }`,
    ),
    /retention.region must be left out: it goes with kind bedrock only/,
  )
})

test('a wrong value is told what would be right, at its place', () => {
  assert.deepEqual(problemsOf('limits:\n  openPerCaller: many\n'), [
    '2:3 limits.openPerCaller must be a whole number from 1 to 100000 (requests)',
  ])
  assert.match(problemsOf('port: 65536')[0] ?? '', /1:1 port must be a whole number from 0 to 65535/)
  assert.match(
    problemsOf('identity: { kind: oidc }')[0] ?? '',
    /identity.issuer is missing; it must be an address/,
  )
  assert.match(problemsOf('identity: { kind: ldap }')[0] ?? '', /1:13 identity.kind must be embedded or oidc/)
  assert.match(
    problemsOf('identity: { keys: { maxDays: 30 } }')[0] ?? '',
    /identity.kind is missing; it must be embedded/,
  )
  assert.match(
    problemsOf('connections: { West: { kind: demo } }')[0] ?? '',
    /West must be named in small letters/,
  )
  assert.match(problemsOf('- a\n- b')[0] ?? '', /the file must be a list of settings/)
  assert.match(problemsOf('bootstrap: records.yaml')[0] ?? '', /bootstrap must be a list of paths/)
})

test('all problems are told at once', () => {
  const problems = problemsOf('prot: 80\nlimits: { openPerCaller: 0 }\naudit: { origin: "A B" }\n', {
    HOST: 'a b',
  })
  assert.equal(problems.length, 4)
  assert.match(problems.join('\n'), /environment variable HOST host must be/)
})

test('a wrong variable is named', () => {
  for (const port of ['abc', '-1', '65536', '80.5', '0x50', ' 80']) {
    assert.throws(
      () => readSettings({ PORT: port }),
      /environment variable PORT: port must be a port from 0 to 65535/,
    )
  }
})

test('a file that is missing, a folder or too large is an error that names it', () => {
  assert.throws(() => readSettings({ SALLYPORT_SETTINGS: join(folder, 'no.yaml') }), /no\.yaml.*ENOENT/)
  assert.throws(() => readSettings({ SALLYPORT_SETTINGS: folder }), /EISDIR/)
  assert.match(problemsOf(`# ${'x'.repeat(1_100_000)}`)[0] ?? '', /larger than/)
})

test('a file that is not UTF-8 is refused, one with a byte order mark is read', () => {
  assert.deepEqual(problemsOf(Buffer.from('dataFolder: b\u00fcro', 'latin1')), [
    `${file} SALLYPORT_SETTINGS names a file that is not UTF-8; save it as UTF-8 and try again`,
  ])
  assert.match(read('\ufeffdataFolder: b\u00fcro').dataFolder, /b\u00fcro$/)
})

test('broken YAML, a key that stands twice and an alias bomb are told with their place', () => {
  assert.match(problemsOf('port: [')[0] ?? '', /^1:\d+ the file is not YAML/)
  assert.match(problemsOf('port: 1\nport: 2')[0] ?? '', /^2:1 the file .*same key stands twice/)
  assert.match(problemsOf('a: &a [1]\nport: *b')[0] ?? '', /the file|port/)
  const bomb = [
    'a0: &a0 [x, x]',
    ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
  ]
  assert.match(problemsOf(bomb.join('\n'))[0] ?? '', /repeats itself too often/)
})

test('a session that may idle for longer than it may last is refused, and one without words has the defaults', () => {
  const identity = read('port: 1').identity
  assert.deepEqual(
    [identity.sessions, identity.stepUpMinutes],
    [{ idleMinutes: 480, absoluteHours: 168 }, 15],
  )
  assert.match(
    problemsOf('identity: { kind: embedded, sessions: { idleMinutes: 61, absoluteHours: 1 } }')[0] ?? '',
    /identity.sessions.idleMinutes must be at most identity.sessions.absoluteHours \(1 hours\)/,
  )
  assert.match(problemsOf('identity: { kind: embedded, stepUpMinutes: -1 }')[0] ?? '', /from 0 to 1440/)
})

test('a mistake never shows the line it stands in', () => {
  const secret = 'sk-' + 'live-0123456789abcdef'
  const texts = [
    `connections: { west: { kind: compatible, url: "https://x.example.com", credential: ${secret} } }`,
    `connections: { west: { kind: compatible, url: "https://ada:${secret}@x.example.com" } }`,
    `credential: "${secret}`,
  ]
  for (const text of texts) assert.equal(problemsOf(text).join().includes(secret), false, text)
})

test('a secret in the file is refused and the way out is named', () => {
  const text =
    'connections:\n  west:\n    kind: compatible\n    url: https://x.example.com\n    credential: abcdef\n'
  assert.match(
    problemsOf(text)[0] ?? '',
    /^5:5 connections.west.credential must be a reference, env:NAME, file:\/path or vault:/,
  )
})

test('a connection that is none of this process needs an address over https', () => {
  assert.match(problemsOf('connections: { west: { kind: compatible } }')[0] ?? '', /west.url is missing/)
  assert.match(
    problemsOf('connections: { a: { kind: demo, url: "https://x.example.com" } }')[0] ?? '',
    /left out/,
  )
  const plain = 'connections: { west: { kind: compatible, url: "http://west.example.com" } }'
  assert.match(problemsOf(plain)[0] ?? '', /west.url must start with https/)
})

test('the embedded identity provider refuses to serve other machines and says what to do', () => {
  for (const host of ['0.0.0.0', '::', 'ai.example.com']) {
    assert.match(
      problemsOf('', { HOST: host })[0] ?? '',
      /environment variable HOST host is .*only this machine.*oidc/,
    )
  }
  assert.match(problemsOf('host: 0.0.0.0')[0] ?? '', /^1:1 host/)
  assert.match(
    problemsOf('publicUrl: "https://ai.example.com"')[0] ?? '',
    /^1:1 publicUrl is not on this machine/,
  )
  const oidc = 'identity: { kind: oidc, issuer: "https://id.example.com", clientId: sallyport }'
  assert.equal(
    read(`${oidc}\npublicUrl: "https://ai.example.com/"`, { HOST: '0.0.0.0' }).publicUrl,
    'https://ai.example.com',
  )
})

test('values that do not fit together are told', () => {
  assert.match(
    problemsOf('limits: { openPerCaller: 50, openAltogether: 10 }')[0] ?? '',
    /at most limits.openAltogether/,
  )
  const twice =
    'identity: { kind: embedded, accounts: [{email: a@example.com, name: A}, {email: A@example.com, name: B}] }'
  assert.match(problemsOf(twice)[0] ?? '', /holds a@example.com twice/)
})

test('less than six months is refused unless a reason is given, and names last as long as texts at least', () => {
  const said = 'but logs of high-risk AI systems are kept for six months (EU AI Act, Articles 19 and 26)'
  const remedy = 'set at least 180, or give the reason why less is right here as retention.belowSixMonths'
  assert.deepEqual(problemsOf('retention:\n  contentDays: 179\n'), [
    `2:3 retention.contentDays is 179, ${said}; ${remedy}`,
  ])
  assert.deepEqual(problemsOf('retention:\n  headerDays: 30\n').length, 2)
  const reason = '  belowSixMonths: no high-risk system is used here\n'
  const { retention } = read(`retention:\n  contentDays: 30\n  headerDays: 60\n${reason}`)
  assert.deepEqual(
    [retention.contentDays, retention.headerDays, retention.belowSixMonths],
    [30, 60, 'no high-risk system is used here'],
  )
  assert.match(
    problemsOf(`retention:\n  contentDays: 60\n  headerDays: 30\n${reason}`).join(),
    /^3:3 retention\.headerDays must be at least retention\.contentDays \(60\)/,
  )
  assert.match(problemsOf('retention:\n  belowSixMonths: ""\n').join(), /must be the reason, in 10 to 300/)
  assert.match(problemsOf('retention:\n  contentDays: 0\n').join(), /whole number from 1 to 36500/)
})

test('where the key of keys comes from is read with its defaults, and paths start at the file', () => {
  assert.equal(read('port: 1').keys.source, 'file')
  assert.equal(read('port: 1').keys.rotateEveryDays, 30)
  const { keys } = read(
    'keys: { source: vault, vault: { url: "https://vault.example.com", key: sallyport, token: "env:T", caFile: ca.pem } }',
  )
  assert.equal(keys.vault?.mount, 'transit')
  assert.equal(keys.vault?.limitMs, 5_000)
  assert.match(keys.vault?.caFile ?? '', /^\/.*ca\.pem$/)
  const aws = read(
    'keys: { source: aws-kms, awsKms: { region: eu-central-1, key: alias/sallyport, accessKeyId: "env:A", secretAccessKey: "env:B" } }',
  )
  assert.equal(aws.keys.awsKms?.key, 'alias/sallyport')
})

test('a source of keys that is unknown, incomplete or holds a secret is refused, naming the key', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['keys: { source: hsm }', /keys.source must be one of file, vault, aws-kms/],
    ['keys: { source: vault }', /keys.source is vault, and keys.vault is missing/],
    ['keys: { source: aws-kms }', /keys.source is aws-kms, and keys.awsKms is missing/],
    ['keys: { vault: { url: "https://v.example.com", key: a } }', /keys.vault.token is missing/],
    ['keys: { vault: { url: "http://v.example.com", key: a, token: "env:T" } }', /keys.vault.url/],
    ['keys: { vault: { url: "https://v.example.com", key: "a/b", token: "env:T" } }', /keys.vault.key/],
    ['keys: { passphrase: "correct horse battery" }', /keys.passphrase must be a reference/],
    ['keys: { pasphrase: "env:P" }', /keys.pasphrase is not a setting. Did you mean "?passphrase/],
    ['keys: { vault: { adress: x } }', /keys.vault.adress is not a setting/],
    ['keys: { rotateEveryDays: 0 }', /keys.rotateEveryDays must be a whole number from 1 to 365/],
  ]
  for (const [text, message] of cases) assert.match(problemsOf(text).join('\n'), message, text)
})

test('names and addresses of accounts fit on one line', () => {
  for (const account of [
    '{email: nobody, name: A}',
    '{email: a@example.com, name: "A\\nB"}',
    '{email: a@example.com}',
  ]) {
    assert.match(
      problemsOf(`identity: { kind: embedded, accounts: [${account}] }`)[0] ?? '',
      /identity.accounts.0/,
    )
  }
})

test('the digest changes with every setting and not with their order', () => {
  const one = read('limits: { openPerCaller: 5, jsonMaxDepth: 50 }\nport: 1').digest
  assert.equal(read('port: 1\nlimits: { jsonMaxDepth: 50, openPerCaller: 5 }').digest, one)
  assert.match(one, /^[0-9a-f]{64}$/)
  assert.notEqual(read('port: 2\nlimits: { jsonMaxDepth: 50, openPerCaller: 5 }').digest, one)
  const credential = (name: string) =>
    read(`connections: { a: { kind: compatible, url: "https://x.example.com", credential: "env:${name}" } }`)
      .digest
  assert.notEqual(credential('ONE'), credential('TWO'))
})

test('a key called __proto__ is an unknown key', () => {
  assert.match(problemsOf('__proto__: { port: 1 }')[0] ?? '', /__proto__ is not a key that is read here/)
  assert.match(problemsOf('connections: { __proto__: { kind: demo } }')[0] ?? '', /__proto__/)
})
