import type { OwnTexts } from "./slack-texts.ts";

export const frenchOfSlack: OwnTexts = {
  howToAskDirectly: "Me voici. Écris-moi ta question, et je chercherai la réponse.",
  mentionOnly:
    "Dans ce canal, je ne réponds que si l’on me mentionne. Un admin peut changer cela avec `/wiki settings`.",
  slackSilent: "Slack ne l’a pas accepté de ma part. Réessaie, s’il te plaît.",
  modal: {
    why: "Pourquoi ce résultat ?",
    settings: "Réglages de Footnote",
    save: "Enregistrer",
    close: "Fermer",
  },
  commands: {
    help: [
      "*Interroge le wiki*",
      "`/wiki Combien de temps dure un jour sur Mercure ?` répond ici, avec une note derrière chaque phrase. Tu peux poursuivre dans le fil.",
      "`/wiki -q Combien de temps dure un jour sur Mercure ?` ne répond qu’à toi.",
      "`/wiki settings` change ce que j’écoute dans ce canal. Pour les admins.",
      "`/wikistats` montre comment je me porte.",
      "Tu peux aussi me mentionner, m’écrire directement, ou choisir *Look it up* dans le menu d’un message.",
    ].join("\n"),
    asks: (user, question) => `<@${user}> demande : ${question}`,
    lookUp: (user) => `<@${user}> m’a demandé de chercher cela.`,
    lookingUp: "Je cherche…",
    lookingUpOutside: (bot) =>
      `Je cherche… Je ne suis pas dans ce canal : avec \`/invite\` <@${bot}>, je pourrai répondre dans des fils.`,
  },
  onlyAdmins: "Seuls les admins peuvent le faire.",
  noSettingsHere: "Il n’y a rien à régler dans les messages directs : utilise `/wiki settings` dans un canal.",
  channelSettings: {
    channel: (channel) => `Ce que j’écoute dans <#${channel}>`,
    followUps: "Questions de suivi",
    mentionOnly: "Seulement si l’on me mentionne",
    mentionOnlyMeans: "Sinon, je participe à un fil jusqu’à ce qu’on me dise de ne plus écouter.",
    savedMentionOnly: (channel) => `Enregistré. Dans <#${channel}>, je ne réponds que si l’on me mentionne.`,
    savedFollowUps: (channel) => `Enregistré. Dans <#${channel}>, les questions de suivi n’ont pas besoin de mention.`,
  },
  home: {
    title: (wiki) => `Pose une question à ${wiki}`,
    ofWikipedia: [
      { title: "Demander un fait", message: "Combien de temps dure un jour sur Mercure ?" },
      { title: "Qui était-ce ?", message: "Qui était Ada Lovelace, et pourquoi est-elle connue ?" },
      {
        title: "Comparer deux choses",
        message: "Quel lac est le plus profond, le lac Baïkal ou le lac Tanganyika ?",
      },
      { title: "Comment ça marche ?", message: "Comment fonctionne un cadran solaire ?" },
    ],
    ofOtherWikis: [
      { title: "M’y retrouver", message: "Quelles pages faut-il lire d’abord quand on est nouveau ?" },
      { title: "Trouver une règle", message: "Quelles règles et quelles consignes y a-t-il ?" },
      { title: "Trouver qui", message: "Qui est responsable de quoi ?" },
    ],
  },
};
