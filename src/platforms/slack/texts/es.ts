import type { OwnTexts } from "./slack-texts.ts";

export const spanishOfSlack: OwnTexts = {
  howToAskDirectly: "Aquí estoy. Escríbeme tu pregunta y la consulto.",
  mentionOnly:
    "En este canal respondo solo cuando alguien me menciona. Un administrador puede cambiarlo con `/wiki settings`.",
  slackSilent: "Slack no me lo ha aceptado. Inténtalo otra vez, por favor.",
  modal: { why: "¿Por qué esta respuesta?", settings: "Ajustes de Footnote", save: "Guardar", close: "Cerrar" },
  commands: {
    help: [
      "*Pregunta a la wiki*",
      "`/wiki ¿Cuánto dura un día en Mercurio?` responde aquí, con una nota al pie en cada frase. Puedes seguir preguntando en el hilo.",
      "`/wiki -q ¿Cuánto dura un día en Mercurio?` te responde solo a ti.",
      "`/wiki settings` cambia a qué presto atención en este canal. Para administradores.",
      "`/wikistats` muestra cómo me va.",
      "También puedes mencionarme, escribirme directamente o elegir *Look it up* en el menú de cualquier mensaje.",
    ].join("\n"),
    asks: (user, question) => `<@${user}> pregunta: ${question}`,
    lookUp: (user) => `<@${user}> me ha pedido que consulte esto.`,
    lookingUp: "Lo estoy consultando…",
    lookingUpOutside: (bot) =>
      `Lo estoy consultando… No estoy en este canal: con \`/invite\` <@${bot}> puedo responder en hilos.`,
  },
  onlyAdmins: "Solo pueden hacerlo los administradores.",
  noSettingsHere: "En los mensajes directos no hay nada que ajustar: usa `/wiki settings` en un canal.",
  channelSettings: {
    channel: (channel) => `A qué presto atención en <#${channel}>`,
    followUps: "Preguntas de seguimiento",
    mentionOnly: "Solo cuando me mencionan",
    mentionOnlyMeans: "Si no, participo en un hilo hasta que me piden que deje de escuchar.",
    savedMentionOnly: (channel) => `Guardado. En <#${channel}> respondo solo cuando me mencionan.`,
    savedFollowUps: (channel) => `Guardado. En <#${channel}> las preguntas de seguimiento no necesitan mención.`,
  },
  home: {
    title: (wiki) => `Pregunta algo a ${wiki}`,
    ofWikipedia: [
      { title: "Preguntar un dato", message: "¿Cuánto dura un día en Mercurio?" },
      { title: "¿Quién fue?", message: "¿Quién fue Ada Lovelace y por qué es conocida?" },
      { title: "Comparar dos cosas", message: "¿Qué lago es más profundo, el Baikal o el Tanganica?" },
      { title: "¿Cómo funciona?", message: "¿Cómo funciona un reloj de sol?" },
    ],
    ofOtherWikis: [
      { title: "Orientarme", message: "¿Qué páginas debería leer primero alguien nuevo?" },
      { title: "Buscar una norma", message: "¿Qué normas y directrices hay?" },
      { title: "Saber quién", message: "¿Quién se encarga de qué?" },
    ],
  },
};
