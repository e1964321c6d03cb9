import type { TopicName } from '#/inspect/topics/kinds.ts'

/** As `topics-english.ts`, in German. */
export const germanTopics: Readonly<Record<TopicName, string>> = {
  legal: `
Unsere Anwälte halten unsere Position im Streit mit {company} für [schwach|gut|kaum haltbar] und raten zu einem Vergleich unter {money}.
[Vertraulich, Anwaltskorrespondenz|Dem Anwaltsgeheimnis unterliegend]: bitte nicht außerhalb der Rechtsabteilung weiterleiten.
Für das Verfahren gegen {company} haben wir eine Rückstellung von {money} gebildet, die Gegenseite kennt die Zahl nicht.
Unsere Prozessstrategie: erst Fristverlängerung, dann Klageerwiderung im {month}, ein Vergleich nur ohne Anerkenntnis.
Die Aufsichtsbehörde hat uns angehört, die Kanzlei bereitet die Stellungnahme vor.
Nach Einschätzung der Kanzlei ist die Kündigung des Vertrags mit {company} unwirksam, wir haften dann auf Schadensersatz.
Die Abmahnung von {company} weisen wir zurück, eine Unterlassungserklärung geben wir nicht ab.
Bitte löschen Sie keine Unterlagen zu {project}, wir rechnen mit einer Klage.
Im Gütetermin würden wir bis {money} gehen, das Angebot beginnt bei der Hälfte.
Die Aussage von {person} widerspricht unserem Schriftsatz, der Anwalt möchte vorher mit ihm sprechen.
Das Patent von {company} könnte {project} verletzen, unsere Patentanwälte empfehlen eine Lizenz.
Die interne Untersuchung hat Zahlungen gefunden, die nach Bestechung aussehen; die Kanzlei rät zur Selbstanzeige.
Unser stärkstes Argument ist die Verjährung, das Gericht wird ihr aber vielleicht nicht folgen.
`,
  mergers: `
Wir verhandeln vertraulich über den [Kauf|Erwerb|die Übernahme] von {company}, das indikative Angebot liegt bei {money}.
Projekt {project}: der Datenraum öffnet im {month}, die Due Diligence dauert etwa sechs Wochen.
Die Absichtserklärung gibt uns Exklusivität bis {month}, danach darf {company} mit anderen Bietern sprechen.
Nur wer auf der Insiderliste steht, darf von der geplanten [Übernahme|Fusion] wissen.
Der Aufsichtsrat hat dem unverbindlichen Angebot für {company} zugestimmt.
Wir wollen den Bereich {unit} verkaufen, die Bank hat acht mögliche Käufer angesprochen.
In der Due Diligence fanden sich Steuerrisiken, die den Kaufpreis um {money} senken sollten.
Die Unterzeichnung ist für {month} geplant, der Vollzug nach der Freigabe durch das Kartellamt.
Unser Höchstpreis für das Zielunternehmen ist {money}, das darf der Verkäufer nicht erfahren.
Der Verkäufer besteht auf einem Earn-out, wir wollen lieber eine Einmalzahlung beim Closing.
Die Mitarbeiter von {company} dürfen vor der Unterzeichnung nichts von der Transaktion hören.
Garantien und Freistellungen im Anteilskaufvertrag sind auf {percent} des Kaufpreises begrenzt.
Die Synergien aus dem Zusammenschluss schätzen unsere Berater auf {money} im zweiten Jahr.
`,
  fundraising: `
Wir nehmen in der [Seed-Runde|Serie A|Serie B] {money} auf, die Bewertung vor der Runde liegt bei {money}.
Cap Table nach der Runde: Gründer {percent}, Mitarbeiterbeteiligung {percent}, neue Investoren {percent}.
Unsere Liquidität reicht noch neun Monate, die Finanzierungsrunde muss bis {month} stehen.
Das Term Sheet sieht eine Liquidationspräferenz und einen Sitz im Beirat vor.
Das Wandeldarlehen der Altgesellschafter wird mit {percent} Abschlag gewandelt.
Bitte das Pitch Deck und den Datenraum nicht außerhalb der Runde teilen.
Der Lead-Investor verlangt ein neues Vesting der Gründer und eine Mitverkaufspflicht.
Wir verbrennen {money} im Monat und brauchen eine Brücke von den bestehenden Investoren.
Zwei Fonds haben wegen der Bewertung abgesagt, {money} vor der Runde wären für uns noch annehmbar.
Nach der Kapitalerhöhung hält {person} voll verwässert noch {percent}.
Gesellschaftervereinbarung im Entwurf: Vorzugsanteile, Verwässerungsschutz und Vorkaufsrechte der Investoren.
Den Börsengang bereiten wir still vor, die Banken sehen eine Bewertung um {money}.
`,
  personnel: `
Wir werden {person} zum Ende {month} kündigen, die Personalabteilung bereitet die Abfindung vor.
Gegen {person} liegt eine Beschwerde wegen Belästigung vor, die Untersuchung ist vertraulich.
Der Stellenabbau trifft dreißig Leute in {unit}, die Führungskräfte erfahren es am Montag.
Das Gehalt von {person} liegt bei {money}, gewünscht sind {percent} mehr.
{person} ist seit {month} krankgeschrieben, die Rückkehr auf die Stelle ist fraglich.
Der Betriebsrat muss angehört werden, bevor wir {person} verhaltensbedingt kündigen können.
Die Leistungsbeurteilung von {person} ist zum zweiten Mal unter den Erwartungen.
Die zweite Abmahnung an {person} betrifft [Verspätungen|den Ton gegenüber Kollegen].
Wir bieten {person} einen Aufhebungsvertrag mit sechs Monatsgehältern Abfindung an.
Bitte noch nicht mit {person} darüber sprechen, die Stelle fällt in der Umstrukturierung weg.
Gehaltsbänder, nicht weitergeben: Teamleitung bis {money}, Fachkräfte bis {money}.
Im Personalgespräch hat sie von ihrem Burnout erzählt, das bleibt unter uns.
Probezeit von {person}: ich empfehle, das Arbeitsverhältnis nicht fortzusetzen.
`,
  pricing: `
Wir erhöhen die Listenpreise im {month} um {percent}, der Vertrieb darf es den Kunden noch nicht sagen.
{company} bekommt einen Rabatt von {percent}, den sonst niemand hat.
Unsere Preisuntergrenze für {company} liegt bei {money}, darunter nur mit Freigabe.
Die Herstellkosten sind {money}, wir verkaufen für {money}, die Marge beträgt {percent}.
Interne Preisliste, nicht für Kunden: Händlerpreis {money}, Listenpreis {money}.
Der Wettbewerber bietet {money}, wir könnten bis {money} heruntergehen und hätten noch {percent} Marge.
Rabattstaffel für den Vertrieb: bis {percent} ohne Freigabe, darüber entscheidet die Leitung.
Bitte dem Kunden nicht unsere Kalkulation zeigen, nur das Angebot.
Die Bonusvereinbarung mit {company} zahlt {percent} zurück, wenn der Umsatz über {money} liegt.
In der Ausschreibung bieten wir {money} bei Kosten von {money}, der Deckungsbeitrag ist dünn.
Bei der Verlängerung mit {company} fordern wir {percent} mehr und geben uns mit der Hälfte zufrieden.
Stundensätze intern: Verkauf {money}, Minimum {money}, Selbstkosten {money}.
`,
  product: `
{project} ist noch nicht angekündigt, die Markteinführung ist für {month} geplant und bleibt bis dahin geheim.
Interne Roadmap: {feature} im {month}, das alte Produkt läuft zum Jahresende aus.
Bitte keine Bilder vom Prototyp zeigen, das Design ist noch nicht veröffentlicht.
Die Sperrfrist für {project} endet am Tag der Vorstellung.
Die Betatester von {feature} unterschreiben eine Geheimhaltung, weil das Patent noch nicht angemeldet ist.
Der Start von {project} verschiebt sich auf {month}, die Presse soll das nicht erfahren.
Die Spezifikation des nächsten Modells ist eingefroren: neuer Sensor, neues Gehäuse, {feature}.
Wir stellen {project} ein und ziehen das Team auf die nächste Generation, Kunden erfahren es im {month}.
Den Codenamen {project} nutzen wir, bis das Produkt enthüllt wird.
Die Vorserie zeigt Schwächen am Scharnier, deshalb könnte die Einführung später kommen.
Die unveröffentlichte Version sehen nur Konten der Belegschaft, die Funktion {feature} bleibt hinter einem Schalter.
Die Händler dürfen vor der Vorstellung nicht wissen, dass die aktuelle Baureihe ausläuft.
`,
}
