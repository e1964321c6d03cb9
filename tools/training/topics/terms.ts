import type { TopicName } from '#/inspect/topics/kinds.ts'

/** What is talked about in each topic: they fill `{term}` in the sentences below. */
export const terms: Readonly<Record<'english' | 'german', Readonly<Record<TopicName, string>>>> = {
  english: {
    legal:
      'lawsuit|litigation|settlement offer|outside counsel|our lawyers|deposition|subpoena|witness statement|legal hold|liability|indemnity claim|damages|breach of contract|injunction|court filing|motion to dismiss|arbitration|mediation|cease and desist letter|patent infringement|regulator inquiry|investigation|consent order|privileged memo|legal opinion|opposing counsel|plaintiff|defence strategy|appeal|class action|limitation period|expert report|discovery request|judge|tribunal|attorney|legal exposure|compliance breach|bribery allegation|whistleblower complaint',
    mergers:
      'acquisition|merger|takeover|target company|due diligence|data room|letter of intent|exclusivity|purchase price|share purchase agreement|closing|signing|earn-out|escrow|synergies|integration plan|carve-out|divestiture|bidder|non-binding offer|indicative offer|bid|buyer|seller|deal team|insider list|antitrust clearance|change of control|fairness opinion|private equity fund|buyout|joint venture talks|spin-off|disclosure schedule|break fee|working capital adjustment|shareholder vote|hostile offer|deal structure|valuation of the target',
    fundraising:
      'term sheet|cap table|seed round|series A|series B|valuation|pre-money|post-money|lead investor|investors|dilution|option pool|convertible note|SAFE|bridge round|runway|burn rate|pitch deck|investor update|liquidation preference|anti-dilution|pro rata|board seat|secondary sale|vesting|preferred shares|venture debt|IPO filing|roadshow|underwriter|share price of the round|subscription agreement|tranche|angel investors|venture fund|down round|shareholder agreement|drag-along|fundraise|new money',
    personnel:
      'termination|dismissal|severance|layoffs|redundancy|performance review|performance improvement plan|warning letter|salary|raise|bonus|compensation|promotion|demotion|harassment complaint|grievance|HR investigation|sick leave|burnout|parental leave|resignation|exit interview|headcount reduction|reorganisation|probation|underperformer|salary band|disciplinary hearing|works council|separation agreement|notice period|pay gap|misconduct|talent review|rating|succession plan|references|retention bonus|unfair dismissal|conflict with the manager',
    pricing:
      'discount|list price|floor price|price increase|margin|gross margin|unit cost|rebate|quote|net price|price list|special terms|deal desk approval|volume discount|tender price|bid price|rate card|day rate|renewal uplift|contribution margin|cost calculation|transfer price|competitor price|price test|willingness to pay|partner price|reseller discount|minimum price|target price|bundle price|pricing model|price per seat|markup|kickback|commission|price match|concession|annual uplift|customer-specific price|most favoured customer clause',
    product:
      'unreleased product|prototype|launch date|roadmap|embargo|beta build|private beta|pre-production unit|code name|unannounced feature|next generation|upcoming model|release plan|product reveal|engineering sample|specification freeze|launch delay|end of life plan|secret design|patent application|go-to-market plan|press kit|demo unit|keynote|feature flag|internal build|stealth project|tape-out|firmware of the new model|hardware revision|general availability|product brief|launch partner|unpublished specification|sneak preview|discontinued line|next release|teaser campaign|product name|first batch',
  },
  german: {
    legal:
      'Klage|Vergleich|Rechtsstreit|Kanzlei|Anwälte|Haftung|Schadensersatz|Abmahnung|Unterlassungserklärung|Gutachten|Beweise|Schriftsatz|Berufung|Schiedsverfahren|Patentverletzung|Anhörung der Behörde|Rückstellung|Verjährung|Vertragsverletzung|Gegenseite|Rechtsgutachten|einstweilige Verfügung|Zeugenaussage|Ermittlungen|Bußgeld',
    mergers:
      'Übernahme|Fusion|Kaufpreis|Due Diligence|Datenraum|Absichtserklärung|Exklusivität|Anteilskaufvertrag|Zielunternehmen|Verkäufer|Bieter|Käufer|Synergien|Kartellfreigabe|Unterzeichnung|Closing|Insiderliste|Angebot für das Unternehmen|Ausgliederung|Verkauf der Sparte|Integration|Unternehmensbewertung|Kontrollwechsel|Beteiligung|Verkaufsprozess',
    fundraising:
      'Finanzierungsrunde|Bewertung|Investoren|Term Sheet|Cap Table|Verwässerung|Wandeldarlehen|Kapitalerhöhung|Gesellschaftervereinbarung|Liquidationspräferenz|Lead-Investor|Serie A|Serie B|Pitch Deck|Börsengang|Vorzugsanteile|Beiratssitz|Vesting|Altgesellschafter|Brückenfinanzierung|Liquidität|Wagniskapital|Anteile der Gründer|Beteiligungsvertrag|Mitarbeiterbeteiligung',
    personnel:
      'Kündigung|Abfindung|Aufhebungsvertrag|Abmahnung|Gehalt|Gehaltserhöhung|Bonus|Leistungsbeurteilung|Beschwerde|Belästigung|Krankschreibung|Elternzeit|Stellenabbau|Betriebsrat|Probezeit|Personalgespräch|Versetzung|Beförderung|Zeugnis|Arbeitsverhältnis|Sozialplan|Mobbing|Gehaltsband|Freistellung|Personalakte',
    pricing:
      'Rabatt|Listenpreis|Preisuntergrenze|Marge|Preiserhöhung|Herstellkosten|Deckungsbeitrag|Kalkulation|Sonderkonditionen|Händlerpreis|Einkaufspreis|Angebotspreis|Staffelpreis|Bonusvereinbarung|Ausschreibung|Zielpreis|Stundensatz|Nachlass|Preisliste|Preismodell|Selbstkosten|Aufschlag|Provision|Rückvergütung|Nettopreis',
    product:
      'Prototyp|Markteinführung|Roadmap|Sperrfrist|Vorserie|Codename|unveröffentlichte Funktion|nächste Generation|neues Modell|Betatest|Produktvorstellung|Patentanmeldung|Entwurf des Gehäuses|Starttermin|Produktname|Spezifikation|Erlkönig|Auslauf der Baureihe|Pressemappe|interne Version|Vorführgerät|geheimes Projekt|Pilotserie|neue Baureihe|Produktankündigung',
  },
}

/** How a company talks among itself. */
export const inside = {
  english: `
We need to decide on the {term} and the {term} before {month}, please keep this confidential.
Our position on the {term} is not known outside the team, {person} and I agreed on {money}.
Not for distribution: {term}, {term} and {term} for {company}.
{person} told me about the {term}; do not mention it to anybody until we are done with the {term}.
Internal only. Status of the {term}: open. Status of the {term}: agreed at {percent}.
We expect the {term} in {month} and would accept {money} for the {term}.
I am worried about our {term}, and the {term} for {company} makes it worse.
Please draft a confidential note for the board about the {term} and what it means for our {term}.
The {term} with {company} comes first, then we talk about the {term} with {person}.
Between us: the {term} will not hold, so prepare the {term}.
Can you summarise our {term} discussion and propose how we handle the {term}?
`,
  german: `
Wir müssen {term} und {term} bis {month} entscheiden, bitte vertraulich behandeln.
Unsere Haltung zu {term} kennt außerhalb des Teams niemand, {person} und ich sind bei {money}.
Nicht weitergeben: {term}, {term} und {term} für {company}.
Nur intern. Stand {term}: offen. Stand {term}: vereinbart bei {percent}.
{person} hat mir von {term} erzählt, bitte niemandem sagen, bis {term} geklärt ist.
Unter uns: {term} wird so nicht halten, bereite bitte {term} vor.
Bitte entwirf eine vertrauliche Notiz an die Geschäftsführung über {term} und {term}.
`,
} as const

/** How everybody may: the same words in lessons, in the news and in small talk. */
export const outside = {
  english: `
What is the meaning of {term}, and how does it differ from {term}?
Explain {term} to a beginner in simple words and give an example.
The article describes how {term} and {term} work in general.
According to the newspaper, the {term} of {company} was made public in {month}.
The course covers {term}, {term} and {term}, with an exam at the end.
Write a short story in which a {term} plays a role.
The company said in a press release that the {term} was completed.
Define {term}. Then list three advantages and three disadvantages of a {term}.
The history of {term} began long ago, as the encyclopedia says.
The class Order has fields for {term} and {term}, both may be empty.
Many people do not know what {term} means; this guide helps students and citizens.
`,
  german: `
Was bedeutet {term}, und worin liegt der Unterschied zu {term}?
Erkläre {term} in einfachen Worten mit einem Beispiel.
Der Artikel beschreibt allgemein, wie {term} und {term} zusammenhängen.
Laut Zeitung wurde {term} von {company} im {month} öffentlich bekannt.
Der Kurs behandelt {term}, {term} und {term}, am Ende steht eine Prüfung.
Schreibe eine kurze Geschichte, in der {term} vorkommt.
Das Lexikon erklärt die Geschichte von {term} und {term}.
`,
} as const
