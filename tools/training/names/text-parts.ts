/** What generated texts are put together from. Written by hand for this purpose; names come from the lists. */

export const languages = ['en', 'de', 'fr', 'es', 'nl', 'pt'] as const
export type Language = (typeof languages)[number]

const words = (text: string): readonly string[] => text.trim().split(/\s*\|\s*/)

export const companies = words(
  'Google|Microsoft|Amazon|Apple|Meta|IBM|Oracle|SAP|Siemens|Bosch|BASF|Bayer|Allianz|Deutsche Bank|Commerzbank|Volkswagen|BMW|Daimler|Lufthansa|Telekom|Vodafone|Orange|Renault|Peugeot|Airbus|Boeing|Total|BNP Paribas|Carrefour|Danone|Santander|BBVA|Telefónica|Iberia|Inditex|Zara|Repsol|Philips|Shell|Unilever|Heineken|ING|Rabobank|KLM|ASML|Petrobras|Vale|Embraer|Itaú|Bradesco|Galp|Nestlé|Roche|Novartis|UBS|Credit Suisse|HSBC|Barclays|Tesco|Rolls-Royce|GlaxoSmithKline|AstraZeneca|Pfizer|Merck|Johnson & Johnson|Procter & Gamble|Coca-Cola|Pepsi|Walmart|Target|Costco|Ford|General Motors|Tesla|Netflix|Spotify|Uber|Airbnb|Twitter|Facebook|LinkedIn|Salesforce|Adobe|Intel|AMD|Nvidia|Samsung|Sony|Toyota|Honda|Nissan|Huawei|Lenovo|Dell|HP|Cisco|Accenture|Deloitte|KPMG|PwC|EY|McKinsey|Goldman Sachs|JPMorgan|Citibank|Wells Fargo|Bank of America|Visa|Mastercard|American Express|PayPal|Stripe|FedEx|UPS|DHL|NASA|FBI|CIA|UN|UNICEF|WHO|NATO|Red Cross|Harvard|MIT|Stanford|Oxford|Reuters|BBC|CNN|OpenAI|Anthropic|GitHub|Slack|Zoom|Dropbox|Atlassian|Shopify|eBay|Ikea|H&M|Adidas|Nike|Puma|Ericsson|Nokia|Volvo|Maersk|Vestas|Equinor',
)

export const syllables = words(
  'nex|vor|tal|sys|lum|cor|ven|tri|zen|al|bri|do|qua|ser|mon|fi|gra|ten|ix|on|ium|ara|elo|vista|core|soft|net|data|path|link|wave|sense|form|grid|flow|bit|cloud|med|bio|gen|eco|pro|uni|info|digi|tele|agri|aero|opti|inter|stan|bel|mar|ro|ka|lo|ni|ta|vi|ze',
)

export const tails: Readonly<Record<Language, readonly string[]>> = {
  en: words(
    'Inc|Inc.|LLC|Ltd|Ltd.|Corp|Corp.|Corporation|PLC|Group|Holdings|Partners|Technologies|Solutions|Systems|Labs|Consulting|Bank|Insurance|Logistics|Health|Software|Capital|Foundation|Industries|Energy|Foods|Media|Analytics|Associates|& Co.|& Sons|Services|Motors|Airlines|Pharma',
  ),
  de: words(
    'GmbH|AG|KG|GmbH & Co. KG|SE|e.V.|Gruppe|Versicherung|Bank|Technik|Systeme|Werke|Stiftung|UG|Logistik|Energie|Handels GmbH|Consulting GmbH',
  ),
  fr: words(
    'SA|SARL|SAS|Groupe|Conseil|Assurances|Banque|Industries|Services|et Fils|Technologies|Énergie|Transports',
  ),
  es: words(
    'S.A.|S.L.|SL|SA|Grupo|Seguros|Consultores|Hermanos|Servicios|Ingeniería|Transportes|Tecnología|y Asociados',
  ),
  nl: words('B.V.|BV|N.V.|Groep|Bank|Verzekeringen|Techniek|Advies|Holding|Transport|Zorg|en Zonen'),
  pt: words(
    'S.A.|Lda|Lda.|Ltda|Ltda.|Grupo|Seguros|Engenharia|Serviços|Transportes|Tecnologia|e Filhos|Advogados',
  ),
}

export const bodies: Readonly<Record<Language, readonly string[]>> = {
  en: words(
    'University of {c}|{c} University|{c} General Hospital|{c} City Council|Bank of {n}|Ministry of Health|Department of Labor|{c} Chamber of Commerce|St. {g} Hospital|{s} Foundation|{c} Police Department|{c} United|National Bank of {n}|{s} High School|Museum of {c}|{c} Times|{c} Symphony Orchestra|Institute of {c}',
  ),
  de: words(
    'Universität {c}|Stadt {c}|Klinikum {c}|Sparkasse {c}|Finanzamt {c}|Amtsgericht {c}|Stadtwerke {c}|FC {c}|TU {c}|Volksbank {c}|{s}-Stiftung|Landgericht {c}|Hochschule {c}|Bundesagentur für Arbeit',
  ),
  fr: words(
    'Université de {c}|Mairie de {c}|CHU de {c}|Banque de {n}|Tribunal de {c}|Lycée {g} {s}|Ministère de la Santé|Crédit Agricole|Hôpital {g} {s}|Préfecture de {c}',
  ),
  es: words(
    'Universidad de {c}|Ayuntamiento de {c}|Hospital de {c}|Banco de {n}|Juzgado de {c}|Ministerio de Sanidad|Instituto {g} {s}|Real {c}|Hospital Universitario de {c}',
  ),
  nl: words(
    'Universiteit van {c}|Gemeente {c}|Ziekenhuis {c}|Bank van {n}|Rechtbank {c}|Ministerie van Financiën|{c} MC|Stichting {s}|FC {c}|Hogeschool {c}',
  ),
  pt: words(
    'Universidade de {c}|Câmara Municipal de {c}|Hospital de {c}|Banco de {n}|Tribunal de {c}|Ministério da Saúde|Prefeitura de {c}|Colégio {g} {s}|Sporting de {c}',
  ),
}

/** {s} surname or {w} word; {h} house number, {z} postcode, {c} city, {n} country, {f} flat. */
export const streets: Readonly<Record<Language, readonly string[]>> = {
  en: words(
    '{h} {s} Street|{h} {s} St|{h} {s} St.|{h} {s} Road|{h} {s} Rd|{h} {s} Avenue|{h} {s} Ave|{h} {s} Lane|{h} {s} Drive|{h} {s} Dr|{h} {s} Court|{h} {s} Way|{h} {s} Blvd|{h} {s} Place|{h} North {s} Street|{h} West {s} Ave.|{h} Old {s} Road|{h} Main Street|{h} Oak Lane|{h} Church Road|{h} Station Road|{h} Elm Street|{h} {s} Terrace|{h} {s} Close|PO Box {h}|P.O. Box {h}|{h} {s} Street, {f}|{h} {s} Road, {f}|{h} {s} Square|{h} Highway {h}|{h} {s}|{s} {h}|Unit {h} Box {h}|PSC {h}, Box {h}|{h} {c} {h}|{h} {s} Street {f}|{f} {h} {s} Road|ul. {s} {h}|Via {s} {h}|{s} u. {h}.|{s}gatan {h}|{s}vej {h}|{s}veien {h}|{g} {s} út {h}.|{h} {s} {h} {f}',
  ),
  de: words(
    '{s}straße {h}|{s}str. {h}|{s}strasse {h}|{s}-{s}-Straße {h}|{s}weg {h}|{s}platz {h}|{s}allee {h}|Hauptstraße {h}|Bahnhofstr. {h}|Am {s} {h}|Gartenweg {h}a|{s}gasse {h}|Postfach {h}',
  ),
  fr: words(
    '{h} rue {g} {s}|{h}, rue de {c}|{h} avenue {g} {s}|{h} bis rue {s}|{h} boulevard {s}|{h}, avenue du Général {s}|{h} place {s}|{h} chemin des {s}|{h} allée {s}|{h} impasse {s}|{h} quai {s}',
  ),
  es: words(
    'Calle {s} {h}|Calle {g} {s}, {h}|C/ {s}, {h}|C/ {g} {s} {h}, {f}|Avenida de {c} {h}|Avda. {s}, {h}|Plaza {s} {h}|Paseo de {s}, {h}|Carretera de {c} {h}|Avenida {s} {h}, {f}',
  ),
  nl: words(
    '{s}straat {h}|{s}laan {h}|{s}weg {h}|{s}plein {h}|{g} {s}straat {h}|Burgemeester {s}laan {h}|Dorpsstraat {h}|{s}kade {h}|{s}gracht {h}|{s}straat {h}-{f}|Postbus {h}',
  ),
  pt: words(
    'Rua {g} {s}, {h}|Rua de {c} {h}|Rua {s}, nº {h}|Avenida {g} {s}, {h}|Av. {s} {h}|Travessa do {s} {h}|Praça {s}, {h}|R. {s}, {h}|Largo de {s} {h}|Rua do {s} {h}, {f}|Estrada {s} {h}',
  ),
}

/** What follows a street, on the line or below it. */
export const places: readonly string[] =
  ', {c}|, {z} {c}|, {c} {z}|, {c}, {n}|, {z} {c}, {n}|\n{z} {c}|\n{c}\n{n}|\n{f}\n{c}, {r} {z}|, {c}, {r} {z}|\n {f}\n {c}\n {n} {z}|\n{c}, {r} {z}\n{n}| - {z} {c}|, {z} - {c}|\n{z} {c}\n{n}|, {f}, {c}| {f} {c} {n}|\n{c}\n, {r}\n {z}|, {c} {n} {z}| {f} {f}, {c}, {n} {z}| {f}, {c} {z}|\n{c} {r} {z}| {f} {c} {n}\n{z}|\nFPO AP {z}|\nAPO AA {z}| {c} {z}'.split(
    '|',
  )

export const flats = words(
  'Apt 4|Apt. 12B|Suite 200|Ste 5|Floor 3|Unit 7|Flat 2|2A|3º B|1º izq.|apto 31|Apt. 098|Suite 680|bus 4|App. 12|Room 14',
)
export const states = words('NY|CA|TX|FL|IL|MA|WA|OH|GA|PA|NC|MI|NJ|VA|AZ|CO|OR|MN|TN|MO|LA|AK|HI')

export const fillers: Readonly<Record<string, readonly string[]>> = {
  does: words(
    'is late again|has resigned|asked for a raise|likes the new office|hates long meetings|lost the keys|is on the phone|won the prize|was elected last year|will retire soon|wrote the first draft|broke the build|forgot the password|denied the claims|signed the contract|called twice|does not agree|is good at chess|sold the house|has three children|needs a new laptop|wants to talk|is my best friend|was born in 1980|looks tired|paid the bill|came back from leave|never replies|is allergic to nuts|got promoted',
  ),
  tut: words(
    'ist zufrieden|hat gekündigt|kommt später|gewann das Rennen|starb ein Jahr danach|wurde 1950 geboren|lehnte den Vorschlag ab|spielte im Orchester|erhielt den Preis|leitet die Abteilung|war nicht zu erreichen|trat zurück|kritisierte den Entwurf|verlor das Spiel|studierte Medizin|wies die Vorwürfe zurück|ist krank|hat im August Geburtstag|schrieb mehrere Romane|übernahm die Führung',
  ),
  tut2: words(
    'gewann|verlor|heiratete|zog|spielte|kritisierte|besuchte|erhielt|gründete|besiegte|eröffnete|sprach|traf',
  ),
  T: words('Mr.|Mrs.|Ms.|Miss|Dr.|Mr|Mrs|Dr|Prof.'),
  day: words(
    'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|tomorrow|next week|12 March|3 May 2024|2025-04-01|14/02/2023',
  ),
  tag: words(
    'Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|morgen|12. März|3. Mai 2024|01.04.2025',
  ),
  jour: words('lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|12 mars|3 mai 2024|01/04/2025'),
  dia: words('lunes|martes|miércoles|jueves|viernes|sábado|mañana|12 de marzo|3 de mayo de 2024|01/04/2025'),
  dag: words('maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|morgen|12 maart|3 mei 2024|01-04-2025'),
  data: words(
    'segunda-feira|terça-feira|quarta-feira|sexta-feira|amanhã|12 de março|3 de maio de 2024|01/04/2025',
  ),
  role: words(
    'Account Manager|HR Manager|Software Engineer|Sales Director|CEO|CTO|Head of Finance|Nurse|Data Analyst|Office Manager|Product Owner|Legal Counsel',
  ),
  id: words('4711|INV-20341|A-99812|#8842|TKT-5512|000381|X7-22|2024/118'),
  mail: words('info@example.com|office@example.com|first.last@example.com|me@example.com'),
  phone: words('555 0142|+44 20 7946 0018|(555) 010-7788|030 1234567|06 12 34 56 78'),
  age: words('27|34|41|58|63|19'),
  sum: words('$1,200|EUR 450|€ 99,90|3.500 €|12%|USD 12m'),
}
