//! The screens for preparing a consultation, opening it, and joining ballots.

use super::{counted, typeset};
use crate::domain::consultation::{
    CastError, MAX_PRINTED, MethodKind, Order, Reveal, Rules, RulesError, Stage, StepError,
};
use crate::domain::note::TextError;

super::sentences! {
    lead = "Décidez ensemble par où commencer : à l'urne, par téléphone ou sur papier. Sans réseau, sans compte.";
    what_it_is_not = "Une consultation aide un groupe à choisir. Ce n'est pas une élection : ici, rien ne garantit que chaque personne ne vote qu'une fois.";
    none = "Aucune consultation sur cet appareil pour l'instant.";
    prepare = "Préparer une consultation";
    list_title = "Sur cet appareil";
    untitled = "Sans titre";
    back = "Toutes les consultations";
    loading = "Lecture de ce qui est gardé ici…";
    unknown_title = "Cette consultation n'est pas ici";
    unknown_lead = "Elle a peut-être été supprimée, ou elle se trouve sur un autre appareil.";

    prepare_title = "Préparer";
    question_section = "La question";
    title = "Titre";
    title_hint = "Court : il figure sur chaque bulletin.";
    question = "Question posée";
    options_section = "Les choix";
    options_lead = "Cochez des objectifs ou des marqueurs, ajoutez vos propres propositions.";
    pick_all = "Cocher les objectifs opérationnels";
    own = "Autres propositions, une par ligne";
    markers_of = "Marqueurs";
    method_section = "La façon de voter";
    each = "Gommettes par personne";
    cap = "Au plus sur un même choix";
    settings = "Réglages";
    order = "Ordre des choix";
    reveal = "Résultat visible";
    reveal_live = "Attention : un résultat qui bouge à chaque bulletin peut montrer ce que la dernière personne vient de voter, et influencer les suivantes.";
    preview = "Voir comme un votant";
    preview_done = "C'est ainsi que le vote se termine. Rien n'a été compté.";
    preview_flawed = "L'aperçu sera possible quand il y aura un titre, une question et deux choix.";
    back_to_it = "Revenir à la consultation";
    open = "Ouvrir le vote";
    open_lead = "Une fois le vote ouvert, la question, les choix et la façon de voter ne changent plus.";
    code = "Code de l'animateur";
    code_hint = "De 4 à 12 caractères. Il sert à quitter l'urne et à clore. Il évite un geste malheureux ; ce n'est pas un coffre-fort.";
    code_invalid = "Le code doit avoir de 4 à 12 caractères.";
    code_wrong = "Ce n'est pas le code de cette consultation.";
    code_forgotten = "Code oublié";
    code_forgotten_lead = "Le code évite un geste malheureux ; ce n'est pas une serrure. Après une minute d'attente, on peut s'en passer, et le procès-verbal le dira : « ouvert sans le code ».";
    code_stop_waiting = "Ne plus attendre";
    close_without = "Clore sans le code";
    exit_without = "Quitter sans le code";
    code_missing = "Cette consultation est arrivée ici sans code. Elle se clôt là où elle a été ouverte.";
    duplicate = "Dupliquer";
    delete = "Supprimer de cet appareil";
    delete_sure = "Supprimer pour de bon ?";
    delete_lead = "La consultation et ses bulletins disparaissent de cet appareil. Enregistrez-en la copie avant si vous pouvez en avoir besoin.";
    delete_yes = "Oui, supprimer";
    keep = "Garder";
    deleted = "Consultation supprimée de cet appareil.";
    not_stored = "Attention : rien n'a pu être gardé par ce navigateur. Enregistrez la copie de l'animateur avant de fermer la page.";

    in_the_urn = "Bulletins";
    fingerprint = "Empreinte";
    fingerprint_hint = "Six mots, les mêmes sur tout appareil qui a les mêmes bulletins. Ils révèlent une erreur ou un oubli ; le procès-verbal porte l'empreinte entière, qui résiste aussi à la fraude.";
    by_urn = "À l'urne";
    by_urn_lead = "Cet appareil passe de main en main. Entre deux votes, il n'en reste rien à l'écran.";
    start_urn = "Faire de cet appareil l'urne";
    by_phone = "Par téléphone";
    by_phone_lead = "Chacun vote sur son téléphone, puis vous montre le code de son bulletin.";
    invitation = "Code à scanner pour voter";
    copy_link = "Copier le lien";
    collect = "Recueillir les bulletins";
    collect_lead = "Scannez le code affiché par le téléphone, ou ouvrez ici le fichier ou le lien remis.";
    by_paper = "Sur papier";
    by_paper_lead = "Imprimez des bulletins numérotés, distribuez-les au hasard, saisissez-les deux fois. Imprimez depuis un seul appareil : chaque numéro ne sert qu'une fois.";
    paper_count = "Bulletins à imprimer, en tout";
    paper_print = "Préparer l'impression";
    paper_key = "Saisir les bulletins";
    together = "Réunir plusieurs appareils";
    together_lead = "Enregistrez la copie de l'animateur ici et ouvrez-la ailleurs : les deux urnes n'en font plus qu'une, et un bulletin présent deux fois ne compte qu'une fois.";
    export = "Enregistrer la copie de l'animateur";
    export_lead = "Cette copie dit de chaque bulletin ce qu'il porte, sa façon de voter et son numéro de papier, sans nom ni heure. Elle sert à réunir les urnes et à recompter : gardez-la entre animateurs. Ce qui se partage est avec le résultat, une fois le vote clos.";
    received = "Ce qui vient d'être remis";
    choose_files = "Choisir des fichiers";
    paste = "Coller un lien ou un fichier";
    paste_label = "Lien, code ou contenu d'un fichier";
    paste_read = "Lire";
    close = "Clore le vote";
    close_lead = "Après la clôture, plus aucun bulletin ne peut être déposé et le résultat s'affiche.";
    close_do = "Clore";
    live = "Résultat provisoire";
    result = "Résultat";
    print_title = "Bulletins à imprimer";
    keying_title = "Saisir les bulletins papier";
    minutes = "Procès-verbal à imprimer";
    receive_title = "Scanner ou ouvrir mon bulletin";
    receive_lead = "Le code affiché dans la salle ou le lien reçu, pour voter. La copie d'un autre animateur s'ouvre ici aussi.";

    urn_ready = "À vous de voter";
    urn_ready_lead = "Votre vote est anonyme : ni nom, ni heure, ni ordre de passage.";
    urn_vote = "Je vote";
    urn_storing = "Enregistrement…";
    urn_done = "Votre vote est dans l'urne.";
    urn_done_lead = "Merci. Passez l'appareil à la personne suivante.";
    urn_next = "Au suivant";
    urn_again = "Effacer et recommencer";
    urn_leave = "Quitter l'urne";
    urn_stay = "Rester";
    urn_failed = "Votre vote n'a pas pu être gardé. Prévenez la personne qui anime ; rien n'est perdu tant que cette page reste ouverte.";
    urn_retry = "Réessayer de garder le vote";
    urn_gone = "Cette urne n'a plus de consultation ouverte.";
    urn_exit = "Quitter";
    ended_title = "Le vote est clos";
    ended_lead = "Il a été clos pendant que vous choisissiez : votre vote n'a pas été compté, et rien n'en est gardé sur cet appareil.";
    ended_chosen = "Relire ce que j'avais choisi";

    vote_title = "Voter";
    vote_exit = "Quitter le vote";
    in_progress = "Votre vote n'est pas fini";
    in_progress_lead = "Ce que vous avez choisi est encore là. Touchez le titre pour reprendre.";
    hand_title = "Votre bulletin est prêt";
    hand_lead = "Montrez ce code à la personne qui anime, et à elle seule : il contient votre vote, qui ne sera compté que lorsque vous l'aurez remis.";
    hand_kept = "Ce bulletin reste gardé sur cet appareil, même si vous fermez la page, jusqu'à ce que vous disiez l'avoir remis.";
    hand_label = "Code de votre bulletin";
    hand_link = "Partager le lien";
    hand_file = "Enregistrer le fichier";
    hand_done = "J'ai remis mon bulletin";
    minutes_early = "Le procès-verbal s'écrit une fois le vote clos";
    paper_otherwise = "Ce numéro est déjà compté autrement. Reprenez le papier : deux bulletins portent peut-être le même numéro.";
    papers_left = "Des bulletins papier sont saisis une seule fois ou restent à départager : après la clôture, ils ne seront plus comptés.";
    waiting_title = "Votre bulletin attend d'être remis";
    waiting_lead = "Il n'est pas encore compté. Montrez-le à la personne qui anime.";
    waiting_show = "Montrer ce bulletin";
    waiting_next = "Montrer un autre bulletin";
    waiting_closed = "Le vote est clos : ce bulletin ne peut plus être compté.";
    waiting_not_kept = "Ce navigateur n'a pas pu garder votre bulletin : remettez-le avant de fermer cette page.";
    second_ballot = "Voter à nouveau fait un second bulletin, pour une autre personne : celui-ci reste à remettre.";
    not_handed = "Je ne l'ai pas encore remis";
    handed = "Merci, c'est fait.";
    handed_lead = "Votre bulletin a été effacé d'ici, sauf le fichier ou le lien que vous avez pu garder.";
    vote_again = "Voter pour une autre personne";
    other_text = "Cette consultation a été préparée avec un autre texte de la convention. Rechargez la page, ou demandez à la personne qui anime.";
    pages_missing = "Il manque une partie du code. Scannez aussi les autres.";
    unreadable_link = "Ce lien est incomplet ou abîmé. Scannez le code à nouveau.";
    ballot_title = "Un bulletin";
    a_copy = "Sauvegarde";
    other_page = "C'est le lien d'une autre page de Jalons.";
    open_page = "Ouvrir cette page";
    copy_led = "C'est une sauvegarde : elle s'ouvre dans le carnet.";
    ballot_elsewhere = "La consultation de ce bulletin n'est pas sur cet appareil. Ouvrez ce lien sur l'appareil de la personne qui anime.";
    link_taken_away = "Ce lien contenait un vote : il a été retiré de cet onglet. Le navigateur peut l'avoir noté dans son historique général ; effacez-le là aussi si d'autres s'en servent.";
    link_left = "Ce lien contient un vote, et ce navigateur n'a pas permis de le retirer : fermez cet onglet et effacez ce lien de l'historique.";
    may_close = "Vous pouvez fermer cet onglet.";

    known = "Déjà compté.";
    refused_closed = "Le vote est clos : ce bulletin n'a pas été compté.";
    refused_draft = "Le vote n'est pas encore ouvert : ce bulletin n'a pas été compté.";
    refused_rules = "Ce bulletin répond à d'autres règles que celles de cette consultation : il n'a pas été compté.";
    refused_other = "Ce bulletin est celui d'une autre consultation : il n'a pas été compté ici.";
    refused_breach = "Ce bulletin ne respecte pas les règles du vote : il n'a pas été compté.";
    refused_otherwise = "Un bulletin du même identifiant est déjà compté, et il dit autre chose : celui-ci n'a pas été compté.";
    other_rules = "Une autre consultation porte le même identifiant : rien n'a été réuni.";
    not_kept = "Compté, mais pas encore gardé : ne fermez pas cette page et enregistrez la copie de l'animateur.";
    pages_separator = " · ";
}

/// « 12 bulletins »
#[must_use]
pub fn ballots(count: usize) -> String {
    format!("{count} {}", ballots_noun(count))
}

/// « bulletins », after their number.
#[must_use]
pub const fn ballots_noun(count: usize) -> &'static str {
    if count < 2 { "bulletin" } else { "bulletins" }
}

/// The stage of a consultation.
#[must_use]
pub fn stage(stage: &Stage) -> &'static str {
    match stage {
        Stage::Draft(_) => super::set!("En préparation"),
        Stage::Open(_) => super::set!("Vote ouvert"),
        Stage::Closed(..) => super::set!("Vote clos"),
    }
}

/// A sentence on how people answer by a method.
#[must_use]
pub fn method_hint(method: MethodKind) -> &'static str {
    match method {
        MethodKind::Dots => {
            super::set!("Chacun répartit quelques gommettes. Simple, pour dégager des priorités.")
        }
        MethodKind::Approval => {
            super::set!("Chacun dit oui à autant de choix qu'il veut. Le plus rapide.")
        }
        MethodKind::Judgment => {
            super::set!("Chacun donne une mention à chaque choix, d'Excellent à À rejeter.")
        }
        MethodKind::Ranking => {
            super::set!("Chacun met les choix dans l'ordre. Pour peu de choix.")
        }
    }
}

/// The label of an order of options.
#[must_use]
pub fn order_label(order: Order) -> &'static str {
    match order {
        Order::Shuffled => super::set!("Mélangé pour chaque votant"),
        Order::Listed => super::set!("Toujours le même"),
    }
}

/// The label of when the result is shown.
#[must_use]
pub fn reveal_label(reveal: Reveal) -> &'static str {
    match reveal {
        Reveal::AfterClosing => super::set!("Après la clôture"),
        Reveal::Live => super::set!("Pendant le vote"),
    }
}

/// « 18 choix. Au-delà de 15, … », « 50 choix : encore 2 au plus. », « 52 choix : c'est le plus … »
#[must_use]
pub fn options_count(count: usize) -> String {
    let most = Rules::MAX_OPTIONS;
    let said = match count.checked_sub(most) {
        Some(0) => return typeset(&format!("{most} choix : un bulletin n'en porte pas plus.")),
        Some(excess) => {
            let said =
                format!("{count} choix, dont {excess} de trop : un bulletin en porte {most}.");
            return typeset(&said);
        }
        None if is_near_most(count) => {
            return typeset(&format!("{count} choix : encore {} au plus.", most - count));
        }
        None => format!("{count} choix."),
    };
    if count > Rules::ADVISED_OPTIONS {
        let why = "Au-delà de 15, on ne les compare plus vraiment : les premiers lus l'emportent, \
                   et voter prend plus de cinq minutes.";
        return typeset(&format!("{said} {why}"));
    }
    typeset(&said)
}

/// Whether so many options are near the most that a ballot has room for, or above it.
#[must_use]
pub fn is_near_most(count: usize) -> bool {
    /// The counter is shown from this many options before the limit.
    const COUNTER_FROM: usize = 7;
    count + COUNTER_FROM >= Rules::MAX_OPTIONS
}

/// « Par défaut : 4, un quart des choix. »
#[must_use]
pub fn each_hint(each: u8) -> String {
    typeset(&format!("Par défaut : {each}, un quart des choix arrondi au-dessus."))
}

/// « Par défaut : 2. »
#[must_use]
pub fn cap_hint(cap: u8) -> String {
    typeset(&format!("Par défaut : {cap}."))
}

/// Why a draft cannot be opened.
#[must_use]
pub fn flaw(flaw: RulesError) -> String {
    let text = |what: &str, error: TextError| match error {
        TextError::Empty => format!("{what} manque."),
        TextError::TooLong { excess } => {
            let too_many = counted(excess, "caractère de trop", "caractères de trop");
            format!("{what} : {too_many}.")
        }
    };
    typeset(&match flaw {
        RulesError::Title(error) => text("Le titre", error),
        RulesError::Question(error) => text("La question", error),
        RulesError::Own(number, error) => text(&format!("La proposition {}", number + 1), error),
        RulesError::TooFew => "Il faut au moins deux choix.".to_owned(),
        RulesError::TooMany(excess) => {
            let many = counted(excess, "choix de trop", "choix de trop");
            format!("Un bulletin porte au plus {} choix : {many}.", Rules::MAX_OPTIONS)
        }
        RulesError::Twice => {
            "Deux choix sont les mêmes, ou se ressemblent trop pour qu'on les distingue.".to_owned()
        }
        RulesError::Invisible(number) => {
            format!("La proposition {} : on n'y voit rien.", number + 1)
        }
        RulesError::Dots => {
            "Ces gommettes ne peuvent pas être placées : vérifiez leur nombre et le plafond."
                .to_owned()
        }
    })
}

/// Why an edit of a consultation failed.
#[must_use]
pub fn step_error(error: &StepError) -> String {
    match error {
        StepError::Frozen => typeset("Le vote est ouvert : ceci ne change plus."),
        StepError::Flawed(flaws) => {
            flaws.iter().map(|one| flaw(*one)).collect::<Vec<_>>().join(" ")
        }
        StepError::NotOpen => typeset("Le vote n'est pas ouvert."),
        StepError::NotClosed => typeset("Le vote n'est pas clos."),
        StepError::Text(TextError::Empty) => typeset("Le texte est vide."),
        StepError::Text(TextError::TooLong { excess }) => {
            counted(*excess, "caractère de trop", "caractères de trop")
        }
    }
}

/// Why a ballot was refused.
#[must_use]
pub fn refused(refused: CastError) -> &'static str {
    match refused {
        CastError::Early => refused_draft(),
        CastError::Late => refused_closed(),
        CastError::Otherwise => refused_otherwise(),
        CastError::Breach(_)
        | CastError::Void
        | CastError::OtherPaper(_)
        | CastError::NotPrinted { .. } => refused_breach(),
    }
}

/// « Encore 42 secondes »
#[must_use]
pub fn wait(seconds: u64) -> String {
    format!(
        "Encore {}",
        counted(usize::try_from(seconds).unwrap_or_default(), "seconde", "secondes")
    )
}

/// « Bulletin 1 sur 2 »
#[must_use]
pub fn waiting_count(at: usize, of: usize) -> String {
    typeset(&format!("Bulletin {at} sur {of}"))
}

/// « École et familles : 2 gommettes »
#[must_use]
pub fn chosen(option: &str, answer: &str) -> String {
    typeset(&format!("{option} : {answer}"))
}

/// « Demandez de 1 à 999 bulletins. »
#[must_use]
pub fn paper_bounds() -> String {
    typeset(&format!("Demandez un nombre de bulletins de 1 à {MAX_PRINTED}."))
}

/// « Bulletin compté. 13 bulletins. »
#[must_use]
pub fn counted_now(count: usize) -> String {
    typeset(&format!("Bulletin compté. {}.", ballots(count)))
}

/// « Réuni avec « Priorités » : 12 bulletins nouveaux, 42 en tout. »
#[must_use]
pub fn joined(title: &str, more: usize, all: usize) -> String {
    let new = counted(more, "bulletin nouveau", "bulletins nouveaux");
    typeset(&format!("« {title} » : {new}, {all} en tout."))
}

/// « 12 bulletins, 2 fichiers refusés »
#[must_use]
pub fn scanned(count: usize) -> String {
    counted(count, "bulletin recueilli ici", "bulletins recueillis ici")
}

/// The file name of an exported consultation.
#[must_use]
pub fn file_name(title: &str, id: &str) -> String {
    let letter = |c: char| match super::outcome::plain(c) {
        c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
        _ => '-',
    };
    let words: String = title.chars().map(letter).take(40).collect();
    let words: Vec<_> = words.split('-').filter(|word| !word.is_empty()).collect();
    let short = id.get(..4).unwrap_or(id);
    format!("jalons-copie-animateur-{}-{short}.json", words.join("-"))
}

/// The file name of a ballot that is handed over. It names neither the voter nor the time.
#[must_use]
pub fn ballot_file_name(id: &str) -> String {
    format!("jalons-bulletin-{}.json", id.get(..8).unwrap_or(id))
}

/// « Copie de Priorités »
#[must_use]
pub fn copy_of(title: &str) -> String {
    let copy = format!("{title} (copie)");
    if copy.chars().count() > 80 { title.to_owned() } else { copy }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_has_no_accents_and_no_gaps() {
        let name = file_name("Priorités de l'été ?", "00c0ffee00c0ffee");
        assert_eq!(name, "jalons-copie-animateur-priorites-de-l-ete-00c0.json");
    }

    #[test]
    fn the_number_of_options_says_how_many_are_left_before_the_most() {
        for (count, said) in [
            (2, "2 choix."),
            (44, "44 choix. Au-delà de 15, on"),
            (45, "45 choix : encore 7 au plus."),
            (51, "51 choix : encore 1 au plus."),
            (52, "52 choix : un bulletin n'en porte pas plus."),
            (54, "54 choix, dont 2 de trop : un bulletin en porte 52."),
        ] {
            assert!(options_count(count).starts_with(&typeset(said)), "{}", options_count(count));
            assert_eq!(is_near_most(count), count > 44);
        }
    }
}
