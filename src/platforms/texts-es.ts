import type { FailureKind } from "../core/failure.ts";
import type { Texts } from "./texts.ts";

const numbers = new Intl.NumberFormat("es");

const APOLOGIES: Readonly<Record<FailureKind, string>> = {
  "invalid-config": "Footnote no está bien configurado; por favor, avisa a quien lo administra.",
  "invalid-input": "No puedo leer eso como una pregunta. Dilo con otras palabras, por favor.",
  cancelled: "Detenido.",
  deadline: "Eso ha tardado más de lo que puedo tardar. Inténtalo otra vez o pregunta algo más concreto.",
  "over-budget": "Por ahora no puedo consultar más. Inténtalo de nuevo dentro de un rato.",
  "model-unavailable": "Ahora mismo no se puede acceder al modelo de lenguaje. Inténtalo de nuevo dentro de un rato.",
  "wiki-unavailable":
    "Ahora mismo no se puede acceder a la wiki, así que no tengo nada que citar. Inténtalo de nuevo dentro de un rato.",
  "store-unavailable": "Ahora mismo no se puede acceder a mi memoria. Inténtalo de nuevo dentro de un rato.",
  "delivery-failed": "La respuesta está lista, pero no se ha podido entregar.",
  bug: "Algo ha fallado por mi parte. Está en el registro; inténtalo otra vez.",
};

export const spanish: Texts = {
  buttons: {
    helpful: "Útil",
    notHelpful: "No es útil",
    why: "¿Por qué?",
    askAgain: "Preguntar otra vez",
    stop: "Parar",
    choose: "¿A cuál te refieres?",
  },
  clicks: {
    thanks: {
      good: "¡Gracias! Anotado: ha sido útil.",
      bad: "Gracias por decirlo. Anotado: no ha sido útil.",
    },
    replaced: "Esa respuesta ya ha sido sustituida por otra.",
    erased: "Esa pregunta y su respuesta ya no están guardadas.",
    notHere: "Ese botón no es de esta conversación.",
    onlyAskerAsksAgain: "Solo quien preguntó puede hacer que se consulte otra vez. Mencióname para preguntarlo tú.",
    onlyAskerStops: "Solo quien preguntó puede pararlo.",
    onlyAskerChooses: "Solo quien preguntó puede elegir aquí. Mencióname para preguntarlo tú.",
    nothingToStop: "Ya no hay nada que parar.",
    choiceClosed: "Esa elección ya no está abierta: la pregunta se ha planteado de otra forma.",
    nothingToExplain: "Ahora mismo no hay ninguna respuesta que explicar.",
    tooOld: "Ya no puedo cambiar esta respuesta. Haz la pregunta otra vez, por favor.",
  },
  why: {
    introduction: "Los pasajes en los que se basa esta respuesta, palabra por palabra. Lo citado va en negrita.",
    nothing: "No hay nada en la wiki que respalde esta respuesta.",
    revision: (revision) => `revisión ${revision}`,
    asOf: (date) => `a fecha de ${date}`,
    more: (count) => `y ${numbers.format(count)} más, enlazados en la respuesta`,
  },
  notInTheSources: "(no está en las fuentes)",
  sources: {
    license: (license) => `Texto: ${license}`,
    more: (count) => `y ${numbers.format(count)} más, enlazadas en el texto`,
  },
  lookingAgain: "Lo consulto otra vez…",
  apology: (kind) => APOLOGIES[kind],
  hints: {
    howToAsk:
      "Aquí estoy. Escribe tu pregunta en el mismo mensaje que mi nombre: «@Footnote ¿cuánto dura un día en Mercurio?»",
    tooLong: (limit) =>
      `Es más largo de lo que puedo leer: una pregunta puede tener ${numbers.format(limit)} caracteres.`,
    tooMany: "Es más de lo que consulto para una persona en un minuto. Pregúntalo otra vez dentro de un momento.",
    nothingToStop: "Aquí no hay nada tuyo que parar.",
    quiet: "De acuerdo, aquí guardo silencio hasta que alguien me mencione.",
    listening: "Vuelvo a escuchar: las preguntas de este hilo no necesitan mención.",
    alwaysListening: "Entre nosotros respondo a todo lo que preguntes.",
    notFollowing: "No sigo este hilo: solo lo hago cuando me han preguntado algo en él.",
    onlyIn: (channels) => `En este canal no respondo. Pregúntame aquí: ${channels}`,
    lookingUp: "Lo estoy consultando. La respuesta aparecerá debajo de ese mensaje.",
    nothingToLookUp: "En ese mensaje no hay texto que yo pueda consultar.",
  },
  notAnswered: {
    told: (channel, reason) => `No he podido responder a tu pregunta en ${channel}. ${reason}`,
    channelGone: "El canal o el hilo ya no existe.",
    questionGone: "Tu mensaje ya no existe.",
    unseen: "No puedo ver ese canal.",
    unwritable: "No puedo escribir allí.",
    locked: "El hilo está bloqueado.",
    refused: "Discord no ha aceptado mi respuesta.",
  },
  onlyManagers: "Solo puede hacerlo quien administra este servidor.",
  stats: {
    title: "Footnote en cifras",
    topArticles: "Lo más citado en 7 días",
    citations: (count) => (count === 1 ? "1 cita" : `${numbers.format(count)} citas`),
    clear: "Vaciar la caché",
    confirm: "¿Vaciar la caché?",
    confirmText: "Se olvida todo lo que Footnote recuerda de la wiki, y se consulta de nuevo cuando haga falta.",
    yes: "Vaciarla",
    no: "Conservarla",
    cleared: (entries) =>
      `La caché está vacía: ${entries === 1 ? "1 entrada" : `${numbers.format(entries)} entradas`}.`,
  },
  settings: {
    title: "Ajustes de Footnote en este servidor",
    onlyInServers: "En los mensajes directos no hay nada que ajustar: usa el comando en un servidor.",
    language: "Idioma de la wiki",
    usualLanguage: "el de la configuración de Footnote",
    languageHint: "Código o nombre, como fr o francés. Vacío: el de Footnote.",
    notALanguage: "No conozco ese idioma. Prueba con su código, como fr.",
    channels: "Dónde respondo",
    everywhere: "en todas partes",
    mentionOnly: "Dónde respondo solo si me mencionan",
    nowhere: "en ninguna parte",
    answers: "Cómo respondo",
    inThreads: "en hilos",
    asReplies: "como respuesta al mensaje",
    limits: "Límites",
    usualLimit: "el mismo para todos",
    perMinute: (count) => `${numbers.format(count)} por minuto`,
    limitOfRole: "Fijar el límite de un rol…",
    questionsPerMinute: "Preguntas por minuto",
    limitHint: "Vacío: como para todos. De varios roles cuenta el límite más alto.",
    notALimit: "No es un número entre 1 y 1000.",
  },
};
