"""Who is who: the parties and their roles, from small invented contracts in many drafters' voices."""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

import pytest

from fairterms.analyzer.parties.find import find_parties
from fairterms.analyzer.parties.roles import role_of
from fairterms.analyzer.readers import read_text


@dataclass(frozen=True)
class Case:
    """A contract and the words for each side; ``unclear`` words belong to parties of whom nobody can tell the side."""

    id: str
    text: str
    creator: str | tuple[str, ...] = ()
    company: str | tuple[str, ...] = ()
    other: str | tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


# The first half was written before the rules, the second half afterwards and labelled before it was run.
FIRST = (
    Case(
        "firm with its own short name beside a contributor",
        """THIS AGREEMENT is made between Kestrel Audio Inc., a Delaware company ("Kestrel"), and the person signing below ("Contributor").
Contributor hereby grants Kestrel a perpetual licence to the Recordings. Kestrel shall pay Contributor USD 200.""",
        creator="the contributor",
        company="kestrel",
    ),
    Case(
        "developer is the one who pays",
        """Between Loomwise GmbH (hereinafter "Developer") and Ines Falk, freelance writer (hereinafter "Writer").
Writer shall deliver forty dialogues. Developer may use the dialogues to train its assistant and pays Writer EUR 900.""",
        creator="the writer",
        company="the developer",
    ),
    Case(
        "developer is the one who works",
        """This Development Agreement is between Harbour Foods plc ("Customer") and Tomasz Wrona, a sole trader ("Developer").
Developer shall write the ordering software for Customer. Developer assigns to Customer all rights in the source code. Customer shall pay Developer 60 pounds an hour.""",
        creator="the developer",
        company="the customer",
    ),
    Case(
        "owner gives a licence",
        """LICENSE AGREEMENT between Marta Quill ("Owner") and Birch & Vane Inc. ("User").
Owner grants User the right to print the Photograph on 5,000 calendars. User shall pay Owner $400.""",
        creator="the owner",
        company="the user",
    ),
    Case(
        "owner takes the work",
        """ARCHITECTURAL VISUALISATION AGREEMENT. Tern Properties LLC ("Owner") engages Olu Adeyemi ("Illustrator") to draw six views.
Illustrator transfers the copyright in the views to Owner upon payment. Owner will pay Illustrator in two parts.""",
        creator="the illustrator",
        company="the owner",
    ),
    Case(
        "vendor sells work to a client",
        """Statement of Work. Client: Polder Media BV. Vendor: Sanne Kok.
Vendor will edit ten podcast episodes for Client. Client pays Vendor within 30 days of Vendor's invoice. All edits belong to Client.""",
        creator="the vendor",
        company="the client",
    ),
    Case(
        "service provider beside a company",
        """This Services Agreement is entered into by and between Ferrous AI Ltd (the "Company") and Dana Ruiz (the "Service Provider").
The Service Provider shall label images. The Company shall pay the Service Provider for accepted batches. The Service Provider waives all moral rights.""",
        creator="the service provider",
        company="the company",
    ),
    Case(
        "consultant beside a client",
        """CONSULTING AGREEMENT made as of 3 May between Northlight Studios, Inc. ("Client") and June Okafor ("Consultant").
Consultant shall provide story advice. All results of Consultant's services shall be owned by Client. Client shall pay Consultant a fee.""",
        creator="the consultant",
        company="the client",
    ),
    Case(
        "model release",
        """MODEL RELEASE. For good consideration, I, the undersigned model ("Model"), grant to Aperture House Ltd ("Photographer's Agency") the right to use my likeness in any media. I waive any right to inspect the finished pictures. Model's name: ________""",
        creator=("the model", "i"),
        company="the photographer's agency",
    ),
    Case(
        "photographer and model",
        """This agreement is between Pia Stern ("Photographer") and Lou Banks ("Model").
Model allows Photographer to publish the pictures. Photographer shall give Model ten retouched files and shall pay Model 150 dollars. Model releases Photographer from all claims.""",
        creator="the model",
        company="the photographer",
    ),
    Case(
        "subject of a body scan",
        """SCAN CONSENT between Voxel Forge Inc. ("Studio") and the undersigned ("Subject").
Subject consents to the scanning of Subject's body and grants Studio the right to create digital doubles. Studio pays Subject a day rate.""",
        creator="the subject",
        company="the studio",
    ),
    Case(
        "licensor is a person",
        """Licence Agreement between Aiko Mori ("Licensor") and Plush Planet Ltd ("Licensee"). Licensor licenses the character Bobo to Licensee for toys. Licensee shall pay royalties to Licensor.""",
        creator="the licensor",
        company="the licensee",
    ),
    Case(
        "licensor of the tool that a freelancer uses",
        """TOOL LICENCE. Between Maskwork Software Inc. ("Licensor") and Ben Hale, a freelance animator ("Licensee"). Licensor grants Licensee a limited, revocable licence to use the software. Licensee grants Licensor a perpetual licence to all animations that Licensee makes, to train Licensor's models. Licensee shall not withdraw the animations.""",
        creator="the licensee",
        company="the licensor",
    ),
    Case(
        "label, producer and artist",
        """RECORDING AGREEMENT among Bluestem Records LLC ("Label"), Rafael Cruz ("Producer") and Mina Vale ("Artist").
Artist shall record ten songs. Artist grants Label all rights in the masters. Producer shall produce the masters for Label at Label's request. Label shall pay Artist a royalty of 14 percent, out of which Producer shall be paid 3 percent.""",
        creator="the artist",
        company="the label",
        other="the producer",
    ),
    Case(
        "creator with an agency and a brand",
        """This Influencer Agreement is between Gloss Cosmetics SA ("Company"), Starling Talent Management ("Agency"), acting on behalf of Nora Beck, and Nora Beck ("Creator").
Creator shall post six videos. Company shall pay the fee to Agency, which shall pass it on to Creator less its commission of 20 percent. Creator grants Company a licence to the videos.""",
        creator="the creator",
        company="the company",
        other="the agency",
    ),
    Case(
        "translator, author and publisher",
        """Between Larch Press ("Publisher"), Emil Novak ("Author") and Greta Lind ("Translator"). Translator assigns to Publisher the rights in the translation. Author approves the translation. Publisher shall pay Translator 90 euros per page.""",
        creator="the translator",
        company="the publisher",
    ),
    Case(
        "we are the designer",
        """Hello! We are Studio Finch, two illustrators in Leeds. You, the client, have asked us to draw a logo. We will deliver three drafts. You will pay us half of the fee at the start. Once you've paid in full we grant you a licence to use the logo.""",
        creator="we",
        company=("you", "the client"),
    ),
    Case(
        "I am the author of the template",
        """Hi, I'm Casey and I write code for a living. I will build your web shop and you will pay me 80 dollars an hour. I keep my tools; you get a licence to use the code I deliver. You can end this contract with two weeks' notice.""",
        creator="i",
        company="you",
    ),
    Case(
        "I am the contributor of a community project",
        """Contributor Licence Agreement. You accept these terms for your contributions to the Mosslark project. "You" means the person who submits a contribution to the Foundation. You grant the Foundation a perpetual copyright licence to your contributions. The Foundation may relicense them.""",
        creator="you",
        company="the foundation",
    ),
    Case(
        "firm and a person with no labels",
        """Agreement between Acme Voices Ltd and Ms Hanna Doe. Ms Doe records 300 sentences. Acme Voices may use the recordings for ever. Acme Voices pays Ms Doe 500 euros. Ms Doe waives her right to be named.""",
        creator="ms doe",
        company="acme voices",
    ),
    Case(
        "surnames only",
        """Memorandum between Corvid Games and Elif Yilmaz. Yilmaz will compose the music for the game. Corvid shall pay Yilmaz $3,000. Yilmaz transfers all rights in the music to Corvid.""",
        creator="yilmaz",
        company="corvid",
    ),
    Case(
        "party a and party b",
        """CONTRACT. Party A: Lantern Network Technology Co., Ltd. Party B: Wei Lan. Party B shall stream at least 60 hours a month on the platform of Party A. Party B grants Party A the exclusive right to Party B's image. Party A shall pay Party B 40 percent of the gifts.""",
        creator="party b",
        company="party a",
    ),
    Case(
        "first and second party",
        """This agreement is made between Sundar Pixels Pvt. Ltd. (hereinafter referred to as the "First Party") and Meera Das (hereinafter referred to as the "Second Party"). The Second Party shall write twelve scripts. The Second Party assigns the scripts to the First Party. The First Party shall pay Rs. 60,000.""",
        creator="the second party",
        company="the first party",
    ),
    Case(
        "letter to a narrator",
        """Fernhill Audiobooks Ltd
12 Mill Lane, Bath

Dear Ms Lund,

Thank you for agreeing to read "The Salt Road". We will pay you £1,200 for the recording. You grant us all rights in the recording for the legal term of copyright. We may use your name and photograph.

Yours sincerely,
P. Marsh, for Fernhill Audiobooks Ltd
Agreed: ____________ Karin Lund""",
        creator=("you", "ms lund"),
        company=("we", "fernhill audiobooks"),
    ),
    Case(
        "letter from an illustrator",
        """Dear Mr Hobbs,

Thank you for asking me to draw the cover. I will deliver the drawing by 1 June. You will pay me 700 euros. I grant you the right to print it on the first edition. I keep all other rights.

Best wishes, Anna Berg""",
        creator="i",
        company=("you", "mr hobbs"),
    ),
    Case(
        "platform of a named firm",
        """Welcome to Tunepond. These terms are between you and Tunepond Media Inc. ("Tunepond", "we", "us"). By uploading a song you give us a worldwide licence to your content. Tunepond may change these terms. You keep ownership. Tunepond does not pay for plays.""",
        creator="you",
        company=("we", "tunepond"),
    ),
    Case(
        "definitions instead of a preamble",
        """1. Definitions. "Commissioner" means Radio Fjord AS. "Composer" means Signe Moe. 2. Composer shall write a jingle. 3. Composer grants Commissioner an exclusive licence. 4. Commissioner pays NOK 20,000.""",
        creator="the composer",
        company="the commissioner",
    ),
    Case(
        "only the signature block tells",
        """The Photographer licenses the images to the magazine for one issue. The Photographer will be paid 300 dollars.

PHOTOGRAPHER: ____________________ Ruth Amsel
PUBLISHER: ____________________ Weekly Lens Inc.""",
        creator="the photographer",
        company="the publisher",
    ),
    Case(
        "two firms swap services",
        """Mutual Cooperation Agreement between Alder Systems Inc. ("Alder") and Beech Networks Inc. ("Beech"). Each party may use the other party's logo. Each party shall bear its own costs. Neither party may assign this Agreement.""",
        unclear=("alder", "beech"),
    ),
    Case(
        "party a and party b that both give",
        """Party A and Party B agree as follows. Each of Party A and Party B shall keep the other's information secret. Party A licenses its name to Party B, and Party B licenses its name to Party A.""",
        unclear=("party a", "party b"),
    ),
    Case(
        "employee and employer",
        """EMPLOYMENT CONTRACT between Quarry Studios Ltd ("the Employer") and Ana Reis ("the Employee"). The Employee shall animate as directed. All works that the Employee creates belong to the Employer.""",
        creator="the employee",
        company="the employer",
    ),
    Case(
        "seller of pictures on a market",
        """SELLER TERMS. "Seller" or "you" means anybody who lists a photograph. "Bazaar" means Bazaar Stock Inc. You grant Bazaar the right to sublicense your photographs to buyers. Bazaar pays you 30 percent. Buyers may use the photographs for ever.""",
        creator=("the seller", "you"),
        company="bazaar",
    ),
)
SECOND = (
    Case(
        "formal recital with addresses",
        """This Agreement (the "Agreement") is entered into on 4 March 2026 by and between Ostrea Publishing House, Inc., a New York corporation with offices at 14 Pier Street, New York ("Publisher"), and Leonie Abt, an individual residing at 3 Elm Road, Graz, Austria ("Author").
WHEREAS Author has written a novel (the "Work"); NOW THEREFORE Author grants and assigns to Publisher the sole right to publish the Work. Publisher shall pay Author an advance.""",
        creator=("the author", "leonie abt"),
        company=("the publisher", "ostrea publishing house"),
    ),
    Case(
        "developer as an app maker who takes data",
        """DATA CONTRIBUTION AGREEMENT by and between Nimbus Cortex Ltd., a Delaware limited company ("Developer"), and the individual named on the signature page ("Participant").
Participant shall record 500 prompts. Participant assigns all recordings to Developer. Developer shall pay Participant USD 0.40 a prompt.""",
        creator="the participant",
        company="the developer",
    ),
    Case(
        "game developer paid by a publisher",
        """Game Publishing Agreement between Big Otter Interactive Inc. ("Publisher") and Two Moths, a partnership of Ida Holm and Per Lie ("Developer"). Developer shall develop the game and deliver milestones. Developer licenses the game exclusively to Publisher. Publisher shall pay Developer advances.""",
        creator="the developer",
        company="the publisher",
    ),
    Case(
        "provider of a service to a client",
        """MASTER SERVICES AGREEMENT between Cedar Freight Corp. ("Client") and Anouk Dubois Consulting ("Provider"). Provider shall perform the design services. Provider hereby assigns to Client all work product. Client shall pay Provider's invoices within 45 days.""",
        creator="the provider",
        company="the client",
    ),
    Case(
        "provider is the platform",
        """These terms govern the use of PitchBoard. The Provider operates the platform. The Artist uploads songs and grants the Provider a licence to stream them. The Provider may change the fees. The Artist pays a yearly subscription to the Provider.""",
        creator="the artist",
        company="the provider",
    ),
    Case(
        "vendor at a fair",
        """VENDOR AGREEMENT. Harvest Arts Fair, Inc. ("Organizer") lets a stall to the undersigned maker ("Vendor"). Vendor grants Organizer the right to photograph Vendor's goods and to use the pictures for publicity. Vendor releases Organizer from all claims.""",
        creator="the vendor",
        company="the organizer",
    ),
    Case(
        "homeowner's location release",
        """LOCATION RELEASE between Slate Film Partners LLC ("Producer") and Wanda Kerr ("Owner"). Owner permits Producer to film in the house. Producer shall pay Owner $900 a day. Owner waives any claim to the footage.""",
        creator="the owner",
        company="the producer",
    ),
    Case(
        "interview release",
        """I, Bram Visser, the interviewee, agree to be filmed by Lantern Docs Ltd (the "Company"). I assign to the Company all rights in the interview. The Company may edit the interview.""",
        creator=("i", "the interviewee"),
        company="the company",
    ),
    Case(
        "talent with a loan-out company",
        """AGREEMENT between Sable Pictures Inc. ("Company") and Juniper Loanout Inc. ("Lender") for the services of Tess Amado ("Performer"). Lender shall furnish Performer's services. Performer shall render all services that Company asks for. Lender grants Company the results. Company shall pay Lender $40,000.""",
        creator="the performer",
        company="the company",
    ),
    Case(
        "management contract",
        """MANAGEMENT AGREEMENT between Northstar Artist Management Ltd ("Manager") and Ivo Saric ("Artist"). Artist appoints Manager as sole manager. Artist shall pay Manager a commission of 20 percent. Artist grants Manager a power of attorney.""",
        creator="the artist",
        company="the manager",
    ),
    Case(
        "modelling agency",
        """MODEL AGENCY CONTRACT. Agency: Paper Doll Models BV. Model: Roos de Wit. The Model gives the Agency the exclusive right to place the Model. The Agency keeps 25 percent of all fees. The Model shall not work through another agency.""",
        creator="the model",
        company="the agency",
    ),
    Case(
        "agency, advertiser and illustrator",
        """This Commission is made among Peak Cola GmbH (the "Advertiser"), Brandwerk Agentur GmbH (the "Agency"), and Milo Kern (the "Illustrator"). The Agency, acting on behalf of the Advertiser, briefs the Illustrator. The Illustrator transfers the rights of use to the Advertiser. The Advertiser shall pay the Illustrator through the Agency.""",
        creator="the illustrator",
        company="the advertiser",
        other="the agency",
    ),
    Case(
        "collecting society as third",
        """Between Vireo Music Ltd ("Publisher"), Sara Quist ("Composer") and the Tonsatz Society ("Society"). Composer assigns the songs to Publisher. Society shall collect the performance income. Publisher shall pay Composer half of the income.""",
        creator="the composer",
        company="the publisher",
        other="the society",
    ),
    Case(
        "two writers and one producer",
        """Between Ridgeline TV Inc. ("Producer") and Kofi Mensah ("Writer A") and Lily Tran ("Writer B"). Writer A shall write the pilot and Writer B shall write the second episode. Writer A and Writer B assign the scripts to Producer. Producer shall pay each of them.""",
        creator=("writer a", "writer b"),
        company="the producer",
    ),
    Case(
        "party of the first part",
        """ARTICLES OF AGREEMENT between Crown Radio Company, party of the first part, and Albert Finch, party of the second part. The party of the second part shall sing twice a week. The party of the first part shall pay the party of the second part ten pounds. The party of the second part grants the party of the first part the use of his name.""",
        creator="the party of the second part",
        company="the party of the first part",
    ),
    Case(
        "party b takes the work",
        """Party A (author): Chen Yu. Party B (platform): Jade Leaf Reading Co., Ltd. Party A licenses the novel exclusively to Party B. Party B may adapt it for any medium. Party B pays Party A by thousand words. Party A waives the right to revise.""",
        creator="party a",
        company="party b",
    ),
    Case(
        "letter with we on paper of a label",
        """GREY HERON RECORDS LTD

Dear Mr Osei,

This letter sets out what we have agreed. You will record six songs for us. You assign the masters to us for the world. We shall pay you an advance of £2,000 and we may make remixes.

If you agree, please sign and return the copy.

Signed for Grey Heron Records Ltd""",
        creator=("you", "mr osei"),
        company="we",
    ),
    Case(
        "engagement letter by a photographer",
        """Dear Client,

We are Lumen & Oak, wedding photographers. We will photograph your day and deliver 400 pictures. You agree to pay us a deposit. We keep the copyright; we grant you a licence to print the pictures at home. We may cancel if you do not pay.""",
        creator="we",
        company=("you", "the client"),
    ),
    Case(
        "app terms with a user named",
        """Terms of Use. These Terms are a contract between you (the "User") and Wisp Labs Inc. (the "Company"). The User grants the Company a licence to all User Content. The Company may train models on it. The User may delete the account.""",
        creator=("you", "the user"),
        company="the company",
    ),
    Case(
        "crowd work in the first person",
        """I understand that I am paid per task. I give VoxNest the right to use my recordings. I will not ask for my recordings to be deleted. VoxNest may pass my recordings on to its partners. VoxNest pays me within ten days.""",
        creator="i",
        company="voxnest",
    ),
    Case(
        "our festival and your film",
        """By submitting your film, you allow us to show it at the Gull Rock Film Festival and to use stills for publicity. We may refuse any film. You keep all rights. We do not pay screening fees.""",
        creator="you",
        company="we",
    ),
    Case(
        "names only, firm last",
        """Licence between Priya Raman and Oakum Press. Raman licenses the poem "Tide" to Oakum Press for one anthology. Oakum Press pays Raman $75 and two copies.""",
        creator="raman",
        company="oakum press",
    ),
    Case(
        "names only with a title",
        """The following has been agreed between Orchard Theatre Trust and Dr Malin Ek: Dr Ek will translate the play into English. Orchard Theatre Trust pays her 3,000 euros. Dr Ek transfers the stage rights to Orchard Theatre Trust.""",
        creator="dr ek",
        company="orchard theatre trust",
    ),
    Case(
        "hereinafter without quotes",
        """Contract concluded between Meridian Voices s.r.o. (hereinafter the Customer) and Jana Mala (hereinafter the Supplier). The Supplier shall read the texts aloud. The Supplier grants the Customer an unlimited licence. The Customer pays 50 euros per hour.""",
        creator="the supplier",
        company="the customer",
    ),
    Case(
        "called in single quotes",
        """This deed is made between Talon Games Pty Ltd (called 'the Studio') and Josh Reid (called 'the Composer'). The Composer must deliver the music. The Composer assigns to the Studio all present and future copyright.""",
        creator="the composer",
        company="the studio",
    ),
    Case(
        "key terms table",
        """KEY TERMS
Hirer: Blue Anchor Advertising Ltd
Photographer: Sunil Rao
Fee: £1,500
1. The Photographer shall take the pictures. 2. The Photographer assigns the copyright to the Hirer. 3. The Hirer pays the fee on delivery.""",
        creator="the photographer",
        company="the hirer",
    ),
    Case(
        "customer of a software firm",
        """SUBSCRIPTION AGREEMENT between Quill Cloud Inc. ("Vendor") and the company named in the order ("Customer"). Vendor grants Customer a non-exclusive right to use the software. Customer shall pay Vendor the subscription fees. Vendor shall support the software.""",
        creator="the vendor",
        company="the customer",
    ),
    Case(
        "distribution between two firms",
        """DISTRIBUTION AGREEMENT between Alpaca Knitwear Ltd ("Supplier") and Nordhandel AS ("Distributor"). Supplier appoints Distributor as exclusive distributor in Norway. Supplier shall deliver the goods. Distributor shall pay Supplier within 60 days.""",
        creator="the supplier",
        company="the distributor",
    ),
    Case(
        "mutual secrecy agreement",
        """NON-DISCLOSURE AGREEMENT between Elm Robotics Inc. ("Elm") and Fir Analytics Inc. ("Fir"). Each party may disclose secrets to the other. The receiving party shall keep them secret. Either party may end this agreement.""",
        unclear=("elm", "fir"),
    ),
    Case(
        "two artists who work together",
        """Collaboration agreement between Rosa Lind and Tariq Amin. Lind and Amin will paint the mural together. Each of them owns half of the copyright. Neither may sell the mural without the other.""",
        unclear=("lind", "amin"),
    ),
    Case(
        "text without parties",
        """The licence is perpetual. The deliverables must be sent as PDF files. Payment follows within 30 days.""",
        unclear=("the deliverables",),
    ),
    Case(
        "employee handbook clause",
        """INVENTIONS. The Company owns everything that an Employee makes at work. Each Employee assigns all rights to the Company. The Company may record calls. The Employee waives moral rights to the extent allowed.""",
        creator="the employee",
        company="the company",
    ),
    Case(
        "university and lecturer",
        """The University commissions the Lecturer to record ten lectures. The Lecturer grants the University a perpetual licence to the recordings. The University pays the Lecturer 2,000 euros. The Lecturer may not withdraw the recordings.""",
        creator="the lecturer",
        company="the university",
    ),
    Case(
        "streamer with a team",
        """Esports Player Agreement between Ghost Pike Esports LLC ("Team") and Dario Conti, known as "dconti" ("Player"). Player shall stream and play for Team. Player grants Team the right to use Player's likeness. Team shall pay Player a salary.""",
        creator="the player",
        company="the team",
    ),
)


def words(given: str | tuple[str, ...]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else given


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in (*FIRST, *SECOND) if not case.unclear])
def test_each_word_for_a_party_is_put_on_its_side(case: Case) -> None:
    parties = find_parties(read_text(case.text))
    told = {
        role: {word: role_of(word, parties) for word in words(given)}
        for role, given in (("creator", case.creator), ("company", case.company), ("other", case.other))
    }
    assert told == {role: dict.fromkeys(found, role) for role, found in told.items()}
    assert {"creator", "company"} <= {party.role for party in parties.parties}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in (*FIRST, *SECOND) if case.unclear])
def test_no_side_is_guessed_where_the_contract_tells_none(case: Case) -> None:
    parties = find_parties(read_text(case.text))
    assert not {"creator", "company"} <= {party.role for party in parties.parties}
    assert {word: role_of(word, parties) in ("creator", "company") for word in case.unclear} == dict.fromkeys(
        case.unclear, False
    )


def test_a_long_contract_is_read_in_a_moment() -> None:
    sentence = "The Artist grants the Studio a licence to use the Recordings in the Territory for the Term. "
    text = 'Between Oak Studios Ltd ("Studio") and Eva Holm ("Artist"). ' + sentence * 1100
    document = read_text(text)
    begun = process_time()
    parties = find_parties(document)
    assert process_time() - begun < 0.5  # a tenth of that on an idle machine
    assert parties.names("creator")[0] == "Artist"
