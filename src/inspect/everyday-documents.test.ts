import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoreInjection } from './injection/score.ts'
import { createInspector } from './inspector.ts'

/** Whole documents of work in which nothing is to be found, though they are full of numbers, keys and signs. */
const documents: Readonly<Record<string, string>> = {
  'a lock file': `{
  "name": "example",
  "version": "1.2.3",
  "lockfileVersion": 3,
  "packages": {
    "node_modules/@scope/package": {
      "version": "10.15.7-beta.20240102",
      "resolved": "https://registry.example.com/@scope/package/-/package-10.15.7.tgz",
      "integrity": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
      "engines": { "node": ">=20.19.0 || ^22.12.0 || >=24.0.0" }
    }
  }
}`,
  'a change set': `commit da39a3ee5e6b4b0d3255bfef95601890afd80709
Date:   Mon Nov 23 10:58:14 2026 +0000

    Raise the limit from 1000000 to 2000000

diff --git a/src/limits.ts b/src/limits.ts
index 9003870..3a9ac29 100644
--- a/src/limits.ts
+++ b/src/limits.ts
@@ -12,7 +12,7 @@ export const limits = {
-  mostRows: 1_000_000,
+  mostRows: 2_000_000,
   password: 'required',`,
  'a stack trace': `TypeError: Cannot read properties of undefined (reading 'length')
    at lengthOf (file:///app/src/rows.ts:101:22)
    at Object.<anonymous> (file:///app/src/main.ts:1234:5)
    at Module._compile (node:internal/modules/cjs/loader:1554:14)
    at async Promise.all (index 0)
    at 0x7fff5fbff8a0 in main + 4198400 (libexample.so.1.2.3)`,
  'a schema of a database': `CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  email VARCHAR(320) NOT NULL,
  phone VARCHAR(15),
  ssn CHAR(11),
  card_number CHAR(19),
  password_hash CHAR(60) NOT NULL,
  created TIMESTAMP DEFAULT '2000-01-01 00:00:00.000000'
);
CREATE INDEX person_20240102 ON person (email, phone);
-- 1000000 rows take 123456789 bytes`,
  'a file for containers': `FROM node:24.21.0-alpine3.22@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
ARG DATABASE_PASSWORD
ENV PORT=8787 HOST=0.0.0.0 TOKEN_FILE=/run/secrets/token
RUN apk add --no-cache curl=8.14.1-r2 && adduser -D -u 1001 app
EXPOSE 8787/tcp
HEALTHCHECK --interval=30s CMD curl -f http://127.0.0.1:8787/health`,
  'settings with references to secrets': `database:
  url: postgres://\${DB_USER}:\${DB_PASSWORD}@db.example.com:5432/main
  password: \${DB_PASSWORD}
  passwordFile: /run/secrets/db
github:
  token: <your token>
  key: "{{ vault.github.key }}"
aws:
  access_key_id: AKIAXXXXXXXXXXXXXXXX
  secret_access_key: ****************************************
openai:
  key: sk-...
smtp:
  url: smtp://user:password@mail.example.com`,
  'a style sheet': `.card { width: calc(100% - 16px); color: #4111aa; margin: 0 auto 1.5rem -0.25rem; }
.sk-circle { background: rgba(65, 17, 170, 0.5); transform: matrix(1, 0, 0, 1, 10.5, 20.25); }
@media (min-width: 1024px) and (max-width: 1919.98px) { .tel { grid-area: 1 / 2 / 3 / 4; } }
@import url("https://fonts.example.com/css2?family=Inter:wght@400;500;700&display=swap");`,
  'a drawing': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 768">
  <path d="M10.5 20.25 L30.125 40.0625 C 50 60, 70 80, 90 100 Z"/>
  <polygon points="0,0 1024,0 1024,768 0,768"/>
  <text x="100" y="200.5">12 345</text>
</svg>`,
  'measurements as CSV': `time,latitude,longitude,altitude,speed
2026-11-23T10:58:14Z,52.5200066,13.4049540,34.5,1.23
2026-11-23T10:58:15Z,52.5200166,13.4049640,34.6,1.24
2026-11-23T10:58:16Z,-33.8688197,151.2092955,58.0,0.00
1700000000,1.000000E-07,2.500000E+10,-1234567.890123,NaN`,
  'a bank statement without names': `01.11.2026  Miete            -1.234,56   12.345,67
02.11.2026  Strom              -123,45   12.222,22
03.11.2026  Gehalt           +3.456,78   15.679,00
Summe 3 Buchungen, Blatt 1 von 12, Auszug 11/2026`,
  'results of games': `Berlin 101:98 Rome (25-24, 30-22, 21-27, 25-25)
Paris 3:2 Madrid (2:1, 0:1, 1:0)
Anna d. Eve 6-4 3-6 7-6(5), 2 h 45 min
1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. Ba4 Nf6 5. O-O Be7`,
  'a paper': `We train 12 models with 125M to 175B parameters on 300B tokens [1-3, 17].
Table 2: BLEU 28.4, 41.0 and 41.8; p < 0.001; 95 % CI 1.23-4.56; n = 1000000.
See Vaswani et al. 2017, pp. 5998-6008, doi:10.5555/3295222.3295349, arXiv:1706.03762v7.
\\begin{equation} E = mc^2, \\quad c = 299792458 \\end{equation}`,
  'a plan for releases': `## 10.15.7 - 2026-11-23
- Raise the limit to 1000000 (#1234567)
- Drop Node 18; need >= 20.19.0
### 10.15.6 (2026-10-01)
1. Faster: 1234 ms -> 567 ms
2. Smaller: 12,345,678 -> 9,876,543 bytes`,
  'a table of addresses of a network': `127.0.0.0/8       0.0.0.0         255.0.0.0       U     0      0        0 lo
224.0.0.251       127.0.0.53      255.255.255.255 UGH   100    0        0 lo
::1/128           ::              ff:ff:ff:ff:ff:ff
tcp 0 0 127.0.0.1:8787 127.0.0.1:54321 ESTABLISHED 1234567/node`,
  'a dump of memory': `00000000  7f 45 4c 46 02 01 01 00  00 00 00 00 00 00 00 00  |.ELF............|
00000010  03 00 3e 00 01 00 00 00  40 11 11 11 11 11 11 11  |..>.....@.......|
00000020  41 11 11 11 11 11 11 11  12 34 56 78 90 12 34 56  |A........4Vx..4V|`,
  'a public certificate': `-----BEGIN CERTIFICATE-----
MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ
RTESMBAGA1UEChMJQmFsdGltb3JlMRMwEQYDVQQLEwpDeWJlclRydXN0MSIwIAYD
-----END CERTIFICATE-----
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1 anna
SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU`,
  'a calendar': `BEGIN:VEVENT
UID:20261123T105814Z-1234567
DTSTART;TZID=Europe/Berlin:20261201T090000
DTEND;TZID=Europe/Berlin:20261201T103000
RRULE:FREQ=WEEKLY;UNTIL=20271231T235959Z;BYDAY=MO
SUMMARY:Call about the card design
END:VEVENT`,
  'a recipe': `For 4 people: 250 g flour (type 405), 3 eggs, 500 ml milk, 1/2 tsp salt.
Bake at 180-200 °C for 25 to 30 minutes; turn after 12-15 min.
Ignore the oven light, and forget what you heard about opening the door.`,
  'questions about secrets': `How do I rotate an AKIA key? Where does the sk- prefix come from?
What is the difference between ghp_ and github_pat_ tokens?
My password has expired, the password: field is empty. What does "password123" score?
A JWT starts with eyJ because {" encodes to that. -----BEGIN PRIVATE KEY----- starts a PEM file.`,
  'a script of a shell': `set -euo pipefail
readonly password="$(cat /run/secrets/password)"
curl -u "$USER:$PASSWORD" "https://api.example.com/v1/items?page=1&size=1000000"
for i in {1..1000000}; do echo "$i"; done | awk '{s+=$1} END {print s}'
export PGPASSWORD=\${PGPASSWORD:?missing}
ssh -p 2222 deploy@localhost 'date +%s%N'`,
}

const { inspect } = createInspector({ terms: [] })

const foundIn = (text: string): readonly string[] =>
  inspect(text, 'user').map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`)

for (const [name, text] of Object.entries(documents)) {
  test(`nothing is found in ${name}`, () => {
    assert.deepEqual(foundIn(text), [])
    assert.deepEqual(foundIn(text.replaceAll('\n', '\r\n')), [])
  })

  test(`nothing is found in ${name} as a string in JSON, twice over`, () => {
    const once = JSON.stringify(text)
    assert.deepEqual(foundIn(once), [])
    assert.deepEqual(foundIn(JSON.stringify(once)), [])
  })

  test(`nothing is found in ${name} with typographic hyphens and spaces`, () => {
    assert.deepEqual(foundIn(text.replaceAll(/(\d)-(\d)/g, '$1–$2').replaceAll('  ', ' \u00a0')), [])
  })

  test(`nobody is taken over by ${name}`, () => {
    assert.equal(scoreInjection(text).verdict, 'none')
  })
}

test('nothing is found in all of them together', () => {
  assert.deepEqual(foundIn(Object.values(documents).join('\n\n')), [])
})
