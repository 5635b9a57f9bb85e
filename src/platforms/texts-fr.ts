import type { FailureKind } from "../core/failure.ts";
import type { Texts } from "./texts.ts";

const numbers = new Intl.NumberFormat("fr");

const APOLOGIES: Readonly<Record<FailureKind, string>> = {
  "invalid-config": "Footnote n’est pas bien configuré ; préviens les personnes qui s’en occupent.",
  "invalid-input": "Je n’arrive pas à lire cela comme une question. Dis-le autrement, s’il te plaît.",
  cancelled: "Arrêté.",
  deadline: "Cela a pris plus de temps que je n’en ai. Réessaie, ou pose une question plus précise.",
  "over-budget": "Je ne peux rien consulter de plus pour l’instant. Réessaie dans un petit moment.",
  "model-unavailable": "Le modèle de langage est injoignable pour l’instant. Réessaie dans un petit moment.",
  "wiki-unavailable":
    "Le wiki est injoignable pour l’instant, je n’ai donc rien à citer. Réessaie dans un petit moment.",
  "store-unavailable": "Ma mémoire est injoignable pour l’instant. Réessaie dans un petit moment.",
  "delivery-failed": "La réponse est prête, mais n’a pas pu être remise.",
  bug: "Quelque chose s’est mal passé de mon côté. C’est dans le journal ; réessaie, s’il te plaît.",
};

export const french: Texts = {
  buttons: {
    helpful: "Utile",
    notHelpful: "Pas utile",
    why: "Pourquoi ?",
    askAgain: "Redemander",
    stop: "Arrêter",
    choose: "Lequel veux-tu dire ?",
  },
  clicks: {
    thanks: {
      good: "Merci ! C’est noté : cela t’a aidé.",
      bad: "Merci de l’avoir dit. C’est noté : cela ne t’a pas aidé.",
    },
    replaced: "Cette réponse a été remplacée par une autre depuis.",
    erased: "Cette question et sa réponse ne sont plus enregistrées.",
    notHere: "Ce bouton n’appartient pas à cette conversation.",
    onlyAskerAsksAgain:
      "Seule la personne qui a posé la question peut la faire rechercher à nouveau. Mentionne-moi pour la poser toi-même.",
    onlyAskerStops: "Seule la personne qui a posé la question peut l’arrêter.",
    onlyAskerChooses:
      "Seule la personne qui a posé la question peut choisir ici. Mentionne-moi pour la poser toi-même.",
    nothingToStop: "Il n’y a plus rien à arrêter.",
    choiceClosed: "Ce choix n’est plus ouvert : la question a été posée autrement depuis.",
    nothingToExplain: "Il n’y a pas de réponse à expliquer pour l’instant.",
    tooOld: "Je ne peux plus modifier cette réponse. Pose la question encore une fois, s’il te plaît.",
  },
  why: {
    introduction: "Les passages sur lesquels repose cette réponse, mot pour mot. Ce qui est cité est en gras.",
    nothing: "Rien dans le wiki n’appuie cette réponse.",
    revision: (revision) => `version ${revision}`,
    asOf: (date) => `au ${date}`,
    more: (count) => `et ${numbers.format(count)} de plus, en lien dans la réponse`,
  },
  notInTheSources: "(pas dans les sources)",
  sources: {
    license: (license) => `Texte : ${license}`,
    more: (count) => `et ${numbers.format(count)} de plus, en lien dans le texte`,
  },
  lookingAgain: "Je regarde à nouveau…",
  apology: (kind) => APOLOGIES[kind],
  hints: {
    howToAsk:
      "Me voici. Écris ta question dans le même message que mon nom : « @Footnote combien de temps dure un jour sur Mercure ? »",
    tooLong: (limit) =>
      `C’est plus long que ce que je peux lire : une question peut avoir ${numbers.format(limit)} caractères.`,
    tooMany: "C’est plus que ce que je consulte pour une personne en une minute. Redemande dans un instant.",
    nothingToStop: "Il n’y a rien à toi à arrêter ici.",
    quiet: "D’accord, je me tais ici jusqu’à ce que quelqu’un me mentionne.",
    listening: "J’écoute à nouveau : dans ce fil, les questions n’ont pas besoin de mention.",
    alwaysListening: "Entre nous, je réponds à tout ce que tu demandes.",
    notFollowing: "Je ne suis pas ce fil : je ne le fais qu’une fois qu’on m’y a demandé quelque chose.",
    onlyIn: (channels) => `Je ne réponds pas dans ce salon. Pose-moi ta question ici : ${channels}`,
    lookingUp: "Je cherche. La réponse arrive sous ce message.",
    nothingToLookUp: "Il n’y a pas de texte dans ce message que je puisse chercher.",
  },
  notAnswered: {
    told: (channel, reason) => `Je n’ai pas pu répondre à ta question dans ${channel}. ${reason}`,
    channelGone: "Le salon ou le fil n’existe plus.",
    questionGone: "Ton message n’existe plus.",
    unseen: "Je n’ai pas le droit de voir ce salon.",
    unwritable: "Je n’ai pas le droit d’y écrire.",
    locked: "Le fil est verrouillé.",
    refused: "Discord n’a pas accepté ma réponse.",
  },
  onlyManagers: "Seules les personnes qui gèrent ce serveur peuvent le faire.",
  stats: {
    title: "Footnote en chiffres",
    topArticles: "Les plus cités en 7 jours",
    citations: (count) => (count === 1 ? "1 citation" : `${numbers.format(count)} citations`),
    clear: "Vider le cache",
    confirm: "Vider le cache ?",
    confirmText: "Tout ce que Footnote a retenu du wiki est oublié, et consulté à nouveau quand il le faut.",
    yes: "Le vider",
    no: "Le garder",
    cleared: (entries) => `Le cache est vidé : ${entries === 1 ? "1 entrée" : `${numbers.format(entries)} entrées`}.`,
  },
  settings: {
    title: "Réglages de Footnote pour ce serveur",
    onlyInServers: "Il n’y a rien à régler en messages privés : utilise la commande dans un serveur.",
    language: "Langue du wiki",
    usualLanguage: "celle de Footnote",
    languageHint: "Un code ou un nom, comme de ou allemand. Vide : celle de Footnote.",
    notALanguage: "Je ne connais pas cette langue. Essaie son code, comme de.",
    channels: "Où je réponds",
    everywhere: "partout",
    mentionOnly: "Où je ne réponds que si on me mentionne",
    nowhere: "nulle part",
    answers: "Comment je réponds",
    inThreads: "dans des fils",
    asReplies: "en réponse au message",
    limits: "Limites",
    usualLimit: "la même pour tout le monde",
    perMinute: (count) => `${numbers.format(count)} par minute`,
    limitOfRole: "Fixer la limite d’un rôle…",
    questionsPerMinute: "Questions par minute",
    limitHint: "Vide : comme pour tout le monde. De plusieurs rôles, la limite la plus haute compte.",
    notALimit: "Ce n’est pas un nombre entre 1 et 1 000.",
  },
};
