import type { TopicName } from './kinds.ts'

/** What a text of a topic is about, for the reason: themes and the words that show them, in plain letters. */
export const themes: Readonly<Record<TopicName, Readonly<Record<string, string>>>> = {
  legal: {
    'legal advice':
      'counsel lawyers lawyer attorney attorneys privileged anwalte anwalt kanzlei anwaltskorrespondenz anwaltsgeheimnis patentanwalte',
    'a dispute':
      'lawsuit litigation claim complaint plaintiff court arbitration deposition discovery subpoena sued klage klageerwiderung gericht streit verfahren prozessstrategie gutetermin verjahrung schriftsatz',
    'a settlement': 'settle settlement mediation vergleich unterlassungserklarung tolling',
    liability: 'liability exposure damages indemnity infringement breach haften schadensersatz ruckstellung',
    'an authority': 'regulator authority inquiry investigation aufsichtsbehorde untersuchung selbstanzeige',
  },
  mergers: {
    'a purchase or sale of a company':
      'acquire acquisition merger takeover buyer bidders divestiture ubernahme erwerb fusion zusammenschluss verkaufer transaktion zielunternehmen carve',
    'due diligence': 'diligence datenraum disclosure',
    'an offer or price for a company':
      'offer bids valuation earn escrow ebitda kaufpreis kaufpreises angebot',
    'signing and closing':
      'signing closing exclusivity spa unterzeichnung vollzug absichtserklarung insiderliste',
    integration: 'synergies integration antitrust synergien kartellamt',
  },
  fundraising: {
    'a financing round':
      'round raising seed series fundraising bridge tranche ipo runde finanzierungsrunde kapitalerhohung borsengang',
    'a valuation': 'valuation money bewertung 409a',
    'terms of investors':
      'liquidation preference ratchet dilution anti warrants drag pro liquidationspraferenz vorzugsanteile vesting wandeldarlehen verwasserungsschutz',
    'the cap table': 'cap pool diluted shareholders verwassert gesellschaftervereinbarung altgesellschafter',
    investors: 'investor investors vcs angels fund funds ventures investoren fonds',
    'cash and runway': 'runway burn verbrennen liquiditat',
  },
  personnel: {
    'the end of an employment':
      'severance terminate layoffs redundant dismiss separation fired kundigen abfindung aufhebungsvertrag stellenabbau probezeit',
    pay: 'salary raise bonus compensation pay gehalt gehaltsbander monatsgehaltern',
    performance:
      'performance review rating underperformers promotion calibration leistungsbeurteilung personalgesprach',
    'a complaint or warning':
      'harassment complaint grievance disciplinary warning bullying discrimination abmahnung belastigung beschwerde',
    'health or leave': 'sick burnout pregnancy leave krankgeschrieben',
    'staff planning': 'headcount hr reorganisation succession personalabteilung betriebsrat umstrukturierung',
  },
  pricing: {
    discounts: 'discount discounts rebate rebates rabatt rabattstaffel bonusvereinbarung abschlag',
    prices:
      'price prices pricing quote rate uplift listenpreise listenpreis preisliste preisuntergrenze preise stundensatze angebot',
    'margin and cost':
      'margin cost contribution marge kosten selbstkosten herstellkosten deckungsbeitrag kalkulation',
    'a tender': 'tender bid undercut ausschreibung',
  },
  product: {
    'a launch':
      'launch announcement unannounced announced embargo embargoed markteinfuhrung angekundigt vorstellung sperrfrist',
    'a roadmap': 'roadmap discontinued baureihe auslauft',
    'a prototype': 'prototype prototypes samples prototyp vorserie batch',
    'an unreleased version': 'unreleased beta build release unveroffentlichte betatester version',
    'a secret design': 'secret watermarked specification design geheim enthullt geheimhaltung spezifikation',
  },
}
