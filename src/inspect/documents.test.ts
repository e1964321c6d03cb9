import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleOf, foundIn, typesIn } from './test-found.ts'

/**
 * Documents as people paste them, with exactly what is found in them between « and ». Secrets are put together from
 * parts, so that no line of this file looks like a live key.
 */
const keyId = `AKIA${'IOSFODNN7EXAMPLE'}`
const secretKey = `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`
const token = `ghp_${'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4'}`
const chosen = `Tr0ub4dor${'&3x'}`
const jwt = `eyJ${'hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9'}.eyJ${'zdWIiOiIxMjM0NTY3ODkwIn0'}.dozjgNryP4J3jVmNHl0w5N`
const line = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw${'ggSjAgEAAoIBAQC7VJTUt9Us'}`

interface Document {
  readonly name: string
  readonly marked: string
  readonly types: readonly string[]
}

const documents: readonly Document[] = [
  {
    name: 'a mail',
    marked: `From: Anna Muster <«anna.muster@example.com»>
To: "Bob O'Brien" <«bob.obrien@example.org»>
Date: Mon, 23 Nov 2026 10:58:14 +0000
Message-ID: <20261123105814>
Subject: Re: invoice 20260001234

Dear Bob,

please pay EUR 1.234,56 to «DE89 3704 0044 0532 0130 00» by 2026-12-01,
or call me at «+49 30 1234567» between 9:00 and 17:00.

Best regards
Anna
--
Example GmbH, «Hauptstr. 12, 10115 Berlin»
Tel. «+49 (0)30 1234-500» | Fax «+49 (0)30 1234-501»`,
    types: ['email', 'email', 'iban', 'phone', 'street-address', 'phone', 'phone'],
  },
  {
    name: 'a table of customers as CSV',
    marked: `id,name,email,phone,card,ssn,since
1000001,Anna Muster,«anna@example.com»,«212-555-0123»,«4111111111111111»,«536-22-8145»,2024-01-02
1000002,Bob O'Brien,«bob@example.org»,«(212) 555-0124»,«5500 0000 0000 0004»,«212-47-9981»,2024-02-03
1000003,Eve,,,,,2024-03-04`,
    types: ['email', 'phone', 'payment-card', 'us-ssn', 'email', 'phone', 'payment-card', 'us-ssn'],
  },
  {
    name: 'the same table with semicolons and quotes',
    marked: `"id";"mail";"iban";"card"
"1000001";"«anna@example.com»";"«FR1420041010050500013M02606»";"«378282246310005»"
"1000002";"«bob@example.org»";"«NL91ABNA0417164300»";"«30569309025904»"`,
    types: ['email', 'iban', 'payment-card', 'email', 'iban', 'payment-card'],
  },
  {
    name: 'a table in Markdown',
    marked: `| Name | Mail | Phone | Card |
|------|------|------:|:----:|
| Anna | «anna@example.com» | «+1 212 555 0123» | «4111 1111 1111 1111» |
| Bob  | **«bob@example.org»** | _«+44 20 7946 0958»_ | \`«5555555555554444»\` |`,
    types: ['email', 'phone', 'payment-card', 'email', 'phone', 'payment-card'],
  },
  {
    name: 'an order as JSON',
    marked: `{
  "order": 4500012345,
  "created": "2026-11-23T10:58:14.123Z",
  "customer": {
    "name": "Anna Muster",
    "email": "«anna@example.com»",
    "phone": "«+12125550123»",
    "ids": [1000001, 1000002, 1000003]
  },
  "payment": { "pan": "«4012888888881881»", "expires": "«12/27»", "amount": 12345.67 },
  "note": "refund to\\n«GB29 NWBK 6016 1331 9268 19»\\nplease"
}`,
    types: ['email', 'phone', 'payment-card', 'card-expiry', 'iban'],
  },
  {
    name: 'a request logged as JSON inside JSON',
    marked: `{"level":"info","time":1700000000000,"body":"{\\"user\\":\\"«anna@example.com»\\",\\"password\\":\\"«${chosen}»\\",\\"card\\":\\"«4111111111111111»\\"}"}`,
    types: ['email', 'password', 'payment-card'],
  },
  {
    name: 'settings as YAML',
    marked: `server:
  host: 127.0.0.1
  port: 8787
  version: 10.15.7
database:
  url: postgres://«app:s3cr3t-Pa55»@db.example.com:5432/main
  password: «${chosen}»
  pool: 20
aws:
  access_key_id: «${keyId}»
  secret_access_key: «${secretKey}»
owners:
  - «anna@example.com»
  - «bob@example.org»`,
    types: ['url-credentials', 'password', 'aws-access-key', 'aws-secret-key', 'email', 'email'],
  },
  {
    name: 'an environment file',
    marked: `# local settings
NODE_ENV=development
PORT=3000
DATABASE_URL=mysql://«root:hunter2x»@localhost/x
REDIS_URL=redis://localhost:6379
GITHUB_TOKEN=«${token}»
AWS_ACCESS_KEY_ID=«${keyId}»
AWS_SECRET_ACCESS_KEY=«${secretKey}»
ADMIN_EMAIL=«admin@example.com»
DB_PASSWORD='«${chosen}»'
API_KEY=changeme`,
    types: ['url-credentials', 'github-token', 'aws-access-key', 'aws-secret-key', 'email', 'password'],
  },
  {
    name: 'a program',
    marked: `import { connect } from 'example'

const retries = 3
const timeoutMs = 30_000
const colour = 0x4111aa
const client = connect('https://«anna:hunter2x»@api.example.com/v1', { retries })
client.login({ user: '«anna@example.com»', password: '«${chosen}»' })
const password = process.env.PASSWORD
const bearer = \`Bearer «${jwt}»\`
if (total > 1000000 && id === '550e8400-e29b-41d4-a716-446655440000') throw new Error('too many')`,
    types: ['url-credentials', 'email', 'password', 'jwt'],
  },
  {
    name: 'a log',
    marked: `2026-11-23 10:58:14,123 INFO  [main] started in 1234 ms, pid 1234567
2026-11-23 10:58:15,001 DEBUG [http-1] GET /users/1234567?mail=«anna@example.com» 200 12345
2026-11-23 10:58:15,002 DEBUG [http-1] Authorization: Bearer «${jwt}»
2026-11-23 10:58:16,777 WARN  [http-2] «192.168.100.200» - retry 3 of 5 after 1500 ms
2026-11-23 10:58:17,000 ERROR [http-3] card «4111111111111111» was refused, trace e3b0c44298fc1c149afbf4c8996fb924`,
    types: ['email', 'jwt', 'ip-address', 'payment-card'],
  },
  {
    name: 'a table of addresses of a network',
    marked: `127.0.0.0/8        0.0.0.0           255.0.0.0       U     0      0        0 lo
«192.168.100.200»    «10.20.30.40»       255.255.255.255 UGH   100    0        0 eth1
lladdr             «fe80::1»%eth0      «00:1a:2b:3c:4d:5e»
global             «2001:0db8:85a3:0000:0000:8a2e:0370:7334»
tcp 0 0 127.0.0.1:8787 «10.0.0.12»:54321 ESTABLISHED 1234567/node`,
    types: [...Array<string>(2).fill('ip-address'), 'ip-address', 'mac-address', 'ip-address', 'ip-address'],
  },
  {
    name: 'a log with colours',
    marked: `\u001b[32mINFO\u001b[0m user \u001b[1m«anna@example.com»\u001b[0m paid with \u001b[33m«4111111111111111»\u001b[0m
\u001b[31mERROR\u001b[0m key \u001b[36m«${keyId}»\u001b[0m is not known`,
    types: ['email', 'payment-card', 'aws-access-key'],
  },
  {
    name: 'statements of a database',
    marked: `INSERT INTO people (id, mail, phone, ssn) VALUES
  (1000001, '«anna@example.com»', '«+12125550123»', '«536-22-8145»'),
  (1000002, '«bob@example.org»', '«212-555-0124»', '«212-47-9981»');
UPDATE cards SET pan = '«4111111111111111»' WHERE id = 1000001 AND changed > '2026-11-23 10:58:14';`,
    types: ['email', 'phone', 'us-ssn', 'email', 'phone', 'us-ssn', 'payment-card'],
  },
  {
    name: 'a command line',
    marked: `$ curl -u anna -H "Authorization: Bearer «${jwt}»" \\
    "https://api.example.com/v1/pay?card=«4111111111111111»&mail=«anna%40example.com»"
$ git clone https://«anna:${token}»@github.com/owner/project.git
$ psql "postgresql://«app:s3cr3t-Pa55»@localhost:5432/main" -c 'select 1'`,
    // A key in the place of a password is reported as the key, over user name and password.
    types: ['jwt', 'payment-card', 'email', 'github-token', 'url-credentials'],
  },
  {
    name: 'a key in a configuration',
    marked: `apiVersion: v1
kind: Secret
stringData:
  tls.key: |
    «-----BEGIN PRIVATE KEY-----
    ${line}
    ${line}
    -----END PRIVATE KEY-----»
  tls.crt: |
    -----BEGIN CERTIFICATE-----
    ${line}
    -----END CERTIFICATE-----`,
    types: ['private-key'],
  },
  {
    name: 'an account of a cloud as JSON',
    marked: `{
  "type": "service_account",
  "project_id": "example-1234567",
  "private_key_id": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  "private_key": "«-----BEGIN PRIVATE KEY-----\\n${line}\\n${line}\\n-----END PRIVATE KEY-----»\\n",
  "client_email": "«robot@example-1234567.iam.gserviceaccount.com»",
  "client_id": "123456789012345678901"
}`,
    types: ['private-key', 'email'],
  },
  {
    name: 'a form as HTML',
    marked: `<form action="https://example.com/pay" method="post">
  <input type="email" name="mail" value="«anna@example.com»">
  <input type="tel" name="phone" value="«+44 20 7946 0958»">
  <input name="card" value="«4111 1111 1111 1111»" maxlength="19">
  <input type="password" name="password" placeholder="Password">
  <td>«536-22-8145»</td><td>2026-11-23</td>
</form>`,
    types: ['email', 'phone', 'payment-card', 'us-ssn'],
  },
  {
    name: 'a talk',
    marked: `anna: hi, my card doesnt work :(
bot: which one?
anna: «4111 1111 1111 1111» exp «12/27» cvv «123»
anna: or u can call me «+1 (212) 555-0123»
bot: thanks! and your mail?
anna: «anna@example.com» 😀👍🏽
anna: ssn is «536 22 8145» if you need it`,
    types: ['payment-card', 'card-expiry', 'card-security-code', 'phone', 'email', 'us-ssn'],
  },
  {
    name: 'a letter in German',
    marked: `Sehr geehrte Frau Müller,

bitte überweisen Sie 1.234,56 € bis zum 01.12.2026 auf das Konto
IBAN: «DE89 3704 0044 0532 0130 00», BIC: «COBADEFFXXX».
Ihre Kundennummer ist 1234567, die Rechnung hat die Nummer 2026/0012345.
Rückfragen: Telefon «030/1234567» oder «buchhaltung@müller.example».
Kreditkarte: «4111-1111-1111-1111»`,
    types: ['iban', 'bic', 'phone', 'email', 'payment-card'],
  },
  {
    name: 'a letter in French',
    marked: `Bonjour Madame,

veuillez virer 1 234,56 € sur le compte «FR14 2004 1010 0505 0001 3M02 606»
avant le 01/12/2026. Mon téléphone : «06 12 34 56 78» ; mon courriel : «zoé@example.fr».`,
    types: ['iban', 'phone', 'email'],
  },
  {
    name: 'a message in Chinese',
    marked: `您好，我的邮箱是«anna@example.com»，电话«+8613812345678»，
卡号：«4111111111111111»。订单编号20260001234，价格１２３４５元。`,
    types: ['email', 'phone', 'payment-card'],
  },
  {
    name: 'a message in Arabic with its own digits',
    marked: 'رقم البطاقة «٤١١١ ١١١١ ١١١١ ١١١١» والبريد «anna@example.com»',
    types: ['payment-card', 'email'],
  },
  {
    name: 'a list with typographic spaces and hyphens',
    marked: `card «4111\u00a01111\u00a01111\u00a01111», account «DE89\u202f3704\u202f0044\u202f0532\u202f0130\u202f00»,
number «536‑22‑8145», phone «+44\u200920\u20097946\u20090958»`,
    types: ['payment-card', 'iban', 'us-ssn', 'phone'],
  },
]

for (const { name, marked, types } of documents) {
  const { text, wanted } = exampleOf(marked)

  test(`${name}: exactly what it holds is found`, () => {
    assert.deepEqual(foundIn(text), wanted)
  })

  test(`${name}: each thing is of the right kind`, () => {
    assert.deepEqual(typesIn(text), types)
  })

  test(`${name}: the same with other line ends, after other text and indented`, () => {
    const lineEnds = text.replaceAll('\n', '\r\n')
    assert.deepEqual(
      foundIn(lineEnds),
      wanted.map((value) => value.replaceAll('\n', '\r\n')),
    )
    assert.deepEqual(foundIn(`Please look at this 😀:\n\n${text}\n\nThank you.`), wanted)
    assert.deepEqual(
      foundIn(text.replace(/^/gm, '> ')),
      wanted.map((value) => value.replaceAll('\n', '\n> ')),
    )
  })
}

test('all documents in one text hold what each of them holds', () => {
  const all = documents.map(({ marked }) => marked).join('\n\n')
  const { text, wanted } = exampleOf(all)
  assert.deepEqual(foundIn(text), wanted)
})
