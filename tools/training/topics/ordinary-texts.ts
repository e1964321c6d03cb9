/** Sentences of ordinary texts, in paragraphs that go together; written as those of `topics-english.ts`. */
export const ordinaryTexts: Readonly<Record<'english' | 'german', readonly string[]>> = {
  english: [
    // The words of the topics in the news.
    `
{company} announced on Monday that it has completed its acquisition of {company} for {money}, the companies said in a press release.
Shares of {company} rose {percent} after the merger was made public, and analysts at several banks raised their target.
The European Commission cleared the takeover in {month} after a review of the market.
A court ordered {company} to pay {money} in damages, according to the published ruling.
The regulator published its decision and fined the company {money} for late filings.
The start-up said it has raised {money} in a series B round led by a well-known venture fund, bringing total funding to {money}.
The airline will cut jobs across its network, its chief executive told reporters on Tuesday.
Retailers raised prices by {percent} last year, the statistics office reported, with food rising fastest.
The phone maker unveiled its new model at a launch event, with a better camera and prices from {money}.
The two companies settled the patent lawsuit, a joint statement said without naming terms.
Reviewers liked the {feature} of the newly launched product, which is in shops from {month}.
The union called a strike after wage talks with employers failed, the newspaper wrote.
The company went public in {month} and its shares closed {percent} above the issue price.
Economists expect wages to grow by {percent} next year, according to a survey.
The supreme court heard arguments in a case about the limits of arbitration clauses.
`,
    // Textbooks and explanations.
    `
A merger is a transaction in which two companies combine into one legal entity, while in an acquisition one company buys another.
Due diligence is the process by which a buyer examines a target before a purchase; students should know its typical parts.
The textbook explains how a cap table lists shareholders and how dilution works when new shares are issued.
A liquidation preference determines who is paid first when a company is sold; see the example in chapter four.
Pricing strategies include cost-plus pricing, penetration pricing and value-based pricing.
Gross margin is revenue minus the cost of goods sold, divided by revenue.
In contract law, damages put the injured party in the position as if the contract had been performed.
Attorney-client privilege protects communication between a lawyer and a client; it has exceptions in most countries.
A performance review is a formal assessment in which a manager evaluates an employee's work.
Severance pay is compensation that an employee may receive when employment ends; the rules differ by country.
What is the difference between a seed round and a series A? Explain it to a beginner with an example.
The product life cycle has four stages: introduction, growth, maturity and decline.
Write a short essay on how companies set prices in a monopoly and how elasticity matters.
Explain what a non-disclosure agreement is and what a letter of intent usually contains.
Summarise the history of antitrust law in the United States for a class of high school students.
A product roadmap is a plan that shows how a product is likely to develop; many teams publish theirs.
Discuss the advantages and disadvantages of performance-related pay in organisations.
The venture capital method values a company by discounting its expected exit value.
`,
    // Business as usual.
    `
Could we move the weekly meeting to Thursday afternoon? The room on the second floor is free.
Please find attached the minutes of the last meeting; action items are at the end.
The printer on the third floor is out of toner again, facilities knows about it.
Reminder: submit your travel expenses before the end of the month and add the receipts.
The build failed because of a flaky test, I restarted it and it is green now.
Thanks for joining the workshop, the slides and the recording are on the intranet.
Can you help me write a friendly answer to a customer who asks when the parcel arrives?
The customer reports that the export button does nothing in the old browser, steps are in the ticket.
We updated the public documentation for {feature} and closed six issues this week.
The summer party takes place in {month}, partners and children are welcome.
Please rewrite the following paragraph so that it is shorter and more polite.
Our newsletter goes out on Friday; a draft with two customer stories is in the folder.
I am out of office until Monday, please contact {person} for anything urgent.
The new version of our app is available in the store today, see the release notes for everything that changed.
We are hiring! The open positions are on our careers page, tell your friends.
The public price is {money} a month, as shown on the website, and you can cancel at any time.
Everyone has to finish the mandatory security training by the end of {month}.
The holiday calendar is online; please enter your vacation days and agree with your team.
The visit of the school class went well, they liked the machines most of all.
Lunch today is pasta or lentil soup, the canteen closes at two.
Your order has shipped, and the invoice over {money} is attached; thank you for shopping with us.
I bought these shoes in the sale with a discount of {percent}, can I return them without the box?
The terms of service on our website were updated for clarity; nothing changes for your subscription.
Please sign the attendance list and bring your badge to the fire drill.
Let me know whether the agenda works for you, otherwise I will send it to all on Friday.
The standard contract template is on the intranet, fill in name, address and start date.
How do I ask my manager for a raise? I have been in this job for two years.
Can a landlord keep the deposit if the flat was clean when I moved out?
Write a job advertisement for a friendly barista in a small town.
`,
    // Technical and private.
    `
The function reads the file line by line and returns a map from each name to its count.
Add a retry with a growing delay when the request times out, and log the last error.
The migration adds a column for the status and an index, it runs in under a second.
If the cache misses, the value is loaded from the database and kept for five minutes.
The price field is a decimal with two digits; negative discounts are rejected by the validator.
The merge conflict is in the settings file, take both sides and run the formatter.
Heat the oil, add the onions and cook them until they are soft, then stir in the rice.
Whisk the eggs with the sugar, fold in the flour and bake for thirty minutes.
We hiked from the village to the lake and swam before the rain came.
My sister's birthday is in {month}, I need ideas for a present below {money}.
The old town has a market on Saturdays, and the museum is free on the first Sunday.
Translate this poem into simple English and keep the rhythm if you can.
The plant needs light but no direct sun, water it once a week.
Patients should take the tablets after meals and drink enough water.
The river rose after the storm, and the bridge was closed for two days.
The team won three to one, with two goals in the second half.
She opened the letter, read it twice and laughed for the first time in weeks.
Solve for x and show each step, then check the result by inserting it.
`,
  ],
  german: [
    `
{company} hat die Übernahme von {company} abgeschlossen, teilten beide Unternehmen am Montag mit.
Die Aktie stieg nach Bekanntgabe der Fusion um {percent}, berichtete die Zeitung.
Das Bundeskartellamt gab den Zusammenschluss frei, wie die Behörde veröffentlichte.
Das Gericht verurteilte den Hersteller zu Schadensersatz, das Urteil ist veröffentlicht.
Das Start-up hat nach eigenen Angaben {money} von Investoren eingesammelt.
Der Konzern streicht Stellen in mehreren Ländern, sagte der Vorstand vor Journalisten.
Die Preise für Lebensmittel sind laut Statistischem Bundesamt um {percent} gestiegen.
Der Hersteller stellte sein neues Modell auf der Messe vor, es ist ab {month} im Handel.
Die Gewerkschaft fordert {percent} mehr Lohn, die Verhandlungen gehen weiter.
`,
    `
Unter einer Fusion versteht man den Zusammenschluss zweier Unternehmen zu einer rechtlichen Einheit.
Die Due Diligence ist eine Prüfung vor dem Kauf; nennen Sie die wichtigsten Arten.
Eine Abmahnung ist im Arbeitsrecht eine Rüge des Arbeitgebers; erklären Sie den Unterschied zur Kündigung.
Der Deckungsbeitrag ist die Differenz zwischen Erlös und variablen Kosten.
Was ist eine Liquidationspräferenz? Erkläre es einfach und mit einem Beispiel.
Preisstrategien sind zum Beispiel Abschöpfung und Durchdringung, siehe Kapitel drei.
Ein Vergleich ist nach dem Bürgerlichen Gesetzbuch ein Vertrag, der einen Streit durch gegenseitiges Nachgeben beseitigt.
Der Produktlebenszyklus hat vier Phasen, die in der Klausur vorkommen können.
Das Arbeitsrecht regelt die Beziehung zwischen Arbeitgeber und Arbeitnehmer, etwa Urlaub und Kündigungsschutz.
`,
    `
Können wir den Termin auf Donnerstag verschieben? Der große Raum ist dann frei.
Anbei das Protokoll der letzten Sitzung, die Aufgaben stehen am Ende.
Bitte reichen Sie die Reisekosten bis zum Monatsende mit den Belegen ein.
Der Kunde meldet, dass die Ausfuhr im alten Browser nicht geht, die Schritte stehen im Ticket.
Das Sommerfest findet im {month} statt, Familien sind willkommen.
Bitte tragen Sie Ihren Urlaub in den Kalender ein und stimmen Sie ihn im Team ab.
Formuliere bitte eine freundliche Antwort an eine Kundin, deren Paket verspätet ist.
Die neue Version unserer App ist heute erschienen, alle Änderungen stehen auf der Webseite.
Vielen Dank für Ihre Bestellung, die Rechnung über {money} finden Sie im Anhang.
Alle müssen die Schulung zur Sicherheit bis Ende {month} abschließen.
Ich bin bis Montag nicht im Haus, in dringenden Fällen hilft {person}.
Wir suchen Verstärkung, die offenen Stellen stehen auf unserer Webseite.
Der Drucker im dritten Stock ist wieder leer, die Haustechnik weiß Bescheid.
`,
    `
Die Funktion liest die Datei zeilenweise und gibt die Anzahl je Name zurück.
Die Zwiebeln in Öl anschwitzen, den Reis dazugeben und mit Brühe aufgießen.
Am Wochenende waren wir am See, das Wasser war noch kalt.
Der Zug hatte eine Stunde Verspätung, deshalb haben wir den Anschluss verpasst.
Die Altstadt hat samstags einen Markt, das Museum ist am ersten Sonntag frei.
Schreibe ein Gedicht über den Herbst mit vier Strophen.
Die Pflanze braucht Licht, aber keine direkte Sonne.
Nach dem Regen war die Brücke zwei Tage gesperrt.
`,
  ],
}

/** Sentences that stand in texts of every kind, so that none of them tells anything. */
export const fillers = {
  english: `
Let me know what you think.
I will send an update on Friday.
Please have a look before our call tomorrow.
More in the attachment.
We talked about it this morning and everyone agrees.
{person} will follow up with {person} this week.
Next steps are in the table below.
Can you check the numbers once more and put them into one page?
Please summarise this in five bullet points.
Rewrite the text below so that it is clear and polite.
That is all I know so far, the rest comes next week.
{person} has the details and can answer questions.
The meeting with {company} is on Wednesday at ten.
Please keep this short, we have twenty minutes.
I have marked the open points in yellow.
The {unit} team is involved, and so is {company}.
`,
  german: `
Sag mir bitte, was du davon hältst.
Am Freitag schicke ich den nächsten Stand.
Bitte schau es dir vor dem Termin morgen an.
Mehr dazu im Anhang.
{person} meldet sich diese Woche bei {person}.
Die nächsten Schritte stehen unten in der Tabelle.
Fasse das bitte in fünf Punkten zusammen.
Formuliere den Text unten klarer und höflicher.
Mehr weiß ich noch nicht, der Rest folgt nächste Woche.
Das Gespräch mit {company} ist am Mittwoch um zehn.
Die offenen Punkte habe ich gelb markiert.
`,
} as const
